// Package embedded runs a PostgreSQL server of the hub's own with the programs installed on the machine, so that one command is
// enough to try the hub or to run a small city. The server listens on a private socket and ends with the hub, even if the hub is
// killed.
package embedded

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Server is a running PostgreSQL.
type Server struct {
	folder *folder
	cmd    *exec.Cmd
	lines  *logLines
	ended  <-chan struct{}
	done   chan struct{}
}

// superuser and database are the ones that initdb creates.
const (
	superuser = "hub"
	database  = "postgres"
)

// defaults suit a small machine that does other work as well.
var defaults = []string{
	"listen_addresses=",
	"unix_socket_permissions=0700",
	"shared_buffers=128MB",
	"max_connections=100",
	"synchronous_commit=on",             // a confirmed sign-up survives a power cut
	"random_page_cost=1.1",              // for solid state disks
	"jit=off",                           // compiling costs more than the hub's short statements take
	"max_parallel_workers_per_gather=0", // the cores are busy with other requests
	"deadlock_timeout=200ms",            // shorter than the hub's lock_timeout: transactions in a deadlock learn of it, and are retried
	"timezone=UTC",
	"log_timezone=UTC",
	"log_line_prefix=",
	"log_checkpoints=off",
	"logging_collector=off",
	"log_destination=stderr",
	"cluster_name=hub",
}

// Start runs a server on the folder dir, which it creates the first time, and returns when the server accepts connections.
// Settings in PostgreSQL's form name=value override the defaults. As root the server runs as the owner of its data, which is
// `postgres` or else `nobody`.
//
// It fails with ErrInUse if another hub uses the folder.
func Start(ctx context.Context, dir string, log *slog.Logger, settings ...string) (*Server, error) {
	f, err := openFolder(ctx, dir)
	if err != nil {
		return nil, err
	}
	s := &Server{folder: f, lines: &logLines{log: log}, done: make(chan struct{})}
	if err := s.start(ctx, settings); err != nil {
		f.close()
		return nil, err
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, settings []string) error {
	with, err := s.folder.prepare(ctx, settings)
	if err != nil {
		return err
	}
	socket := s.folder.socket()
	if err := s.folder.as.ownFolder(socket); err != nil {
		return err
	}
	args := []string{"-D", s.folder.data(), "-c", `unix_socket_directories="` + strings.ReplaceAll(socket, `"`, `""`) + `"`}
	for _, setting := range append(defaults[:len(defaults):len(defaults)], settings...) {
		args = append(args, "-c", setting)
	}
	if s.cmd, s.ended, err = s.folder.launch(s.lines, with.program("postgres"), args...); err != nil {
		return fmt.Errorf("starting PostgreSQL: %w", err)
	}
	if err := s.awaitReady(ctx); err != nil {
		return err
	}
	go func() {
		<-s.ended
		s.folder.close()
		close(s.done)
	}()
	return nil
}

// prepare makes sure that there is data, and finds the programs for its version.
func (f *folder) prepare(ctx context.Context, settings []string) (Binaries, error) {
	major, err := f.major()
	if err != nil {
		return Binaries{}, err
	}
	if major == 0 {
		with, err := Find()
		if err != nil {
			return with, err
		}
		var options []string
		if slices.Contains(settings, "fsync=off") {
			options = append(options, "--no-sync")
		}
		return with, f.initialise(ctx, with, options...)
	}
	with, err := findMajor(major, f.data())
	if err != nil {
		return with, err
	}
	f.dropStaleStatus()
	return with, f.as.ownAll(f.data())
}

func (s *Server) awaitReady(ctx context.Context) error {
	for !s.folder.ready(s.cmd.Process.Pid) {
		select {
		case <-s.ended:
			return fmt.Errorf("PostgreSQL did not start on %s: %s", s.folder.data(), s.lines.tail())
		default:
		}
		if !pause(ctx) {
			_ = s.cmd.Process.Signal(syscall.SIGQUIT)
			<-s.ended
			return fmt.Errorf("PostgreSQL was not ready in time: %w", ctx.Err())
		}
	}
	return nil
}

// URL returns where to connect to.
func (s *Server) URL() string { return s.folder.url() }

func (f *folder) url() string {
	query := url.Values{"host": {f.socket()}, "user": {superuser}}
	return "postgres:///" + database + "?" + query.Encode()
}

// Running returns the URL of the server that another hub runs on the folder dir. It is meant for after Start has failed with
// ErrInUse.
func Running(dir string) (string, error) {
	path, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	f := &folder{path: path}
	if !f.ready(f.postmaster()) {
		return "", fmt.Errorf("%w, and its database is not ready: try again in a moment", ErrInUse)
	}
	return f.url(), nil
}

// Done is closed when the server has ended, by Stop or by itself.
func (s *Server) Done() <-chan struct{} { return s.done }

// Ending returns how the server ended, once Done is closed, and its last messages.
func (s *Server) Ending() string { return fmt.Sprintf("%s: %s", s.cmd.ProcessState, s.lines.tail()) }

// Stop ends the server: its connections are closed, its data is written. If ctx is done first, it ends without writing, and the
// next start recovers.
func (s *Server) Stop(ctx context.Context) error {
	err := s.cmd.Process.Signal(syscall.SIGINT)
	if err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-s.done:
		return nil
	case <-ctx.Done():
		_ = s.cmd.Process.Signal(syscall.SIGQUIT)
		<-s.done
		return ctx.Err()
	}
}

package embedded

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
)

// launch starts a program of PostgreSQL; the channel closes when it and its children have ended.
func (f *folder) launch(out io.Writer, program string, args ...string) (*exec.Cmd, <-chan struct{}, error) {
	cmd := exec.Command(program, args...)
	cmd.Dir = "/" // the account may not be able to enter the hub's working folder
	cmd.Env = environment()
	cmd.Stdout, cmd.Stderr = out, out
	cmd.ExtraFiles = []*os.File{f.server}
	wall := f.as.wall(f.path)
	cmd.SysProcAttr = attributes(f.as.cred, wall != "")

	started, ended := make(chan error), make(chan struct{})
	go func() {
		defer close(ended)
		// The kernel sends Pdeathsig when the thread that started the child ends, not only when the process does.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // the state is in cmd.ProcessState
		}
	}()
	err := <-started
	if errors.Is(err, syscall.EPERM) && wall != "" {
		err = fmt.Errorf("the user %s, which runs PostgreSQL, may not enter %s, and the hub lacks the capability "+
			"CAP_DAC_READ_SEARCH to let it: choose another data folder, or run chmod o+x %[2]s", f.as.name, wall)
	}
	return cmd, ended, err
}

// environment returns the hub's environment without anything that would change PostgreSQL's behaviour.
func environment() []string {
	var env []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "PG") && !strings.HasPrefix(v, "LC_") && !strings.HasPrefix(v, "LANG") {
			env = append(env, v)
		}
	}
	return env
}

// initialise creates the database, in a folder that gets its final name only when it is complete: if it is interrupted, the next
// start begins again.
func (f *folder) initialise(ctx context.Context, with Binaries, options ...string) error {
	unfinished := f.data() + ".new"
	if err := os.RemoveAll(unfinished); err != nil {
		return err
	}
	var out strings.Builder
	args := append([]string{"--pgdata", unfinished, "--username", superuser,
		"--auth", "trust", // for anyone who may enter the socket's folder, which has mode 0700
		"--encoding", "UTF8", "--locale", "C.UTF-8", // the same sort order everywhere, and upper case beyond ASCII
		"--data-checksums", // a disk that corrupts data is noticed
	}, options...)
	cmd, ended, err := f.launch(&out, with.program("initdb"), args...)
	if err != nil {
		return fmt.Errorf("starting initdb: %w", err)
	}
	select {
	case <-ctx.Done():
		_ = cmd.Process.Kill()
		<-ended
		return ctx.Err()
	case <-ended:
	}
	if !cmd.ProcessState.Success() {
		return fmt.Errorf("initdb failed: %s", strings.TrimSpace(out.String()))
	}
	if err := os.Rename(unfinished, f.data()); err != nil {
		return err
	}
	return syncFolder(f.path)
}

// syncFolder makes a rename permanent: otherwise a power cut could bring back the temporary name, and the folder would be removed
// with everything written since.
func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = dir.Close() }()
	return dir.Sync()
}

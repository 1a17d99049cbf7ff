package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

var databaseDir = filepath.Join(dataDir, "postgres")

// server is a process that is measured.
type server struct {
	address string
	ready   time.Duration // time from its start
	process *exec.Cmd
}

// startHub builds the hub and starts it on the city.
func startHub(ctx context.Context, mails string) (*server, error) {
	program := filepath.Join(dataDir, "hub")
	if out, err := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", program, ".").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building the hub: %w\n%s", err, out)
	}
	return start(ctx, func(address string) *exec.Cmd {
		hub := exec.Command(program, "serve")
		// In development an answer has the number of its statements.
		hub.Env = append(os.Environ(), "HUB_ENV=development", "HUB_DATA_DIR="+dataDir, "HUB_ADDR="+address,
			"HUB_TRUSTED_PROXIES=127.0.0.1/32", "HUB_SMTP_URL=smtp://"+mails)
		return hub
	})
}

// startLimit starts this program as the server that the hub is compared with.
func startLimit(ctx context.Context, url string) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return start(ctx, func(address string) *exec.Cmd { return exec.Command(self, "limit", address, url) })
}

func start(ctx context.Context, command func(address string) *exec.Cmd) (*server, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &server{address: free.Addr().String()}
	_ = free.Close()
	s.process = command(s.address)
	var said bytes.Buffer
	s.process.Stderr = &firstBytes{to: &said}
	began := time.Now()
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	for time.Since(began) < 20*time.Second && ctx.Err() == nil {
		if answer, err := http.Get("http://" + s.address + "/readyz"); err == nil {
			_ = answer.Body.Close()
			if s.ready = time.Since(began); answer.StatusCode == http.StatusOK {
				return s, nil
			}
		}
		time.Sleep(2 * time.Millisecond)
	}
	s.stop()
	return nil, fmt.Errorf("%s did not become ready: %s", s.process.Path, &said)
}

// firstBytes keeps the beginning of a server's output, and drops its access log.
type firstBytes struct{ to *bytes.Buffer }

func (f *firstBytes) Write(b []byte) (int, error) {
	if f.to.Len() < 4096 {
		f.to.Write(b)
	}
	return len(b), nil
}

func (s *server) stop() {
	_ = s.process.Process.Signal(syscall.SIGTERM)
	_ = s.process.Wait()
}

// usage is what a server and PostgreSQL have used.
type usage struct {
	own, postgres time.Duration
	peak          int // resident bytes since the last measurement
}

func (s *server) usage() (u usage, err error) {
	pid := s.process.Process.Pid
	if u.own, err = cpu(pid, 2); err != nil {
		return u, err
	}
	if u.peak, err = peak(pid); err != nil {
		return u, err
	}
	first, err := os.ReadFile(filepath.Join(databaseDir, "data", "postmaster.pid"))
	if err != nil {
		return u, err
	}
	line, _, _ := strings.Cut(string(first), "\n")
	postmaster, err := strconv.Atoi(line)
	if err != nil {
		return u, err
	}
	// Its children that have ended count as part of it.
	if u.postgres, err = cpu(postmaster, 4); err != nil {
		return u, err
	}
	children, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%[1]d/children", postmaster))
	for text := range strings.FieldsSeq(string(children)) {
		if pid, err := strconv.Atoi(text); err == nil {
			used, _ := cpu(pid, 2) // 0 if it is just ending
			u.postgres += used
		}
	}
	return u, err
}

const tick = time.Second / 100

// cpu returns how long a process has run: the user's and the system's time, and with 4 fields that of its ended children too.
func cpu(pid, fields int) (used time.Duration, err error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, after, _ := strings.Cut(string(stat), ") ") // the name may contain spaces
	for _, text := range strings.Fields(after)[11 : 11+fields] {
		ticks, err := strconv.Atoi(text)
		if err != nil {
			return 0, err
		}
		used += time.Duration(ticks) * tick
	}
	return used, nil
}

// peak returns the maximum resident memory of a process since the last call.
func peak(pid int) (bytes int, err error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	if _, err := fmt.Sscan(after, &bytes); err != nil {
		return 0, err
	}
	return bytes << 10, os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", pid), []byte("5"), 0)
}

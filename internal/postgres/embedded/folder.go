package embedded

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ErrInUse says that another hub holds the data folder.
var ErrInUse = errors.New("another hub uses the data folder")

// maxSocketPath is what fits in a sockaddr_un; the name .s.PGSQL.5432 is part of it.
const maxSocketPath = 107

// folder is what Start is given:
//
//	hub.lock     locked by the hub as long as it uses the folder
//	server.lock  locked by every process of the server, which inherit it: free means that all of it is gone
//	data         the database
//	data.new     one that initdb has not finished
//	socket       where the server listens, if the path is short enough
type folder struct {
	path   string
	as     account
	hub    *os.File
	server *os.File
}

func openFolder(ctx context.Context, path string) (*folder, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	f := &folder{path: path}
	if f.as, err = accountFor(f.data()); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	if err := f.as.ownFolder(path); err != nil {
		return nil, err
	}
	if err := f.lock(ctx); err != nil {
		f.close()
		return nil, err
	}
	return f, nil
}

func (f *folder) data() string { return filepath.Join(f.path, "data") }

func (f *folder) close() {
	_ = f.server.Close() // closing nil is an error and nothing else
	_ = f.hub.Close()
}

// lock takes the folder. A server that is still stopping, because its hub was killed, is waited for.
func (f *folder) lock(ctx context.Context) (err error) {
	if f.hub, err = openLock(filepath.Join(f.path, "hub.lock")); err != nil {
		return err
	}
	if taken, err := tryLock(f.hub); err != nil {
		return err
	} else if !taken {
		return fmt.Errorf("%w %s: stop it, or choose another folder for this one", ErrInUse, f.path)
	}
	if f.server, err = openLock(filepath.Join(f.path, "server.lock")); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		taken, err := tryLock(f.server)
		if err != nil || taken {
			return err
		}
		if !pause(ctx) {
			return fmt.Errorf("a PostgreSQL server without a hub still runs on %s: stop it with kill -INT %d",
				f.path, f.postmaster())
		}
	}
}

func openLock(path string) (*os.File, error) { return os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) }

func tryLock(f *os.File) (bool, error) {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == syscall.EWOULDBLOCK {
		return false, nil
	}
	return err == nil, err
}

// pause is false when ctx is over.
func pause(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(5 * time.Millisecond):
		return true
	}
}

// major is the version of the data, 0 where there is none yet.
func (f *folder) major() (int, error) {
	b, err := os.ReadFile(filepath.Join(f.data(), "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(string(bytes.TrimSpace(b)))
}

// status is the postmaster's own file: its process id in the first line, whether it is ready in the eighth.
func (f *folder) status() []string {
	b, err := os.ReadFile(filepath.Join(f.data(), "postmaster.pid"))
	if err != nil {
		return nil
	}
	return strings.Split(string(b), "\n")
}

func (f *folder) postmaster() int {
	lines := f.status()
	if len(lines) == 0 {
		return 0
	}
	pid, _ := strconv.Atoi(strings.TrimSpace(lines[0]))
	return pid
}

func (f *folder) ready(pid int) bool {
	lines := f.status()
	return len(lines) > 7 && lines[0] == strconv.Itoa(pid) && strings.TrimSpace(lines[7]) == "ready"
}

// dropStaleStatus removes what a server left that was killed together with its machine or container. In a new container
// the same process id is soon that of another program, and PostgreSQL would take it for a living server. Only what is
// surely no PostgreSQL counts: that no server of a hub is alive, the lock has shown, but there is pg_ctl.
func (f *folder) dropStaleStatus() {
	name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", f.postmaster()))
	if err != nil || bytes.HasPrefix(name, []byte("post")) { // postgres, or postmaster
		return
	}
	_ = os.Remove(filepath.Join(f.data(), "postmaster.pid"))
}

// socket is a folder of the server's own whose path is short enough for a socket, and the same at each start.
func (f *folder) socket() string {
	path := filepath.Join(f.path, "socket")
	if len(path)+len("/.s.PGSQL.5432") > maxSocketPath {
		path = filepath.Join(os.TempDir(), fmt.Sprintf("hub-%x", sha256.Sum256([]byte(f.path)))[:20])
	}
	return path
}

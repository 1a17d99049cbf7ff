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
	_ = f.server.Close() // f.server may be nil, then this only returns an error
	_ = f.hub.Close()
}

// lock locks the folder. It waits for a server that is still stopping because its hub was killed.
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

// pause waits a little, and returns false when ctx is done.
func pause(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(5 * time.Millisecond):
		return true
	}
}

// major returns the version of the data, 0 where there is none yet.
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

// status returns the lines of the postmaster's own file: the first is its process id, the eighth says whether it is ready.
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

// dropStaleStatus removes the status file of a server that was killed together with its machine or container. In a new container
// another program soon has the same process id, and PostgreSQL would take it for a running server. The file is removed only if
// the process is certainly not PostgreSQL: the lock has shown that no server of a hub is alive, but one may have been started
// with pg_ctl.
func (f *folder) dropStaleStatus() {
	name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", f.postmaster()))
	if err != nil || bytes.HasPrefix(name, []byte("post")) { // postgres, or postmaster
		return
	}
	_ = os.Remove(filepath.Join(f.data(), "postmaster.pid"))
}

// socket returns a folder of the server's own whose path is short enough for a socket, and the same at each start.
func (f *folder) socket() string {
	path := filepath.Join(f.path, "socket")
	if len(path)+len("/.s.PGSQL.5432") > maxSocketPath {
		path = filepath.Join(os.TempDir(), fmt.Sprintf("hub-%x", sha256.Sum256([]byte(f.path)))[:20])
	}
	return path
}

package postgrestest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"jastarhub/internal/postgres/embedded"
)

// Pair is a primary, whose commits wait for its standby, and that standby.
type Pair struct{ Primary, Standby *Cluster }

// NewPair starts both, and prepares the primary before the standby is copied from it. They end with the test.
func NewPair(t testing.TB, prepare func(ctx context.Context, url string) error) *Pair {
	t.Helper()
	p := &Pair{Primary: newCluster(t), Standby: newCluster(t)}
	p.Primary.Start(t)
	if prepare != nil {
		if err := prepare(t.Context(), p.Primary.URL()); err != nil {
			t.Fatal(err)
		}
	}
	p.Standby.copy(t, p.Primary)
	p.Standby.Start(t)
	p.Primary.Do(t, `alter system set synchronous_standby_names = '*'`)
	p.Primary.Do(t, `select pg_reload_conf()`)
	p.Primary.await(t, `select count(*) = 1 from pg_stat_replication where sync_state = 'sync'`)
	return p
}

// URL names both, first the one that was the primary at the start.
func (p *Pair) URL() string {
	query := url.Values{"host": {p.Primary.socket() + "," + p.Standby.socket()}, "user": {"hub"}}
	return "postgres:///postgres?" + query.Encode()
}

// Promote makes the standby a primary.
func (p *Pair) Promote(t testing.TB) {
	t.Helper()
	p.Standby.Do(t, `select pg_promote()`)
}

// Cluster is one server of a pair.
type Cluster struct {
	dir    string
	server *embedded.Server
	frozen []int // its processes
}

func newCluster(t testing.TB) *Cluster {
	t.Helper()
	// Not t.TempDir: as root its folders are closed to the database's user.
	dir, err := os.MkdirTemp("", "hub-pair-")
	if err == nil {
		err = os.Chmod(dir, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	c := &Cluster{dir: dir}
	t.Cleanup(func() {
		c.Thaw(t)
		c.stop()
		_ = os.RemoveAll(dir)
	})
	return c
}

// Start starts the server, on its existing data.
func (c *Cluster) Start(t testing.TB) {
	t.Helper()
	var err error
	// Without fsync: the tests end processes, not machines.
	c.server, err = embedded.Start(t.Context(), c.dir, slog.New(slog.DiscardHandler), "fsync=off")
	if err != nil {
		t.Fatal(err)
	}
}

// stop ends the server without telling its standby, and without writing data that nobody will read.
func (c *Cluster) stop() {
	if c.server == nil {
		return
	}
	now, cancel := context.WithCancel(context.Background())
	cancel()
	_ = c.server.Stop(now)
}

func (c *Cluster) socket() string { return filepath.Join(c.dir, "socket") }
func (c *Cluster) data() string   { return filepath.Join(c.dir, "data") }

// URL names this server only.
func (c *Cluster) URL() string { return c.server.URL() }

// copy makes its data that of a standby which follows the primary.
func (c *Cluster) copy(t testing.TB, primary *Cluster) {
	t.Helper()
	with, err := embedded.Find()
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(primary.data())
	if err != nil {
		t.Fatal(err)
	}
	owner := info.Sys().(*syscall.Stat_t)
	cmd := exec.Command(filepath.Join(with.Dir, "pg_basebackup"), "--pgdata", c.data(), "--host", primary.socket(), "--username", "hub",
		"--write-recovery-conf", "--checkpoint", "fast", "--no-sync")
	cmd.Dir = "/"
	if os.Geteuid() == 0 { // the programs of a server do not make data for root
		if err := os.Chown(c.dir, int(owner.Uid), int(owner.Gid)); err != nil {
			t.Fatal(err)
		}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: owner.Uid, Gid: owner.Gid}}
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("pg_basebackup: %v\n%s", err, out)
	}
}

// Do runs a statement on this server.
func (c *Cluster) Do(t testing.TB, statement string) {
	t.Helper()
	if err := run(t.Context(), c.URL(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// await waits until a query of one boolean returns true.
func (c *Cluster) await(t testing.TB, query string) {
	t.Helper()
	db, err := sql.Open("postgres", c.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for yes := false; !yes; {
		if err := db.QueryRowContext(t.Context(), query).Scan(&yes); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
}

const waiting = ` from pg_stat_activity where wait_event = 'SyncRep'`

// AwaitCommit waits until a commit waits for the standby.
func (c *Cluster) AwaitCommit(t testing.TB) {
	t.Helper()
	c.await(t, `select count(*) > 0`+waiting)
}

// GivingUp calls do while the server is told, as an operator would, to wait for the standby with no commit.
func (c *Cluster) GivingUp(t testing.TB, do func() error) error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- do() }()
	for {
		select {
		case err := <-done:
			return err
		default:
			c.Do(t, `select pg_cancel_backend(pid)`+waiting)
		}
	}
}

// Freeze stops all processes of the server where they are, like a machine that has lost its network.
func (c *Cluster) Freeze(t testing.TB) {
	t.Helper()
	status, err := os.ReadFile(filepath.Join(c.data(), "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(status), "\n")
	postmaster, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	c.signal(t, postmaster, syscall.SIGSTOP) // from here on it starts no further processes
	for _, child := range children(t, postmaster) {
		c.signal(t, child, syscall.SIGSTOP)
	}
}

func (c *Cluster) signal(t testing.TB, process int, with syscall.Signal) {
	t.Helper()
	c.frozen = append(c.frozen, process)
	if err := syscall.Kill(process, with); err != nil && !errors.Is(err, syscall.ESRCH) {
		t.Fatal(err)
	}
}

// Thaw lets a frozen server continue.
func (c *Cluster) Thaw(t testing.TB) {
	frozen := slices.Clone(c.frozen)
	c.frozen = nil
	for _, process := range frozen {
		if err := syscall.Kill(process, syscall.SIGCONT); err != nil && !errors.Is(err, syscall.ESRCH) {
			t.Error(err)
		}
	}
}

// children returns the child processes of a process that have not ended.
func children(t testing.TB, parent int) (found []int) {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range stats {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		var process, of int
		var state string
		name := strings.LastIndex(string(stat), ")")
		if _, err := fmt.Sscan(string(stat[name+1:]), &state, &of); err != nil || of != parent {
			continue
		}
		if process, err = strconv.Atoi(filepath.Base(filepath.Dir(path))); err == nil {
			found = append(found, process)
		}
	}
	return found
}

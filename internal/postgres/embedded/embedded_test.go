package embedded_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/lib/pq"

	"jastarhub/internal/postgres/embedded"
)

// The test binary also acts as a hub that a test can kill: it starts a server on the folder and waits.
const hubFolder = "HUB_TEST_RUN_ON"

func TestMain(m *testing.M) {
	dir := os.Getenv(hubFolder)
	if dir == "" {
		os.Exit(m.Run())
	}
	s, err := embedded.Start(context.Background(), dir, slog.New(slog.DiscardHandler), "fsync=off")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(s.URL())
	<-s.Done()
}

// hub runs the test binary as a hub and returns it with the first line that it prints.
func hub(t *testing.T, dir string) (*exec.Cmd, string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), hubFolder+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kill(cmd) })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return cmd, strings.TrimSpace(line)
}

func folder(t *testing.T) string {
	t.Helper()
	// Not t.TempDir: as root its folders are closed to the server's user, and that case has a test of its own.
	dir, err := os.MkdirTemp("", "hub-embedded-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "postgres")
}

func start(t *testing.T, dir string) *embedded.Server {
	t.Helper()
	begun := time.Now()
	s, err := embedded.Start(t.Context(), dir, slog.New(slog.DiscardHandler), "fsync=off")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("started in %v", time.Since(begun).Round(time.Millisecond))
	t.Cleanup(func() {
		stop(t, s)
		if u, err := url.Parse(s.URL()); err == nil {
			_ = os.Remove(u.Query().Get("host")) // below the temporary folder, if the path is long
		}
	})
	return s
}

func stop(t *testing.T, s *embedded.Server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := s.Stop(ctx); err != nil {
		t.Error(err)
	}
}

func do(t *testing.T, url, statement string) {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func TestStopAndStartAgain(t *testing.T) {
	dir := folder(t)
	s := start(t, dir)
	do(t, s.URL(), "CREATE TABLE kept AS SELECT lower('ӘЛЕМ') = 'әлем' AS lowered")
	stop(t, s)
	<-s.Done()
	again := start(t, dir)
	do(t, again.URL(), "SELECT 1 / count(*) FROM kept WHERE lowered")
	if again.URL() != s.URL() {
		t.Errorf("the URL changed from %s to %s", s.URL(), again.URL())
	}
}

func TestDataHasChecksums(t *testing.T) {
	do(t, start(t, folder(t)).URL(), "SELECT 1 / count(*) FROM pg_settings WHERE name = 'data_checksums' AND setting = 'on'")
}

// kill is kill -9 for a hub; it returns when the process is gone, but its server may still be stopping.
func kill(cmd *exec.Cmd) {
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

func postmaster(t *testing.T, dir string) int {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	var pid int
	if _, err := fmt.Sscan(string(b), &pid); err != nil {
		t.Fatal(err)
	}
	return pid
}

func TestKilledHubLeavesNoServer(t *testing.T) {
	dir := folder(t)
	cmd, _ := hub(t, dir)
	pid := postmaster(t, dir)
	kill(cmd)
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		// Empty once the process has ended, though nobody may have asked for its state yet.
		args, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
		if err != nil || len(args) == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("server %d outlives its hub", pid)
		}
	}
}

func TestStartAtOnceAfterAKill(t *testing.T) {
	dir := folder(t)
	cmd, url := hub(t, dir)
	do(t, url, "CREATE TABLE kept AS SELECT 1")
	kill(cmd)
	do(t, start(t, dir).URL(), "SELECT * FROM kept")
}

func TestKilledServerIsNoticedAndRecovers(t *testing.T) {
	dir := folder(t)
	s := start(t, dir)
	do(t, s.URL(), "CREATE TABLE kept AS SELECT 1")
	if err := syscall.Kill(postmaster(t, dir), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	select {
	case <-s.Done():
	case <-time.After(5 * time.Second):
		t.Fatal("Done is not closed")
	}
	do(t, start(t, dir).URL(), "SELECT * FROM kept")
}

func TestSecondHubIsRefused(t *testing.T) {
	dir := folder(t)
	start(t, dir)
	_, said := hub(t, dir)
	want := "another hub uses the data folder " + dir + ": stop it, or choose another folder for this one"
	if said != want {
		t.Errorf("said %q, want %q", said, want)
	}
}

func TestUnfinishedInitdbIsBegunAnew(t *testing.T) {
	dir := folder(t)
	if err := os.MkdirAll(filepath.Join(dir, "data.new", "base"), 0o755); err != nil {
		t.Fatal(err)
	}
	start(t, dir)
}

func TestLongPathStillHasASocket(t *testing.T) {
	s := start(t, filepath.Join(folder(t), strings.Repeat("long", 25)))
	do(t, s.URL(), "SELECT 1")
}

func TestOtherMajorVersionIsNamed(t *testing.T) {
	dir := folder(t)
	if err := os.MkdirAll(filepath.Join(dir, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "data", "PG_VERSION"), []byte("9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := embedded.Start(t.Context(), dir, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "is of PostgreSQL 9, but only version") {
		t.Errorf("err = %v", err)
	}
}

func TestFolderOnlyRootMayEnter(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("needs root")
	}
	dir := folder(t)
	if err := os.Chmod(filepath.Dir(dir), 0o700); err != nil {
		t.Fatal(err)
	}
	s := start(t, dir)
	do(t, s.URL(), "CREATE TABLE t AS SELECT 1")
	// Pdeathsig works with the capability, too.
	stop(t, s)
	cmd, url := hub(t, dir)
	do(t, url, "SELECT * FROM t")
	kill(cmd)
	do(t, start(t, dir).URL(), "SELECT * FROM t")
}

func TestFolderOfAnotherUserIsRefused(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("needs root")
	}
	dir := folder(t)
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(dir, 4242, 4242); err != nil {
		t.Fatal(err)
	}
	_, err := embedded.Start(t.Context(), dir, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "belongs to another user") {
		t.Errorf("err = %v", err)
	}
}

func TestNoPostgres(t *testing.T) {
	t.Setenv("HUB_POSTGRES_BIN", t.TempDir())
	if _, err := embedded.Find(); err == nil || !strings.HasPrefix(err.Error(), "HUB_POSTGRES_BIN: ") {
		t.Errorf("err = %v", err)
	}
}

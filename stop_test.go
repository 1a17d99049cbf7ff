package main

import (
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestStopWhileTheMailServerHangs: the hub tells its load balancer, and waits for no mail server.
func TestStopWhileTheMailServerHangs(t *testing.T) {
	t.Parallel()
	url, _ := migrated(t)
	mails, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = mails.Close() }()
	p := serve(t, "HUB_DATABASE_URL="+url, "HUB_SMTP_URL=smtp://"+mails.Addr().String(), "HUB_STOP_DELAY=2s")
	p.ask("", `mutation { register(input: {`+ainur+`, givenName: "Айнұр", familyName: "Сынақова", birthDate: "2001-02-03"})
		{ token } }`, &struct{}{})
	hanging, err := mails.Accept() // the hub has an email to send
	if err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, hanging) }()
	began := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for status := 0; status != http.StatusServiceUnavailable; {
		response, err := http.Get(p.url + "/readyz")
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		status = response.StatusCode
	}
	<-p.rest
	if err := p.cmd.Wait(); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("the hub ended after %s", took)
	}
}

// TestTheReasonWhyTheDatabaseEnded is in the last line of the hub's log; it does not go on serving for a load balancer.
func TestTheReasonWhyTheDatabaseEnded(t *testing.T) {
	t.Parallel()
	folder, err := os.MkdirTemp("", "hub-ended-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	p := serve(t, "HUB_DATA_DIR="+folder, "HUB_DATABASE_URL=", "HUB_STOP_DELAY=1m")
	status, err := os.ReadFile(folder + "/postgres/data/postmaster.pid")
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(status), "\n")
	postmaster, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(postmaster, syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	said := <-p.rest
	if err := p.cmd.Wait(); err == nil {
		t.Error("the hub calls it a good end")
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("it served on without a database, and ended after %s", took)
	}
	for _, want := range []string{"the hub's own PostgreSQL has stopped unexpectedly: exit status", "received immediate shutdown request", `"level":"INFO","msg":"postgres"`} {
		if !strings.Contains(said, want) {
			t.Errorf("no %s in\n%s", want, said)
		}
	}
}

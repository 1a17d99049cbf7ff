package outbox_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	gomail "github.com/wneessen/go-mail"

	"jastarhub/internal/outbox"
	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/postgrestest"
	"jastarhub/migrations"
)

var template = postgrestest.Template{Migrations: migrations.FS}

var now = time.Date(2026, 5, 8, 19, 0, 0, 0, time.UTC)

func newSender(t *testing.T, post outbox.Post) *outbox.Sender {
	t.Helper()
	db, err := postgres.Open(t.Context(), template.New(t), postgres.Options{MaxConns: 8})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return &outbox.Sender{DB: db, Channel: outbox.Email, Carry: outbox.ByMail(post, &mail.Address{Name: "Jastar Hub", Address: "hub@example.kz"}),
		Hub: "https://hub.example", Log: slog.New(slog.DiscardHandler)}
}

func put(t *testing.T, s *outbox.Sender, mails ...outbox.Mail) {
	t.Helper()
	if err := s.DB.Tx(t.Context(), func(tx *sqlx.Tx) error { return outbox.Put(t.Context(), tx, now, mails...) }); err != nil {
		t.Fatal(err)
	}
}

func verification(to string) outbox.Mail {
	return outbox.Mail{Kind: "VERIFY_EMAIL", To: to, Language: "KK", Data: map[string]any{"token": "s3cret"}}
}

func count(t *testing.T, s *outbox.Sender, where string) (n int) {
	t.Helper()
	if err := s.DB.Get(&n, `select count(*) from outbox where `+where); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestToAFolder(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "mail")
	s := newSender(t, outbox.Folder(folder))
	put(t, s, verification("aigul@example.kz"))
	if err := s.Send(t.Context(), now.Add(-time.Second)); err != nil || count(t, s, `attempts = 0`) != 1 {
		t.Errorf("sent before it was due: %v", err)
	}
	for range 2 {
		if err := s.Send(t.Context(), now); err != nil {
			t.Fatal(err)
		}
	}
	written, err := filepath.Glob(filepath.Join(folder, "*.eml"))
	if err != nil || len(written) != 1 {
		t.Fatalf("%v %v", written, err)
	}
	text, err := os.Open(written[0])
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = text.Close() }()
	m, err := mail.ReadMessage(text)
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != "Электрондық поштаңызды растаңыз" {
		t.Errorf("subject %q, %v", subject, err)
	}
	for header, want := range map[string]string{"To": "<aigul@example.kz>", "From": `"Jastar Hub" <hub@example.kz>`,
		"Auto-Submitted": "auto-generated", "Content-Language": "kk"} {
		if got := m.Header.Get(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
	if count(t, s, `sent_at is not null and data = '{}' and attempts = 1`) != 1 {
		t.Error("what was sent still holds its data")
	}
}

// TestMailServer talks to a mail server, which refuses everything at first.
func TestMailServer(t *testing.T) {
	t.Parallel()
	server := newServer(t)
	post, err := outbox.SMTP("smtp://" + server.address)
	if err != nil {
		t.Fatal(err)
	}
	s := newSender(t, post)
	put(t, s, verification("aigul@example.kz"))
	server.set("451 later")
	if err := s.Send(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	if count(t, s, `attempts = 1 and last_error like '%451%' and sent_at is null and data <> '{}'`) != 1 {
		t.Error("the refusal was not written down")
	}
	server.set("")
	if err := s.Send(t.Context(), now.Add(59*time.Second)); err != nil || len(server.got()) != 0 {
		t.Errorf("came back too soon: %v", err)
	}
	if err := s.Send(t.Context(), now.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	got := server.got()
	if len(got) != 1 || !strings.Contains(got[0], "https://hub.example/verify-email#token=3Ds3cret") {
		t.Errorf("%q", got)
	}
}

// TestMailServerThatHangs: a hub that stops does not wait for it.
func TestMailServerThatHangs(t *testing.T) {
	t.Parallel()
	for _, scheme := range []string{"smtp", "smtps"} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = listener.Close() }()
		post, err := outbox.SMTP(scheme + "://" + listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		go func() {
			if conn, err := listener.Accept(); err == nil {
				defer func() { _ = conn.Close() }()
				if scheme == "smtp" {
					_, _ = fmt.Fprint(conn, "220 test\r\n")
				}
				_, _ = conn.Read(make([]byte, 1)) // the client has begun to speak
				stop()
				_, _ = io.Copy(io.Discard, conn)
			}
		}()
		began := time.Now()
		if failed := post(ctx, []*gomail.Msg{gomail.NewMsg()}); failed[0] == nil {
			t.Errorf("%s: sent to a server that says nothing", scheme)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s: the hub waited for %s", scheme, took)
		}
	}
}

func TestBackoffAndGivingUp(t *testing.T) {
	t.Parallel()
	tried := 0
	s := newSender(t, func(context.Context, []*gomail.Msg) []error { tried++; return []error{errors.New("away")} })
	put(t, s, verification("aigul@example.kz"))
	at := now
	for attempt, wait := range []int{1, 2, 4, 8, 16, 32, 64, 128, 256, 360} {
		if err := s.Send(t.Context(), at); err != nil || tried != attempt+1 {
			t.Fatalf("attempt %d: %d, %v", attempt+1, tried, err)
		}
		at = at.Add(time.Duration(wait) * time.Minute)
		if err := s.Send(t.Context(), at.Add(-time.Second)); err != nil || tried != attempt+1 {
			t.Fatalf("after attempt %d sooner than %d minutes: %v", attempt+1, wait, err)
		}
	}
	if err := s.Send(t.Context(), at.AddDate(0, 0, 1)); err != nil || tried != 10 {
		t.Errorf("%d attempts, %v", tried, err)
	}
	if count(t, s, `failed_at is not null and data = '{}' and last_error = 'away'`) != 1 {
		t.Error("the mail was not given up")
	}
}

func TestSeveralHubsSendEachMailOnce(t *testing.T) {
	t.Parallel()
	const mails = 40
	var mu sync.Mutex
	got := map[string]int{}
	s := newSender(t, func(_ context.Context, mails []*gomail.Msg) []error {
		mu.Lock()
		defer mu.Unlock()
		for _, m := range mails {
			got[m.GetToString()[0]]++
		}
		return make([]error, len(mails))
	})
	for i := range mails {
		put(t, s, verification(fmt.Sprintf("p%d@example.kz", i)))
	}
	var hubs sync.WaitGroup
	for range 4 {
		hubs.Go(func() {
			if err := s.Send(t.Context(), now); err != nil {
				t.Error(err)
			}
		})
	}
	hubs.Wait()
	if len(got) != mails {
		t.Errorf("%d mails of %d", len(got), mails)
	}
	for to, n := range got {
		if n != 1 {
			t.Errorf("%s: %d times", to, n)
		}
	}
}

func TestSettings(t *testing.T) {
	for address, good := range map[string]bool{"smtp://user:pass@mail.example:587": true, "smtps://mail.example": true, "smtp://mail.example": true,
		"http://mail.example": false, "mail.example:25": false, "smtp://": false, "smtp://user:p%ss@mail.example": false} {
		_, err := outbox.SMTP(address)
		if (err == nil) != good {
			t.Errorf("%s: %v", address, err)
		}
		if err != nil && strings.Contains(err.Error(), "p%ss") {
			t.Errorf("the error quotes the password: %v", err)
		}
	}
	post, err := outbox.SMTP("smtp://mail.invalid")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if failed := post(ctx, []*gomail.Msg{gomail.NewMsg()}); failed[0] == nil {
		t.Error("sent after the end")
	}
}

// smtpServer is a mail server that understands just what a client needs.
type smtpServer struct {
	address string
	mu      sync.Mutex
	refusal string
	mails   []string
}

func newServer(t *testing.T) *smtpServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	s := &smtpServer{address: listener.Addr().String()}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go s.talk(conn)
		}
	}()
	return s
}

func (s *smtpServer) set(refusal string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusal = refusal
}

func (s *smtpServer) got() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

func (s *smtpServer) talk(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	say := func(line string) { _, _ = fmt.Fprintf(conn, "%s\r\n", line) }
	say("220 test")
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		switch verb, _, _ := strings.Cut(lines.Text(), " "); verb {
		case "RCPT":
			s.mu.Lock()
			refusal := s.refusal
			s.mu.Unlock()
			if refusal == "" {
				refusal = "250 ok"
			}
			say(refusal)
		case "DATA":
			say("354 go on")
			var text strings.Builder
			for lines.Scan() && lines.Text() != "." {
				text.WriteString(lines.Text() + "\n")
			}
			s.mu.Lock()
			s.mails = append(s.mails, strings.ReplaceAll(text.String(), "=\n", ""))
			s.mu.Unlock()
			say("250 ok")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 test")
		}
	}
}

// TestALetterThatPanicsKeepsNoOtherWaiting: only this message fails, and the log says where.
func TestALetterThatPanicsKeepsNoOtherWaiting(t *testing.T) {
	t.Parallel()
	s := newSender(t, func(_ context.Context, mails []*gomail.Msg) []error {
		for _, m := range mails {
			if strings.Contains(m.GetToString()[0], "bad") {
				panic("a bad letter")
			}
		}
		return make([]error, len(mails))
	})
	var log strings.Builder
	s.Log = slog.New(slog.NewTextHandler(&log, nil))
	put(t, s, verification("a@example.kz"), verification("bad@example.kz"), verification("c@example.kz"))
	if err := s.Send(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	if sent, waits := count(t, s, `sent_at is not null`), count(t, s, `address like 'bad%' and last_error like 'panic: a bad letter%'`); sent != 2 || waits != 1 {
		t.Errorf("%d sent, %d wait", sent, waits)
	}
	if !strings.Contains(log.String(), "a bad letter") || !strings.Contains(log.String(), "outbox_test.go") {
		t.Errorf("the log has no stack: %s", &log)
	}
}

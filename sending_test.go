package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/notice"
	"jastarhub/internal/postgres"
)

// TestKilledWhileSending: a hub is killed when a mail server has just accepted an email. Another hub sends the rest: everybody
// gets what they were promised, nobody what another person was, and an email that arrives twice has one Message-ID.
func TestKilledWhileSending(t *testing.T) {
	t.Parallel()
	url, db := migrated(t)
	promised := promise(t, db, 90)
	server := newMailServer(t)
	server.kills(30)
	env := []string{"HUB_DATABASE_URL=" + url, "HUB_SMTP_URL=smtp://" + server.address, "HUB_PUBLIC_URL=https://hub.example"}
	first := serve(t, env...)
	<-server.full
	if err := first.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.cmd.Wait()
	server.kills(0)
	if n := count(t, db, `select count(*) from outbox where sent_at is null`); n == 0 {
		t.Fatal("all was sent before the hub was killed")
	}
	serve(t, env...)
	sent(t, db)
	got, twice := server.got(), 0
	for to, path := range promised {
		ids := map[string]bool{}
		for _, m := range got[to] {
			ids[m.id] = true
			if !strings.Contains(m.body, path) {
				t.Errorf("%s got another's: %s", to, m.body)
			}
		}
		if len(ids) != 1 {
			t.Errorf("%s got %d different mails", to, len(ids))
		}
		twice += len(got[to]) - 1
	}
	if len(got) != len(promised) || twice == 0 {
		t.Errorf("%d people got mails, want %d; %d came twice", len(got), len(promised), twice)
	}
}

// promise tells each person about a certificate, and returns what the email to each address must contain.
func promise(t *testing.T, db *postgres.DB, people int) map[string]string {
	t.Helper()
	promised := map[string]string{}
	err := db.Tx(t.Context(), func(tx *sqlx.Tx) error {
		for i := range people {
			id, email := uuid.New(), fmt.Sprintf("p%d@example.org", i)
			if _, err := tx.Exec(`insert into people (id, email, password_hash, given_name, family_name, birth_date, language, created_at, email_verified_at)
				values ($1, $2, '!', 'Айнұр', 'Сынақова', '2001-02-03', 'KK', now(), now())`, id, email); err != nil {
				return err
			}
			number := fmt.Sprintf("JH-2026-%04d-2222-2222", i)
			news := notice.News{Kind: notice.CertificateRevoked, About: notice.AboutCertificate(uuid.New()), Details: notice.Details{Number: number}}
			if err := notice.Tell(t.Context(), tx, nil, time.Now(), news, notice.People(id)); err != nil {
				return err
			}
			promised[email] = "https://hub.example/certificates/" + number
		}
		_, err := tx.Exec(`update outbox set at_night = true, due_at = now()`) // whenever the test is run
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return promised
}

// mailServer accepts emails.
type mailServer struct {
	address string
	full    chan struct{} // closed when it has accepted the maximum and stops answering

	mu     sync.Mutex
	mails  map[string][]taken
	number int
	most   int // 0: no maximum
}

// taken is an accepted email.
type taken struct{ id, body string }

func newMailServer(t *testing.T) *mailServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	s := &mailServer{address: listener.Addr().String(), full: make(chan struct{}), mails: map[string][]taken{}}
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

func (s *mailServer) kills(after int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.most = after
}

func (s *mailServer) got() map[string][]taken {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

func (s *mailServer) talk(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	say := func(line string) { _, _ = fmt.Fprintf(conn, "%s\r\n", line) }
	say("220 test")
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		switch verb, _, _ := strings.Cut(lines.Text(), " "); verb {
		case "DATA":
			say("354 go on")
			var text strings.Builder
			for lines.Scan() && lines.Text() != "." {
				text.WriteString(lines.Text() + "\n")
			}
			if !s.take(text.String()) {
				_, _ = io.Copy(io.Discard, conn) // until the hub is gone
				return
			}
			say("250 ok")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 test")
		}
	}
}

// take stores an email; false means that there is no answer.
func (s *mailServer) take(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil {
		return false
	}
	to := strings.Trim(m.Header.Get("To"), "<>")
	_, body, _ := strings.Cut(text, "\n\n")
	s.mails[to] = append(s.mails[to], taken{m.Header.Get("Message-ID"), strings.ReplaceAll(body, "=\n", "")})
	if s.number++; s.number == s.most {
		close(s.full)
	}
	return s.most == 0 || s.number < s.most
}

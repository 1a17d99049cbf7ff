package stories

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"log/slog"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/mutation"
	"jastarhub/internal/notice"
	"jastarhub/internal/outbox"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
)

// received is an email that was sent.
type received struct{ to, subject, body string }

// mails lets the worker send to a folder what is due, and reads it there, oldest first.
func (h *hub) mails() (all []received) {
	h.t.Helper()
	folder := h.t.TempDir()
	if err := h.sender(outbox.Email, outbox.ByMail(outbox.Folder(folder), &mail.Address{Address: "hub@example.org"})).Send(context.Background(), h.noon()); err != nil {
		h.t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.eml"))
	if err != nil {
		h.t.Fatal(err)
	}
	slices.Sort(files)
	for _, name := range files {
		all = append(all, h.read(name))
	}
	return all
}

// noon returns the next noon in Almaty: the quiet hours hold nothing back then.
func (h *hub) noon() time.Time {
	now := time.Now()
	if stopped := h.present(); stopped.After(now) {
		now = stopped
	}
	return outbox.Next(now, 12)
}

// sender returns the worker's sender for a channel.
func (h *hub) sender(channel outbox.Channel, carry outbox.Carrier) *outbox.Sender {
	return &outbox.Sender{DB: h.db, Channel: channel, Carry: carry, Notices: h.r.Notices.WriteLetters("https://hub.example"),
		Unlink: notice.Unlink, Hub: "https://hub.example", Log: slog.New(slog.DiscardHandler)}
}

func (h *hub) read(name string) received {
	h.t.Helper()
	file, err := os.Open(name)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	m, err := mail.ReadMessage(file)
	if err != nil {
		h.t.Fatal(err)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		h.t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		h.t.Fatal(err)
	}
	return received{strings.Trim(m.Header.Get("To"), "<>"), subject, string(body)}
}

// letter checks the only email that is due, and returns its link's token.
func (h *hub) letter(to, subject string) (token string) {
	h.t.Helper()
	all := h.mails()
	if len(all) != 1 || all[0].to != to || all[0].subject != subject {
		h.t.Fatalf("%+v; want one to %s: %s", all, to, subject)
	}
	return all[0].token()
}

func (r received) token() string {
	_, after, _ := strings.Cut(r.body, "#token=")
	token, _, _ := strings.Cut(after, "\r\n")
	return token
}

// from signs somebody in from an address of its own.
func (h *hub) from(address, who, password string) error {
	_, err := h.r.People.SignIn(context.Background(), person.Visit{Call: mutation.Call{Now: time.Now()}, Address: address},
		person.SignInInput{Email: email(who), Password: password})
	return err
}

// signsIn checks the code of a sign-in's answer.
func (h *hub) signsIn(who, password, code string) {
	h.t.Helper()
	a := h.visitor().ask(document("signIn", "token"), vars{"in": vars{"email": email(who), "password": password}})
	if a.code() != code {
		h.t.Errorf("%s signs in with %s: %q; want %q", who, password, a.code(), code)
	}
}

// goodAccounts are inputs that are accepted, each from a person of its own.
func (w *world) goodAccounts() map[string]good {
	w.t.Helper()
	people := w.crowd(3)
	mover, keeper := w.person("Mover", 20), w.person("Keeper", 20)
	session := postgres.NewID()
	w.exec(`insert into sessions (id, token_hash, person_id, created_at, last_seen_at) values ($1, $2, $3, now(), now())`,
		session, session[:], people[2].id)
	return map[string]good{
		"verifyEmail":          {people[0], vars{"token": w.putToken(people[0], "VERIFY_EMAIL")}},
		"resetPassword":        {w.visitor(), vars{"token": w.putToken(people[1], "RESET_PASSWORD"), "password": "another good one"}},
		"requestPasswordReset": {w.visitor(), vars{"email": "lead@example.org"}},
		"changeEmail":          {mover, vars{"email": "moved@example.org", "password": password}},
		"changePassword":       {keeper, vars{"password": password, "newPassword": "another good one"}},
		"updateProfile":        {people[2], vars{"givenName": "Ая", "familyName": "Жаңа", "language": "KK", "districtId": w.district("AUEZOV")}},
		"endSession":           {people[2], vars{"id": session.String()}},
		"unlinkIdentity":       {keeper, vars{"id": w.putIdentity(keeper)}},
	}
}

// putIdentity links an identity to somebody.
func (h *hub) putIdentity(who *caller) (id string) {
	id = postgres.NewID().String()
	h.exec(`insert into identities (id, person_id, issuer, subject, created_at) values ($1, $2, 'https://id.example', $1::uuid::text, now())`, id, who.id)
	return id
}

// putVouched adds somebody whom a provider vouches for, and returns the token to register with.
func (h *hub) putVouched() (token string) {
	secret := sha256.Sum256([]byte(postgres.NewID().String()))
	hash := sha256.Sum256(secret[:])
	h.exec(`insert into pending_identities (token_hash, issuer, subject, email, given_name, family_name, expires_at)
		values ($1, 'https://id.example', '1', 'new@example.org', 'Ая', 'Жаңа', now() + interval '1 hour')`, hash[:])
	return base64.RawURLEncoding.EncodeToString(secret[:])
}

// putToken returns the token of a link without emailing it.
func (h *hub) putToken(who *caller, purpose string) (token string) {
	secret := sha256.Sum256([]byte(postgres.NewID().String()))
	hash := sha256.Sum256(secret[:])
	h.exec(`insert into account_tokens (id, token_hash, purpose, person_id, email, created_at, expires_at)
		select $1, $2, $3, id, email, now(), now() + interval '1 hour' from people where id = $4`, postgres.NewID(), hash[:], purpose, who.id)
	return base64.RawURLEncoding.EncodeToString(secret[:])
}

func TestMailsAreOnlyReadOnce(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.unverified("Aigul", 20)
	if token := h.letter(email("Aigul"), "Confirm your email address"); len(token) != 43 {
		t.Errorf("%q is no token", token)
	}
	if all := h.mails(); len(all) != 0 {
		t.Errorf("again: %+v", all)
	}
	if n := h.count(`select count(*) from outbox where data <> '{}'`); n != 0 {
		t.Errorf("%d mails that were sent keep their data", n)
	}
}

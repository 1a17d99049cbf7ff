package hub

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
	"time"

	"jastarhub/internal/notice"
	"jastarhub/internal/outbox"
	"jastarhub/internal/postgres"
)

// received is an email that was sent.
type received struct{ To, Subject, Body string }

// Mails lets the worker send to a folder what is due, and reads it there, oldest first.
func (h *Hub) Mails() (all []received) {
	h.T.Helper()
	folder := h.T.TempDir()
	if err := h.Sender(outbox.Email, outbox.ByMail(outbox.Folder(folder), &mail.Address{Address: "hub@example.org"})).Send(context.Background(), h.Noon()); err != nil {
		h.T.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.eml"))
	if err != nil {
		h.T.Fatal(err)
	}
	slices.Sort(files)
	for _, name := range files {
		all = append(all, h.read(name))
	}
	return all
}

// Noon returns the next noon in Almaty: the quiet hours hold nothing back then.
func (h *Hub) Noon() time.Time { return outbox.Next(h.Present(), 12) }

// Sender returns the worker's sender for a channel.
func (h *Hub) Sender(channel outbox.Channel, carry outbox.Carrier) *outbox.Sender {
	return &outbox.Sender{DB: h.DB, Channel: channel, Carry: carry, Notices: h.Resolver.Notices.WriteLetters("https://hub.example"),
		Unlink: notice.Unlink, Hub: "https://hub.example", Log: slog.New(slog.DiscardHandler)}
}

func (h *Hub) read(name string) received {
	h.T.Helper()
	file, err := os.Open(name)
	if err != nil {
		h.T.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	m, err := mail.ReadMessage(file)
	if err != nil {
		h.T.Fatal(err)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		h.T.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		h.T.Fatal(err)
	}
	return received{strings.Trim(m.Header.Get("To"), "<>"), subject, string(body)}
}

// Letter checks the only email that is due, and returns its link's token.
func (h *Hub) Letter(to, subject string) (token string) {
	h.T.Helper()
	all := h.Mails()
	if len(all) != 1 || all[0].To != to || all[0].Subject != subject {
		h.T.Fatalf("%+v; want one to %s: %s", all, to, subject)
	}
	return all[0].Token()
}

// SentTo returns the token of the link in an email to the address, one of those that are due.
func (h *Hub) SentTo(address string) (token string) {
	h.T.Helper()
	all := h.Mails()
	for _, m := range all {
		if m.To == address && m.Token() != "" {
			return m.Token()
		}
	}
	h.T.Fatalf("no link to %s in %+v", address, all)
	return ""
}

// Token returns what the link in the email ends with.
func (r received) Token() string {
	_, after, _ := strings.Cut(r.Body, "#token=")
	token, _, _ := strings.Cut(after, "\r\n")
	return token
}

// SignsIn checks the code of a sign-in's answer.
func (h *Hub) SignsIn(who, password, code string) {
	h.T.Helper()
	a := h.Visitor().Ask(Document("signIn", "token"), Vars{"in": Vars{"email": Email(who), "password": password}})
	if a.Code() != code {
		h.T.Errorf("%s signs in with %s: %q; want %q", who, password, a.Code(), code)
	}
}

// PutIdentity links an identity to somebody.
func (h *Hub) PutIdentity(who *Caller) (id string) {
	id = postgres.NewID().String()
	h.Exec(`insert into identities (id, person_id, issuer, subject, created_at) values ($1, $2, 'https://id.example', $1::uuid::text, now())`, id, who.ID)
	return id
}

// PutVouched adds somebody whom a provider vouches for, and returns the token to register with.
func (h *Hub) PutVouched() (token string) {
	secret := sha256.Sum256([]byte(postgres.NewID().String()))
	hash := sha256.Sum256(secret[:])
	h.Exec(`insert into pending_identities (token_hash, issuer, subject, email, given_name, family_name, expires_at)
		values ($1, 'https://id.example', '1', 'new@example.org', 'Ая', 'Жаңа', now() + interval '1 hour')`, hash[:])
	return base64.RawURLEncoding.EncodeToString(secret[:])
}

// PutToken returns the token of a link without emailing it.
func (h *Hub) PutToken(who *Caller, purpose string) (token string) {
	secret := sha256.Sum256([]byte(postgres.NewID().String()))
	hash := sha256.Sum256(secret[:])
	h.Exec(`insert into account_tokens (id, token_hash, purpose, person_id, email, created_at, expires_at)
		select $1, $2, $3, id, email, now(), now() + interval '1 hour' from people where id = $4`, postgres.NewID(), hash[:], purpose, who.ID)
	return base64.RawURLEncoding.EncodeToString(secret[:])
}

// NewPassword is the one that people of the stories change theirs to.
const NewPassword = "a better horse battery"

// opener is something unused that opens or changes an account: how somebody gets one, and a statement that counts those of theirs
// that are still valid.
type opener struct {
	Put  func(w *World, who *Caller)
	Good string
}

// Openers has one for the column that each is stored in, and for emailed links for their purpose too.
var Openers = map[string]opener{
	"sessions.token_hash": {func(w *World, who *Caller) {
		id := postgres.NewID()
		w.Exec(`insert into sessions (id, token_hash, person_id, created_at, last_seen_at) values ($1, $2, $3, now(), now())`, id, id[:], RowID(who.ID))
	}, `select count(*) from sessions where person_id = $1 and ended_at is null`},
	"account_tokens.token_hash VERIFY_EMAIL": {func(w *World, who *Caller) { w.PutToken(who, "VERIFY_EMAIL") },
		`select count(*) from account_tokens where person_id = $1 and purpose = 'VERIFY_EMAIL' and used_at is null and expires_at > now()`},
	"account_tokens.token_hash RESET_PASSWORD": {func(w *World, who *Caller) { w.PutToken(who, "RESET_PASSWORD") },
		`select count(*) from account_tokens where person_id = $1 and purpose = 'RESET_PASSWORD' and used_at is null and expires_at > now()`},
	"data_requests.token_hash": {func(w *World, who *Caller) {
		id := postgres.NewID()
		w.Exec(`insert into data_requests (id, person_id, token_hash, asked_at, expires_at) values ($1, $2, $3, now(), now() + interval '5 minutes')`,
			id, RowID(who.ID), id[:])
	}, `select count(*) from data_requests where person_id = $1 and taken_at is null and expires_at > now()`},
	"telegram_codes.code_hash": {func(w *World, who *Caller) {
		id := postgres.NewID()
		w.Exec(`insert into telegram_codes (person_id, code_hash, expires_at) values ($1, $2, now() + interval '15 minutes')`, RowID(who.ID), id[:])
	}, `select count(*) from telegram_codes where person_id = $1`},
	"oidc_flows.state_hash": {func(w *World, who *Caller) {
		id := postgres.NewID()
		w.Exec(`insert into oidc_flows (state_hash, browser_hash, nonce, verifier, return_to, session_id, expires_at)
			select $1, $1, '', '', '/', id, now() + interval '10 minutes' from sessions where person_id = $2 order by id limit 1`, id[:], RowID(who.ID))
	}, `select count(*) from oidc_flows f join sessions s on s.id = f.session_id where s.person_id = $1`},
	"second_factors.pending": {func(w *World, who *Caller) { w.PutPending(who) },
		`select count(*) from second_factors where person_id = $1 and pending is not null`},
}

// AddressOf returns the email address of somebody's account.
func (h *Hub) AddressOf(who *Caller) string {
	return h.Text(`select email from people where id = $1`, who.ID)
}

package hub

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/google/uuid"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"jastarhub/internal/grant"
	"jastarhub/internal/secret"
)

// Key is what the hubs of the stories encrypt with.
var Key, AnotherKey = newKey(7), newKey(8)

func newKey(of byte) *secret.Key {
	key, err := secret.Parse(base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{of}, 32)))
	if err != nil {
		panic(err)
	}
	return key
}

// FactorSecret is the secret of all second factors that PutFactor adds.
const FactorSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

// CodeOf returns what an authenticator shows.
func (h *Hub) CodeOf(secret string) string {
	h.T.Helper()
	code, err := totp.GenerateCode(secret, h.Present())
	if err != nil {
		h.T.Fatal(err)
	}
	return code
}

// PutFactor gives somebody a second factor, of which no code has been used yet.
func (h *Hub) PutFactor(who *Caller) {
	h.T.Helper()
	owner := uuid.MustParse(who.ID)
	h.Exec(`insert into second_factors (person_id, secret, confirmed_at) values ($1, $2, now())
		on conflict (person_id) do update set secret = excluded.secret, confirmed_at = excluded.confirmed_at, last_step = 0`,
		owner, Key.Seal(FactorSecret, owner[:]))
}

// PutCode gives somebody a second factor, with one recovery code.
func (h *Hub) PutCode(who *Caller) (code string) {
	h.T.Helper()
	h.PutFactor(who)
	code = rand.Text()[:16]
	hash := sha256.Sum256([]byte(code))
	h.Exec(`insert into recovery_codes (person_id, code_hash) values ($1, $2)`, uuid.MustParse(who.ID), hash[:])
	return code
}

// PutPending gives somebody a secret that no code has confirmed.
func (h *Hub) PutPending(who *Caller) {
	h.T.Helper()
	owner := uuid.MustParse(who.ID)
	h.Exec(`insert into second_factors (person_id, pending) values ($1, $2)
		on conflict (person_id) do update set pending = excluded.pending`, owner, Key.Seal(FactorSecret, owner[:]))
}

// NewStaff returns somebody who was given a role and has no second factor.
func (c *City) NewStaff(name, role string) *Caller {
	c.T.Helper()
	who := c.Person(name, 30)
	what, scope, _ := strings.Cut(role, " ")
	if err := c.Resolver.Grants.GiveTo(context.Background(), Email(name), grant.Role(what), scope, c.Present()); err != nil {
		c.T.Fatal(err)
	}
	who.Token = c.Expect("", name, "")
	return who
}

// StartFactor returns the secret of somebody's new second factor.
func (c *Caller) StartFactor(code ...string) (secret string) {
	c.Hub.T.Helper()
	in := Vars{"password": Password}
	if len(code) > 0 {
		in["code"] = code[0]
	}
	a := c.Do("startSecondFactor", in, "secret uri")
	secret = a.Str("startSecondFactor.secret")
	key, err := otp.NewKeyFromURL(a.Str("startSecondFactor.uri"))
	address := c.Hub.Text(`select email from people where id = $1`, c.ID)
	if err != nil || key.Secret() != secret || key.Issuer() != "Jastar Hub" || key.AccountName() != address || key.Type() != "totp" ||
		len(secret) != 32 {
		c.Hub.T.Errorf("%s: %v", a.RawBody, err)
	}
	return secret
}

// EnrolFactor turns a second factor on, and continues in the new session.
func (c *Caller) EnrolFactor() (secret string, codes []string) {
	c.Hub.T.Helper()
	secret = c.StartFactor()
	a := c.Do("confirmSecondFactor", Vars{"code": c.Hub.CodeOf(secret)}, "token recoveryCodes person { id }").
		Shows("confirmSecondFactor.person.id", c.ID)
	c.Token = a.Str("confirmSecondFactor.token")
	for _, code := range a.At("confirmSecondFactor.recoveryCodes").([]any) {
		codes = append(codes, code.(string))
	}
	return secret, codes
}

// WithCode signs somebody in with a second factor's code, "" for none, and returns the code of the answer.
func (h *Hub) WithCode(who, factorCode string) (code, token string) {
	h.T.Helper()
	in := Vars{"email": Email(who), "password": Password}
	if factorCode != "" {
		in["code"] = factorCode
	}
	a := h.Visitor().Ask(Document("signIn", "token"), Vars{"in": in})
	if a.Code() == "" {
		token = a.Str("signIn.token")
	}
	return a.Code(), token
}

// Expect signs in and checks the code of the answer.
func (h *Hub) Expect(want, who, factorCode string) (token string) {
	h.T.Helper()
	got, token := h.WithCode(who, factorCode)
	if got != want {
		h.T.Errorf("%s with %q: %q, want %q", who, factorCode, got, want)
	}
	return token
}

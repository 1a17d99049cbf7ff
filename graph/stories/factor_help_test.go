package stories

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/google/uuid"
	"github.com/pquerna/otp/totp"

	"jastarhub/internal/secret"
)

// key is what the hubs of the stories encrypt with.
var key, anotherKey = newKey(7), newKey(8)

func newKey(of byte) *secret.Key {
	key, err := secret.Parse(base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{of}, 32)))
	if err != nil {
		panic(err)
	}
	return key
}

const factorSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

// present returns the hub's time.
func (h *hub) present() time.Time {
	if stopped := h.clock.Load(); stopped != nil {
		return *stopped
	}
	return time.Now()
}

// stop stops the hub's clock in the middle of a time step, or moves it forward.
func (h *hub) stop(later time.Duration) {
	now := h.present()
	if h.clock.Load() == nil {
		now = now.Truncate(30 * time.Second).Add(15 * time.Second)
	}
	now = now.Add(later)
	h.clock.Store(&now)
}

// codeOf returns what an authenticator shows.
func (h *hub) codeOf(secret string) string {
	h.t.Helper()
	code, err := totp.GenerateCode(secret, h.present())
	if err != nil {
		h.t.Fatal(err)
	}
	return code
}

// putFactor gives somebody a second factor, of which no code has been used yet.
func (h *hub) putFactor(who *caller) {
	h.t.Helper()
	owner := uuid.MustParse(who.id)
	h.exec(`insert into second_factors (person_id, secret, confirmed_at) values ($1, $2, now())
		on conflict (person_id) do update set secret = excluded.secret, confirmed_at = excluded.confirmed_at, last_step = 0`,
		owner, key.Seal(factorSecret, owner[:]))
}

// putCode gives somebody a second factor, with one recovery code.
func (h *hub) putCode(who *caller) (code string) {
	h.t.Helper()
	h.putFactor(who)
	code = rand.Text()[:16]
	hash := sha256.Sum256([]byte(code))
	h.exec(`insert into recovery_codes (person_id, code_hash) values ($1, $2)`, uuid.MustParse(who.id), hash[:])
	return code
}

// putPending gives somebody a secret that no code has confirmed.
func (h *hub) putPending(who *caller) {
	h.t.Helper()
	owner := uuid.MustParse(who.id)
	h.exec(`insert into second_factors (person_id, pending) values ($1, $2)
		on conflict (person_id) do update set pending = excluded.pending`, owner, key.Seal(factorSecret, owner[:]))
}

// holder returns the person with a role; for a visitor, the person the input is about.
func (w *world) holder(role string) *caller {
	if who := w.roles[role]; who != nil && who.id != "" {
		return who
	}
	return w.roles["stranger"]
}

func (w *world) startingFactor(role string) vars {
	in := w.withPassword(role)
	in["code"] = w.putCode(w.holder(role))
	return in
}

func (w *world) confirmingFactor(role string) vars {
	w.putPending(w.holder(role))
	return vars{"code": w.codeOf(factorSecret)}
}

func (w *world) renewingCodes(role string) vars { return vars{"code": w.putCode(w.holder(role))} }

func (w *world) resettingFactor(string) vars {
	who := w.crowd(1)[0]
	w.putFactor(who)
	return vars{"person": vars{"id": who.id}, "reason": "The phone is lost."}
}

// goodFactors are inputs that are accepted, each from a person of its own.
func (w *world) goodFactors() map[string]good {
	w.t.Helper()
	starter, ender := w.person("Starter", 20), w.person("Ender", 20)
	people := w.crowd(3)
	w.putPending(people[0])
	w.putFactor(people[2])
	return map[string]good{
		"startSecondFactor":   {starter, vars{"password": password, "code": w.putCode(starter)}},
		"confirmSecondFactor": {people[0], vars{"code": w.codeOf(factorSecret)}},
		"endSecondFactor":     {ender, vars{"password": password, "code": w.putCode(ender)}},
		"renewRecoveryCodes":  {people[1], vars{"code": w.putCode(people[1])}},
		"resetSecondFactor":   {w.officer, vars{"person": vars{"id": people[2].id}, "reason": "The phone is lost."}},
	}
}

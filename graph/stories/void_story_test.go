package stories

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
)

// opener is something unused that opens or changes an account: how somebody gets one, and a statement that counts those of theirs
// that are still valid.
type opener struct {
	put  func(w *world, who *caller)
	good string
}

// openers has one for the column that each is stored in, and for emailed links for their purpose too.
var openers = map[string]opener{
	"sessions.token_hash": {func(w *world, who *caller) {
		id := postgres.NewID()
		w.exec(`insert into sessions (id, token_hash, person_id, created_at, last_seen_at) values ($1, $2, $3, now(), now())`, id, id[:], rowID(who.id))
	}, `select count(*) from sessions where person_id = $1 and ended_at is null`},
	"account_tokens.token_hash VERIFY_EMAIL": {func(w *world, who *caller) { w.putToken(who, "VERIFY_EMAIL") },
		`select count(*) from account_tokens where person_id = $1 and purpose = 'VERIFY_EMAIL' and used_at is null and expires_at > now()`},
	"account_tokens.token_hash RESET_PASSWORD": {func(w *world, who *caller) { w.putToken(who, "RESET_PASSWORD") },
		`select count(*) from account_tokens where person_id = $1 and purpose = 'RESET_PASSWORD' and used_at is null and expires_at > now()`},
	"data_requests.token_hash": {func(w *world, who *caller) {
		id := postgres.NewID()
		w.exec(`insert into data_requests (id, person_id, token_hash, asked_at, expires_at) values ($1, $2, $3, now(), now() + interval '5 minutes')`,
			id, rowID(who.id), id[:])
	}, `select count(*) from data_requests where person_id = $1 and taken_at is null and expires_at > now()`},
	"telegram_codes.code_hash": {func(w *world, who *caller) {
		id := postgres.NewID()
		w.exec(`insert into telegram_codes (person_id, code_hash, expires_at) values ($1, $2, now() + interval '15 minutes')`, rowID(who.id), id[:])
	}, `select count(*) from telegram_codes where person_id = $1`},
	"oidc_flows.state_hash": {func(w *world, who *caller) {
		id := postgres.NewID()
		w.exec(`insert into oidc_flows (state_hash, browser_hash, nonce, verifier, return_to, session_id, expires_at)
			select $1, $1, '', '', '/', id, now() + interval '10 minutes' from sessions where person_id = $2 order by id limit 1`, id[:], rowID(who.id))
	}, `select count(*) from oidc_flows f join sessions s on s.id = f.session_id where s.person_id = $1`},
	"second_factors.pending": {func(w *world, who *caller) { w.putPending(who) },
		`select count(*) from second_factors where person_id = $1 and pending is not null`},
}

// stay are the other columns of that kind, and why their contents outlive a change of the account.
var stay = map[string]string{
	"attempts.key_hash":             "counts attempts, and opens nothing",
	"idempotency_keys.input_hash":   "tells a repetition, and opens nothing",
	"suspended_addresses.hash":      "is of an address that a suspension goes with, and opens nothing",
	"sealed_with.sealed":            "is the hub's own",
	"oidc_flows.browser_hash":       "goes with the flow",
	"second_factors.secret":         "is the second factor itself, which has mutations of its own",
	"recovery_codes.code_hash":      "goes with the second factor",
	"consents.token_hash":           "is the guardian's, who answers for the minor whatever becomes of the password",
	"invitations.token_hash":        "is somebody else's offer to an address, and for the account with that address alone",
	"pending_identities.token_hash": "is a provider's word on an address, which has no account yet",
}

// enders are what ends everything unused: the number of sessions that remain, one if somebody continues in it.
var enders = map[string]struct {
	end  func(w *world, who *caller)
	left int
}{
	"changePassword": {func(w *world, who *caller) {
		who.do("changePassword", vars{"password": password, "newPassword": newPassword}, "ended")
	}, 1},
	"resetPassword": {func(w *world, who *caller) {
		w.visitor().do("resetPassword", vars{"token": w.putToken(who, "RESET_PASSWORD"), "password": newPassword}, "ended")
	}, 0},
	"verifyEmail of another address": {func(w *world, who *caller) {
		token := w.putToken(who, "VERIFY_EMAIL")
		w.exec(`update account_tokens set email = $2 where token_hash = $1`, hashOf(token), who.id+"@moved.example")
		who.do("verifyEmail", vars{"token": token}, "email")
	}, 1},
	"confirmSecondFactor": {func(w *world, who *caller) {
		who.do("confirmSecondFactor", vars{"code": w.codeOf(factorSecret)}, "token")
	}, 1},
	"endSecondFactor": {func(w *world, who *caller) {
		w.putFactor(who)
		who.do("endSecondFactor", vars{"password": password, "code": w.codeOf(factorSecret)}, "person { id }")
	}, 1},
	"resetSecondFactor": {func(w *world, who *caller) {
		w.putFactor(who)
		w.officer.do("resetSecondFactor", vars{"person": vars{"id": who.id}, "reason": "Lost."}, "person { id }")
	}, 0},
	"hub second-factor --reset": {func(w *world, who *caller) {
		w.putFactor(who)
		if err := w.r.People.TakeFactorAway(context.Background(), w.addressOf(who), time.Now()); err != nil {
			w.t.Error(err)
		}
	}, 0},
	"signOut everywhere": {func(w *world, who *caller) { who.do("signOut", vars{"everywhere": true}, "ended") }, 0},
	"giveRole": {func(w *world, who *caller) {
		w.officer.do("giveRole", vars{"person": vars{"id": who.id}, "role": "NGO_LEAD", "ngoId": w.ngo}, "grant { id }")
	}, 0},
	"hub grant": {func(w *world, who *caller) {
		if err := w.r.Grants.GiveTo(context.Background(), w.addressOf(who), "NGO_LEAD", w.ngo, time.Now()); err != nil {
			w.t.Error(err)
		}
	}, 0},
	"suspendPerson": {func(w *world, who *caller) { w.suspension(who, 2) }, 0},
}

func (h *hub) addressOf(who *caller) string {
	return h.text(`select email from people where id = $1`, who.id)
}

func hashOf(token string) []byte {
	bytes, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		panic(err)
	}
	hash := sha256.Sum256(bytes)
	return hash[:]
}

// TestEveryLinkEndsWithWhatItWasFor finds in the catalogue what the database stores of links, codes and secrets, and checks that
// each ends with every change of password, address and second factor, and with all sessions; or that there is a reason why it
// stays.
func TestEveryLinkEndsWithWhatItWasFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.comparesOpeners()
	for name, e := range enders {
		who := w.person("Owner"+uuid.NewString()[:8], 20)
		for _, o := range openers {
			o.put(w, who)
		}
		coming, device := w.comingLink(who), who.onDevice(password).device
		if !w.knownOn(who, device) {
			t.Errorf("the device is not known before %s", name)
		}
		for kind, o := range openers {
			if w.count(o.good, who.id) == 0 {
				t.Errorf("%s is no good before %s", kind, name)
			}
		}
		if _, err := w.r.Notices.Reminder(context.Background(), coming); err != nil {
			t.Errorf("before %s a reminder's link: %v", name, err)
		}
		e.end(w, who)
		for kind, o := range openers {
			want := 0
			if kind == "sessions.token_hash" {
				want = e.left
			}
			if n := w.count(o.good, who.id); n != want {
				t.Errorf("%s after %s: %d are good, want %d", kind, name, n, want)
			}
		}
		if _, err := w.r.Notices.Reminder(context.Background(), coming); err == nil {
			t.Errorf("after %s a reminder's link goes on", name)
		}
		if w.knownOn(who, device) {
			t.Errorf("after %s the device is known", name)
		}
	}
}

// comparesOpeners checks that every column of bytes is an opener or stays, and that every purpose of an emailed link is one.
func (w *world) comparesOpeners() {
	w.t.Helper()
	var there []string
	if err := w.db.Select(&there, `select table_name || '.' || column_name from information_schema.columns c
			where table_schema = 'public' and data_type = 'bytea' and table_name || '.' || column_name <> 'account_tokens.token_hash'
		union select 'account_tokens.token_hash ' || m[1] from pg_constraint, regexp_matches(pg_get_constraintdef(oid), '''([A-Z_]+)''', 'g') m
			where conrelid = 'account_tokens'::regclass and contype = 'c'`); err != nil {
		w.t.Fatal(err)
	}
	known := slices.Sorted(maps.Keys(openers))
	known = slices.AppendSeq(known, maps.Keys(stay))
	slices.Sort(known)
	slices.Sort(there)
	if !slices.Equal(known, there) {
		w.t.Errorf("the database keeps\n%v\nand the test knows\n%v", there, known)
	}
}

// comingLink returns the token of a reminder's link, which the hub signs and stores no row of.
func (w *world) comingLink(who *caller) string {
	id := postgres.NewID()
	w.exec(`insert into notices (id, person_id, kind, subject_type, subject_id, details, event, created_at)
		values ($1, $2, 'SHIFT_TOMORROW', 'SHIFT', $1, '{}', $1::uuid::text, now() - interval '1 minute')`, id, rowID(who.id))
	return base64.RawURLEncoding.EncodeToString(append(id[:], key.Sign("answer a reminder", id[:])[:16]...))
}

// knownOn reports whether the hub counts a guess separately from those at its address, as it does on a known device.
func (w *world) knownOn(who *caller, device string) bool {
	w.t.Helper()
	address, at := uuid.NewString(), w.addressOf(who)
	_, err := w.r.People.SignIn(context.Background(), person.Visit{Call: mutation.Call{Now: time.Now()}, Address: address,
		Browser: person.Browser{Devices: device}}, person.SignInInput{Email: at, Password: "wrong password"})
	if fault.CodeOf(err) != fault.WrongCredentials {
		w.t.Error(err)
	}
	return w.count(`select count(*) from attempts where key_hash = sha256(convert_to($1, 'utf8'))`, "pair\n"+at+"\n"+address) == 0
}

// TestAThiefsLinkDies: somebody with the password asks for another address, the owner is warned and changes the password.
func TestAThiefsLinkDies(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	owner := h.person("Owner", 20)
	thief := *owner
	thief.signIn(password)
	h.mails()
	thief.do("changeEmail", vars{"email": "thief@example.org", "password": password}, "email")
	token := ""
	for _, m := range h.mails() {
		if m.to == "thief@example.org" {
			token = m.token()
		}
	}
	owner.do("changePassword", vars{"password": password, "newPassword": newPassword}, "ended")
	owner.refused("TOKEN_INVALID", "verifyEmail", vars{"token": token})
	owner.must(`{ viewer { email } }`).shows("viewer.email", email("Owner"))
}

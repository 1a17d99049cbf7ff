package account

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"slices"
	"testing"

	"github.com/google/uuid"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/account"
	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/postgres"
)

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
	end  func(w *hub.World, who *hub.Caller)
	left int
}{
	"changePassword": {func(w *hub.World, who *hub.Caller) {
		who.Do("changePassword", hub.Vars{"password": hub.Password, "newPassword": hub.NewPassword}, "ended")
	}, 1},
	"resetPassword": {func(w *hub.World, who *hub.Caller) {
		w.Visitor().Do("resetPassword", hub.Vars{"token": w.PutToken(who, "RESET_PASSWORD"), "password": hub.NewPassword}, "ended")
	}, 0},
	"verifyEmail of another address": {func(w *hub.World, who *hub.Caller) {
		token := w.PutToken(who, "VERIFY_EMAIL")
		w.Exec(`update account_tokens set email = $2 where token_hash = $1`, hashOf(token), who.ID+"@moved.example")
		who.Do("verifyEmail", hub.Vars{"token": token}, "email")
	}, 1},
	"confirmSecondFactor": {func(w *hub.World, who *hub.Caller) {
		who.Do("confirmSecondFactor", hub.Vars{"code": w.CodeOf(hub.FactorSecret)}, "token")
	}, 1},
	"endSecondFactor": {func(w *hub.World, who *hub.Caller) {
		w.PutFactor(who)
		who.Do("endSecondFactor", hub.Vars{"password": hub.Password, "code": w.CodeOf(hub.FactorSecret)}, "person { id }")
	}, 1},
	"resetSecondFactor": {func(w *hub.World, who *hub.Caller) {
		w.PutFactor(who)
		w.Officer.Do("resetSecondFactor", hub.Vars{"person": hub.Vars{"id": who.ID}, "reason": "Lost."}, "person { id }")
	}, 0},
	"hub second-factor --reset": {func(w *hub.World, who *hub.Caller) {
		w.PutFactor(who)
		if err := w.Resolver.Accounts.TakeFactorAway(context.Background(), w.AddressOf(who), w.Present()); err != nil {
			w.T.Error(err)
		}
	}, 0},
	"signOut everywhere": {func(w *hub.World, who *hub.Caller) { who.Do("signOut", hub.Vars{"everywhere": true}, "ended") }, 0},
	"giveRole": {func(w *hub.World, who *hub.Caller) {
		w.Officer.Do("giveRole", hub.Vars{"person": hub.Vars{"id": who.ID}, "role": "NGO_LEAD", "ngoId": w.Ngo}, "grant { id }")
	}, 0},
	"hub grant": {func(w *hub.World, who *hub.Caller) {
		if err := w.Resolver.Grants.GiveTo(context.Background(), w.AddressOf(who), "NGO_LEAD", w.Ngo, w.Present()); err != nil {
			w.T.Error(err)
		}
	}, 0},
	"suspendPerson": {func(w *hub.World, who *hub.Caller) { w.Suspension(who, 2) }, 0},
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
	w := hub.NewWorld(t)
	comparesOpeners(w)
	for name, e := range enders {
		who := w.Person("Owner"+uuid.NewString()[:8], 20)
		for _, o := range hub.Openers {
			o.Put(w, who)
		}
		coming, device := comingLink(w, who), onDevice(who, hub.Password).Device
		if !knownOn(w, who, device) {
			t.Errorf("the device is not known before %s", name)
		}
		for kind, o := range hub.Openers {
			if w.Count(o.Good, who.ID) == 0 {
				t.Errorf("%s is no good before %s", kind, name)
			}
		}
		if _, err := w.Resolver.Notices.Reminder(context.Background(), coming); err != nil {
			t.Errorf("before %s a reminder's link: %v", name, err)
		}
		e.end(w, who)
		for kind, o := range hub.Openers {
			want := 0
			if kind == "sessions.token_hash" {
				want = e.left
			}
			if n := w.Count(o.Good, who.ID); n != want {
				t.Errorf("%s after %s: %d are good, want %d", kind, name, n, want)
			}
		}
		if _, err := w.Resolver.Notices.Reminder(context.Background(), coming); err == nil {
			t.Errorf("after %s a reminder's link goes on", name)
		}
		if knownOn(w, who, device) {
			t.Errorf("after %s the device is known", name)
		}
	}
}

// comparesOpeners checks that every column of bytes is an opener or stays, and that every purpose of an emailed link is one.
func comparesOpeners(w *hub.World) {
	w.T.Helper()
	var there []string
	if err := w.DB.Select(&there, `select table_name || '.' || column_name from information_schema.columns c
			where table_schema = 'public' and data_type = 'bytea' and table_name || '.' || column_name <> 'account_tokens.token_hash'
		union select 'account_tokens.token_hash ' || m[1] from pg_constraint, regexp_matches(pg_get_constraintdef(oid), '''([A-Z_]+)''', 'g') m
			where conrelid = 'account_tokens'::regclass and contype = 'c'`); err != nil {
		w.T.Fatal(err)
	}
	known := slices.Sorted(maps.Keys(hub.Openers))
	known = slices.AppendSeq(known, maps.Keys(stay))
	slices.Sort(known)
	slices.Sort(there)
	if !slices.Equal(known, there) {
		w.T.Errorf("the database keeps\n%v\nand the test knows\n%v", there, known)
	}
}

// comingLink returns the token of a reminder's link, which the hub signs and stores no row of.
func comingLink(w *hub.World, who *hub.Caller) string {
	id := postgres.NewID()
	w.Exec(`insert into notices (id, person_id, kind, subject_type, subject_id, details, event, created_at)
		values ($1, $2, 'SHIFT_TOMORROW', 'SHIFT', $1, '{}', $1::uuid::text, now() - interval '1 minute')`, id, hub.RowID(who.ID))
	return base64.RawURLEncoding.EncodeToString(append(id[:], hub.Key.Sign("answer a reminder", id[:])[:16]...))
}

// knownOn reports whether the hub counts a guess separately from those at its address, as it does on a known device.
func knownOn(w *hub.World, who *hub.Caller, device string) bool {
	w.T.Helper()
	address, at := uuid.NewString(), w.AddressOf(who)
	_, err := w.Resolver.Accounts.SignIn(context.Background(), account.Visit{Call: mutation.Call{Now: w.Present()}, Address: address,
		Browser: account.Browser{Devices: device}}, account.SignInInput{Email: at, Password: "wrong password"})
	if fault.CodeOf(err) != fault.WrongCredentials {
		w.T.Error(err)
	}
	return w.Count(`select count(*) from attempts where key_hash = sha256(convert_to($1, 'utf8'))`, "pair\n"+at+"\n"+address) == 0
}

// TestAThiefsLinkDies: somebody with the password asks for another address, the owner is warned and changes the password.
func TestAThiefsLinkDies(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	owner := h.Person("Owner", 20)
	thief := *owner
	thief.SignIn(hub.Password)
	h.Mails()
	thief.Do("changeEmail", hub.Vars{"email": "thief@example.org", "password": hub.Password}, "email")
	token := h.SentTo("thief@example.org")
	owner.Do("changePassword", hub.Vars{"password": hub.Password, "newPassword": hub.NewPassword}, "ended")
	owner.Refused("TOKEN_INVALID", "verifyEmail", hub.Vars{"token": token})
	owner.Must(`{ viewer { email } }`).Shows("viewer.email", hub.Email("Owner"))
}

package main

import (
	"bytes"
	"encoding/base64"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/pquerna/otp/totp"

	"jastarhub/internal/seed"
)

// sealing returns a key for HUB_SECRET_KEY.
func sealing(of byte) string {
	return "HUB_SECRET_KEY=" + base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{of}, 32))
}

// TestOneKeyForADatabase: another hub with the same key can decrypt what one hub encrypted, and a hub with another key does not
// start. A lost second factor is removed by a command that needs no key.
func TestOneKeyForADatabase(t *testing.T) {
	t.Parallel()
	url, db := migrated(t)
	database := "HUB_DATABASE_URL=" + url
	first, second := serve(t, database, sealing(1)), serve(t, database, sealing(1))
	var begun struct{ Register struct{ Token string } }
	first.ask("", `mutation { register(input: {`+ainur+`, givenName: "Айнұр", familyName: "Сынақова", birthDate: "2001-02-03"}) { token } }`, &begun)
	if err := db.Tx(t.Context(), func(tx *sqlx.Tx) error {
		_, err := tx.Exec(`update people set email_verified_at = now()`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	var started struct{ StartSecondFactor struct{ Secret string } }
	first.ask(begun.Register.Token, `mutation { startSecondFactor(input: {password: "correct horse battery"}) { secret } }`, &started)
	code, err := totp.GenerateCode(started.StartSecondFactor.Secret, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	second.ask(begun.Register.Token, `mutation { confirmSecondFactor(input: {code: "`+code+`"}) { token } }`, &struct{}{})

	if out, err := run(t, []string{database, sealing(2)}, "serve").CombinedOutput(); err == nil || !strings.Contains(string(out), "another key") {
		t.Errorf("a hub with another key: %v\n%s", err, out)
	}
	if out, err := run(t, []string{database, "HUB_SECRET_KEY=short"}, "serve").CombinedOutput(); err == nil || !strings.Contains(string(out), "HUB_SECRET_KEY") {
		t.Errorf("a hub without a key: %v\n%s", err, out)
	}
	if out, err := run(t, []string{database}, "second-factor", "--reset", "Ainur@example.org").CombinedOutput(); err != nil {
		t.Errorf("taking it away: %v\n%s", err, out)
	}
	first.signIn()
}

// TestNoDemoInProduction: its officer's password and secret are in the source, so no such city is loaded there, nor served.
func TestNoDemoInProduction(t *testing.T) {
	t.Parallel()
	url, db := migrated(t)
	database := "HUB_DATABASE_URL=" + url
	refused := func(args ...string) {
		t.Helper()
		if out, err := run(t, []string{database}, args...).CombinedOutput(); err == nil || !strings.Contains(string(out), "HUB_ENV is production") {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
	for _, args := range [][]string{{"serve", "--demo"}, {"seed", "--demo"}, {"seed"}} {
		refused(args...)
	}
	var people int
	if err := db.Get(&people, `select count(*) from people`); err != nil || people != 0 {
		t.Errorf("%d people, %v", people, err)
	}
	if out, err := run(t, []string{database, "HUB_ENV=development"}, "seed", "--demo").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	refused("serve")
}

// TestTheOperatorsCommands: what an operator does to an account by hand.
func TestTheOperatorsCommands(t *testing.T) {
	t.Parallel()
	url, db := migrated(t)
	environment := []string{"HUB_DATABASE_URL=" + url, "HUB_ENV=development"}
	for _, args := range [][]string{
		{"seed", "--demo"},
		{"grant", "--email", "adult-1@example.org", "--role", "CITY_OFFICER"},
		{"second-factor", "--reset", "officer-1@example.org"},
		{"erase", "--email", "volunteer-1@example.org", "--reason", "asked for in writing"},
		{"erase", "--email", "coordinator-1@example.org", "--reason", "asked for in writing"},
	} {
		if out, err := run(t, environment, args...).CombinedOutput(); err != nil {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
	var officers, left int
	if err := db.Get(&officers, `select count(*) from grants g join people p on p.id = g.person_id where p.email = 'adult-1@example.org' and g.role = 'CITY_OFFICER'`); err != nil || officers != 1 {
		t.Errorf("%d grants, %v", officers, err)
	}
	if err := db.Get(&left, `select count(*) from people where email in ('volunteer-1@example.org', 'coordinator-1@example.org')`); err != nil || left != 0 {
		t.Errorf("%d accounts are left, %v", left, err)
	}
}

// TestADemoCode: the command acts as an authenticator.
func TestADemoCode(t *testing.T) {
	t.Parallel()
	before, err := totp.GenerateCode(seed.Secret, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"code"}, {"code", seed.Secret}} {
		out, err := run(t, []string{"HUB_DATA_DIR=" + os.DevNull}, args...).Output() // it needs no data
		after, _ := totp.GenerateCode(seed.Secret, time.Now())
		if got := strings.TrimSpace(string(out)); err != nil || got != before && got != after {
			t.Errorf("%v: %q, %v; want %s", args, got, err, after)
		}
	}
}

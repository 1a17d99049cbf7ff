package account

import (
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/fault"
)

// TestTurningASecondFactorOff requires the password and a code.
func TestTurningASecondFactorOff(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	h.Stop()
	aigul := h.Person("Aigul", 20)
	aigul.Refused("WRONG_STATE", "endSecondFactor", hub.Vars{"password": hub.Password, "code": "123456"})
	secret, codes := aigul.EnrolFactor()
	h.Mails()
	h.Sleep(30 * time.Second)
	h.Visitor().Refused("UNAUTHENTICATED", "endSecondFactor", hub.Vars{"password": hub.Password, "code": codes[0]})
	aigul.Refused("WRONG_CREDENTIALS", "endSecondFactor", hub.Vars{"password": hub.NewPassword, "code": h.CodeOf(secret)})
	aigul.Refused("WRONG_CODE", "endSecondFactor", hub.Vars{"password": hub.Password, "code": "ABCD"})
	aigul.Refused("INVALID", "endSecondFactor", hub.Vars{"password": hub.Password, "code": " "})
	aigul.Do("endSecondFactor", hub.Vars{"password": hub.Password, "code": h.CodeOf(secret)}, "person { secondFactor { active recoveryCodesLeft } }").
		Shows("endSecondFactor.person.secondFactor", hub.Vars{"active": false, "recoveryCodesLeft": 0})
	h.Letter(hub.Email("Aigul"), "The second factor is off")
	h.Expect("", "Aigul", "")
}

// TestWrongCodesSlowDown counts them for the account, wherever they come from, and locks nobody out.
func TestWrongCodesSlowDown(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	h.Stop()
	aigul := h.Person("Aigul", 20)
	secret, _ := aigul.EnrolFactor()
	h.Sleep(time.Minute)
	for range 5 {
		h.Expect("WRONG_CODE", "Aigul", "ABCD-EFGH")
	}
	h.Expect("TRY_LATER", "Aigul", h.CodeOf(secret))
	aigul.Refused("TRY_LATER", "renewRecoveryCodes", hub.Vars{"code": h.CodeOf(secret)})
	h.Exec(`delete from attempts where key_hash <> sha256(convert_to($1, 'UTF8'))`, "code\n"+aigul.ID) // as if from other addresses
	h.Expect("TRY_LATER", "Aigul", h.CodeOf(secret))
	h.Sleep(5 * time.Second)
	h.Expect("WRONG_CODE", "Aigul", "ABCD-EFGH")
	h.Sleep(9 * time.Second)
	h.Expect("TRY_LATER", "Aigul", h.CodeOf(secret))
	h.Sleep(time.Second)
	h.Expect("", "Aigul", h.CodeOf(secret))
	h.Sleep(time.Minute)
	h.Expect("WRONG_CODE", "Aigul", "ABCD-EFGH") // and the count begins again
	h.Expect("", "Aigul", h.CodeOf(secret))
}

// TestASecondFactorIsTakenAway by an officer, for somebody who has lost the phone and the codes.
func TestASecondFactorIsTakenAway(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Stop()
	_, codes := c.Other.EnrolFactor()
	c.Mails()
	lost := hub.Vars{"person": hub.Vars{"email": "OTHER@example.org"}, "reason": "The phone is lost."}
	c.Visitor().Refused("UNAUTHENTICATED", "resetSecondFactor", lost)
	c.Coordinator.Refused("NOT_OFFICER", "resetSecondFactor", lost)
	c.Officer.Refused("OWN_ACCOUNT", "resetSecondFactor", hub.Vars{"person": hub.Vars{"id": c.Officer.ID}, "reason": "The phone is lost."})
	c.Officer.Refused("NOT_FOUND", "resetSecondFactor", hub.Vars{"person": hub.Vars{"email": "nobody@example.org"}, "reason": "The phone is lost."})
	c.Officer.Refused("INVALID", "resetSecondFactor", hub.Vars{"person": hub.Vars{"id": c.Other.ID, "email": "other@example.org"}, "reason": "The phone is lost."})
	c.Officer.Refused("INVALID", "resetSecondFactor", hub.Vars{"person": hub.Vars{"id": c.Other.ID}, "reason": " "})
	c.Officer.Refused("WRONG_STATE", "resetSecondFactor", hub.Vars{"person": hub.Vars{"id": c.Volunteer.ID}, "reason": "The phone is lost."})
	c.Officer.Key = "once"
	for range 2 {
		c.Officer.Do("resetSecondFactor", lost, "person { id }").Shows("resetSecondFactor.person.id", c.Other.ID)
	}
	c.Officer.Key = ""
	c.Letter(hub.Email("Other"), "Your second factor was removed")
	if code := c.Other.Ask(`{ viewer { id } }`).Code(); code != "UNAUTHENTICATED" {
		t.Errorf("a session from before: %q", code)
	}
	c.Expect("", "Other", codes[0]) // a code is neither required nor checked
	if n := c.Count(`select count(*) from recovery_codes where person_id = $1`, c.Other.ID); n != 0 {
		t.Errorf("%d recovery codes are left", n)
	}
	move := c.Text(`select verb || ' ' || from_state || ' ' || to_state || ' ' || acting_as || ' ' || by_id || ' ' || words from moves where subject_id = $1`, c.Other.ID)
	if want := "RESET_SECOND_FACTOR ON OFF OFFICER " + c.Officer.ID + " The phone is lost."; move != want {
		t.Errorf("the history has %q, want %q", move, want)
	}
	c.Officer.Must(`query($id: ID!) { auditEntries(filter: {subjectId: $id, action: "resetSecondFactor"}, first: 1) { nodes { action person { id } subjects fields outcome } } }`,
		hub.Vars{"id": c.Other.ID}).Shows("auditEntries.nodes", []hub.Vars{{"action": "resetSecondFactor", "person": hub.Vars{"id": c.Officer.ID},
		"subjects": []string{c.Other.ID}, "fields": []string{"person.email", "reason"}, "outcome": nil}})
}

// TestTheOnlyOfficerLosesThePhone removes it from the command line.
func TestTheOnlyOfficerLosesThePhone(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	if err := c.Resolver.Accounts.TakeFactorAway(t.Context(), "nobody@example.org", c.Present()); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("%v", err)
	}
	c.Expect("SECOND_FACTOR_REQUIRED", "Officer", "")
	if err := c.Resolver.Accounts.TakeFactorAway(t.Context(), " OFFICER@example.org", c.Present()); err != nil {
		t.Fatal(err)
	}
	if err := c.Resolver.Accounts.TakeFactorAway(t.Context(), hub.Email("Officer"), c.Present()); fault.CodeOf(err) != fault.WrongState {
		t.Errorf("again: %v", err)
	}
	c.Officer.Token = c.Expect("", "Officer", "")
	c.Officer.Refused("SECOND_FACTOR_MISSING", "createNgo", hub.Vars{"name": hub.SomeName, "focus": "MEDIA"})
	c.Officer.EnrolFactor()
	c.Officer.Do("createNgo", hub.Vars{"name": hub.SomeName, "focus": "MEDIA"}, "ngo { id }")
	if as := c.Text(`select acting_as from moves where subject_id = $1`, c.Officer.ID); as != "HUB" {
		t.Errorf("the history says %s", as)
	}
}

// TestNoSecondFactorIsGivenAway looks for secrets and codes in all tables and the log.
func TestNoSecondFactorIsGivenAway(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	h.Stop()
	aigul := h.Person("Aigul", 20)
	waiting := aigul.StartFactor()
	secret, codes := aigul.EnrolFactor()
	h.Sleep(30 * time.Second)
	pending := aigul.StartFactor(codes[0])
	var tables []string
	if err := h.DB.Select(&tables, `select tablename::text from pg_tables where schemaname = 'public'`); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		text := strings.ToLower(h.Text(`select coalesce(string_agg(t::text, ' '), '') from ` + table + ` t`))
		for _, given := range append(codes, waiting, secret, pending, strings.ReplaceAll(codes[1], "-", "")) {
			if strings.Contains(text, strings.ToLower(given)) || strings.Contains(text, h.Text(`select encode(convert_to($1, 'UTF8'), 'hex')`, given)) {
				t.Errorf("%s keeps %q", table, given)
			}
		}
	}
	for _, given := range append(codes, waiting, secret, pending) {
		if strings.Contains(h.Log.String(), given) {
			t.Errorf("the log tells %q", given)
		}
	}
	if err := h.Resolver.Accounts.CheckKey(t.Context()); err != nil {
		t.Errorf("the first key: %v", err)
	}
	if err := h.Resolver.Accounts.CheckKey(t.Context()); err != nil {
		t.Errorf("the same key: %v", err)
	}
	other := *h.Resolver.Accounts
	other.Key = hub.AnotherKey
	if err := other.CheckKey(t.Context()); err == nil || !strings.Contains(err.Error(), "HUB_SECRET_KEY") {
		t.Errorf("another key: %v", err)
	}
}

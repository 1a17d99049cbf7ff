package stories

import (
	"strings"
	"testing"
	"time"

	"jastarhub/internal/fault"
)

// TestTurningASecondFactorOff requires the password and a code.
func TestTurningASecondFactorOff(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.stop(0)
	aigul := h.person("Aigul", 20)
	aigul.refused("WRONG_STATE", "endSecondFactor", vars{"password": password, "code": "123456"})
	secret, codes := aigul.enrolFactor()
	h.mails()
	h.stop(30 * time.Second)
	h.visitor().refused("UNAUTHENTICATED", "endSecondFactor", vars{"password": password, "code": codes[0]})
	aigul.refused("WRONG_CREDENTIALS", "endSecondFactor", vars{"password": newPassword, "code": h.codeOf(secret)})
	aigul.refused("WRONG_CODE", "endSecondFactor", vars{"password": password, "code": "ABCD"})
	aigul.refused("INVALID", "endSecondFactor", vars{"password": password, "code": " "})
	aigul.do("endSecondFactor", vars{"password": password, "code": h.codeOf(secret)}, "person { secondFactor { active recoveryCodesLeft } }").
		shows("endSecondFactor.person.secondFactor", vars{"active": false, "recoveryCodesLeft": 0})
	h.letter(email("Aigul"), "The second factor is off")
	h.expect("", "Aigul", "")
}

// TestWrongCodesSlowDown counts them for the account, wherever they come from, and locks nobody out.
func TestWrongCodesSlowDown(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.stop(0)
	aigul := h.person("Aigul", 20)
	secret, _ := aigul.enrolFactor()
	h.stop(time.Minute)
	for range 5 {
		h.expect("WRONG_CODE", "Aigul", "ABCD-EFGH")
	}
	h.expect("TRY_LATER", "Aigul", h.codeOf(secret))
	aigul.refused("TRY_LATER", "renewRecoveryCodes", vars{"code": h.codeOf(secret)})
	h.exec(`delete from attempts where key_hash <> sha256(convert_to($1, 'UTF8'))`, "code\n"+aigul.id) // as if from other addresses
	h.expect("TRY_LATER", "Aigul", h.codeOf(secret))
	h.stop(5 * time.Second)
	h.expect("WRONG_CODE", "Aigul", "ABCD-EFGH")
	h.stop(9 * time.Second)
	h.expect("TRY_LATER", "Aigul", h.codeOf(secret))
	h.stop(time.Second)
	h.expect("", "Aigul", h.codeOf(secret))
	h.stop(time.Minute)
	h.expect("WRONG_CODE", "Aigul", "ABCD-EFGH") // and the count begins again
	h.expect("", "Aigul", h.codeOf(secret))
}

// TestASecondFactorIsTakenAway by an officer, for somebody who has lost the phone and the codes.
func TestASecondFactorIsTakenAway(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.stop(0)
	_, codes := c.other.enrolFactor()
	c.mails()
	lost := vars{"person": vars{"email": "OTHER@example.org"}, "reason": "The phone is lost."}
	c.visitor().refused("UNAUTHENTICATED", "resetSecondFactor", lost)
	c.coordinator.refused("NOT_OFFICER", "resetSecondFactor", lost)
	c.officer.refused("OWN_ACCOUNT", "resetSecondFactor", vars{"person": vars{"id": c.officer.id}, "reason": "The phone is lost."})
	c.officer.refused("NOT_FOUND", "resetSecondFactor", vars{"person": vars{"email": "nobody@example.org"}, "reason": "The phone is lost."})
	c.officer.refused("INVALID", "resetSecondFactor", vars{"person": vars{"id": c.other.id, "email": "other@example.org"}, "reason": "The phone is lost."})
	c.officer.refused("INVALID", "resetSecondFactor", vars{"person": vars{"id": c.other.id}, "reason": " "})
	c.officer.refused("WRONG_STATE", "resetSecondFactor", vars{"person": vars{"id": c.volunteer.id}, "reason": "The phone is lost."})
	c.officer.key = "once"
	for range 2 {
		c.officer.do("resetSecondFactor", lost, "person { id }").shows("resetSecondFactor.person.id", c.other.id)
	}
	c.officer.key = ""
	c.letter(email("Other"), "Your second factor was removed")
	if code := c.other.ask(`{ viewer { id } }`).code(); code != "UNAUTHENTICATED" {
		t.Errorf("a session from before: %q", code)
	}
	c.expect("", "Other", codes[0]) // a code is neither required nor checked
	if n := c.count(`select count(*) from recovery_codes where person_id = $1`, c.other.id); n != 0 {
		t.Errorf("%d recovery codes are left", n)
	}
	move := c.text(`select verb || ' ' || from_state || ' ' || to_state || ' ' || acting_as || ' ' || by_id || ' ' || words from moves where subject_id = $1`, c.other.id)
	if want := "RESET_SECOND_FACTOR ON OFF OFFICER " + c.officer.id + " The phone is lost."; move != want {
		t.Errorf("the history has %q, want %q", move, want)
	}
	c.officer.must(`query($id: ID!) { auditEntries(filter: {subjectId: $id, action: "resetSecondFactor"}, first: 1) { nodes { action person { id } subjects fields outcome } } }`,
		vars{"id": c.other.id}).shows("auditEntries.nodes", []vars{{"action": "resetSecondFactor", "person": vars{"id": c.officer.id},
		"subjects": []string{c.other.id}, "fields": []string{"person.email", "reason"}, "outcome": nil}})
}

// TestTheOnlyOfficerLosesThePhone removes it from the command line.
func TestTheOnlyOfficerLosesThePhone(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	if err := c.r.People.TakeFactorAway(t.Context(), "nobody@example.org", time.Now()); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("%v", err)
	}
	c.expect("SECOND_FACTOR_REQUIRED", "Officer", "")
	if err := c.r.People.TakeFactorAway(t.Context(), " OFFICER@example.org", time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := c.r.People.TakeFactorAway(t.Context(), email("Officer"), time.Now()); fault.CodeOf(err) != fault.WrongState {
		t.Errorf("again: %v", err)
	}
	c.officer.token = c.expect("", "Officer", "")
	c.officer.refused("SECOND_FACTOR_MISSING", "createNgo", vars{"name": someName, "focus": "MEDIA"})
	c.officer.enrolFactor()
	c.officer.do("createNgo", vars{"name": someName, "focus": "MEDIA"}, "ngo { id }")
	if as := c.text(`select acting_as from moves where subject_id = $1`, c.officer.id); as != "HUB" {
		t.Errorf("the history says %s", as)
	}
}

// TestNoSecondFactorIsGivenAway looks for secrets and codes in all tables and the log.
func TestNoSecondFactorIsGivenAway(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.stop(0)
	aigul := h.person("Aigul", 20)
	waiting := aigul.startFactor()
	secret, codes := aigul.enrolFactor()
	h.stop(30 * time.Second)
	pending := aigul.startFactor(codes[0])
	var tables []string
	if err := h.db.Select(&tables, `select tablename::text from pg_tables where schemaname = 'public'`); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		text := strings.ToLower(h.text(`select coalesce(string_agg(t::text, ' '), '') from ` + table + ` t`))
		for _, given := range append(codes, waiting, secret, pending, strings.ReplaceAll(codes[1], "-", "")) {
			if strings.Contains(text, strings.ToLower(given)) || strings.Contains(text, h.text(`select encode(convert_to($1, 'UTF8'), 'hex')`, given)) {
				t.Errorf("%s keeps %q", table, given)
			}
		}
	}
	for _, given := range append(codes, waiting, secret, pending) {
		if strings.Contains(h.log.String(), given) {
			t.Errorf("the log tells %q", given)
		}
	}
	if err := h.r.People.CheckKey(t.Context()); err != nil {
		t.Errorf("the first key: %v", err)
	}
	if err := h.r.People.CheckKey(t.Context()); err != nil {
		t.Errorf("the same key: %v", err)
	}
	other := *h.r.People
	other.Key = anotherKey
	if err := other.CheckKey(t.Context()); err == nil || !strings.Contains(err.Error(), "HUB_SECRET_KEY") {
		t.Errorf("another key: %v", err)
	}
}

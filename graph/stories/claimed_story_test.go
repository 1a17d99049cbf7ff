package stories

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

// ofPeople are the columns that refer to people.
func (h *hub) ofPeople() (columns []string) {
	h.t.Helper()
	if err := h.db.Select(&columns, `select c.conrelid::regclass || '.' || a.attname from pg_constraint c
		join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
		where c.contype = 'f' and c.confrelid = 'people'::regclass order by 1`); err != nil {
		h.t.Fatal(err)
	}
	return columns
}

// ownersOwn are the columns that refer to the account of the person who has just reset the password, and why.
var ownersOwn = map[string]string{
	"audit_entries.person_id": "that the password was reset",
	"outbox.person_id":        "the mail that tells of it",
}

// TestWhoProvesAnAddressHasNothingOfAStrangers, whatever an unverified account came to hold before the rule existed. The stranger
// gets a row for every column that refers to people.
func TestWhoProvesAnAddressHasNothingOfAStrangers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.attended()
	stranger := w.unverified("Victim", 30)
	for _, o := range openers {
		o.put(w, stranger)
	}
	w.exec(`insert into idempotency_keys (person_id, key, mutation, input_hash, result_id, created_at) values ($1, 'k', 'updateProfile', '', $1, now())`, rowID(stranger.id))
	w.putConsent(w.other.id, "NAME", "WITHDRAWN", "", stranger.id)
	w.exec(`insert into notice_preferences (person_id, topic, email, telegram) values ($1, 'SHIFTS', 'NONE', true)`, rowID(stranger.id))
	w.exec(`insert into supports (id, proposal_id, person_id, given_at) values ($1, $2, $1, now())`, rowID(stranger.id), rowID(w.putProposal("ACCEPTED")))
	w.exec(`insert into merge_questions (id, proposal_id, into_id, person_id, asked_at) values ($1, $2, $3, $1, now())`,
		rowID(stranger.id), rowID(w.putProposal("MERGED")), rowID(w.putProposal("ACCEPTED")))
	w.exec(`insert into photo_minors (photo_id, person_id) values ($1, $2)`, rowID(w.putPhoto(stranger)), rowID(stranger.id))
	w.exec(`insert into erasures (person_id, erased_at, due_at, by_id) values ($1, now(), now(), $2)`, rowID(w.other.id), rowID(stranger.id))
	w.exec(`insert into grants (id, person_id, role, given_at, ended_by, ended_at) values ($1, $1, 'CITY_OFFICER', now(), $1, now())`, rowID(w.other.id))
	columns := w.ofPeople()
	for _, at := range columns {
		table, column, _ := strings.Cut(at, ".")
		if w.count(fmt.Sprintf(`select count(*) from %s where %s = $1`, table, column), stranger.id) > 0 || at == "erasures.person_id" {
			continue // an account that is not erased has no row here
		}
		w.exec(fmt.Sprintf(`set session_replication_role = replica; update %[1]s set %[2]s = '%[3]s' where ctid = (select ctid from %[1]s t
			where t::text not like '%%%[3]s%%' order by %[2]s is null, ctid desc limit 1); set session_replication_role = origin`, table, column, stranger.id))
		if w.count(fmt.Sprintf(`select count(*) from %s where %s = $1`, table, column), stranger.id) == 0 {
			t.Errorf("nobody is in %s", at)
		}
	}
	w.visitor().do("resetPassword", vars{"token": w.putToken(stranger, "RESET_PASSWORD"), "password": newPassword}, "ended")
	owner := w.text(`select id from people where email = $1`, email("Victim"))
	for _, at := range columns {
		table, column, _ := strings.Cut(at, ".")
		n := w.count(fmt.Sprintf(`select count(*) from %s where %s = $1`, table, column), owner)
		if _, own := ownersOwn[at]; (n > 0) != own {
			t.Errorf("the owner is %d times in %s", n, at)
		}
	}
	for _, at := range slices.Sorted(maps.Keys(ownersOwn)) {
		if !slices.Contains(columns, at) {
			t.Errorf("there is no %s", at)
		}
	}
	if n := w.count(`select count(*) from people where id = $1 and suspended_id is null and hidden_id is null`, owner); n != 1 {
		t.Error("a decision about the stranger is kept")
	}
}

// TestWhatAStrangerHeldGoesOn: it passes to others, the seat to the next person on the waiting list, the team to its NGO, because
// the stranger was its only lead.
func TestWhatAStrangerHeldGoesOn(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, shift := c.task(1, 50*time.Hour)
	stranger := c.unverified("Victim", 15)
	seat := c.crowd(1)[0]
	signup, _ := c.signUp(seat, shift)
	next, _ := c.signUp(c.other, shift)
	c.exec(`update signups set person_id = $2 where id = $1`, rowID(signup), rowID(stranger.id))
	c.exec(`update memberships set person_id = $1 where person_id = $2`, rowID(stranger.id), rowID(c.lead.id))
	c.putConsent(stranger.id, "TAKING_PART", "GIVEN", c.coordinator.id, "")
	c.exec(`insert into grants (id, person_id, role, given_at) values ($1, $1, 'CITY_OFFICER', now())`, rowID(stranger.id))

	c.visitor().do("resetPassword", vars{"token": c.putToken(stranger, "RESET_PASSWORD"), "password": newPassword}, "ended")
	c.signedUp(t, shift, "CANCELLED", "OFFERED")
	c.sound(t, c.present(), task)
	if state := c.state(next); state != "OFFERED" {
		t.Errorf("the next in line: %s", state)
	}
	for what, statement := range map[string]string{
		"memberships": `select count(*) from memberships where person_id = $1 and state <> 'LEFT'`,
		"consents":    `select count(*) from consents where person_id = $1 and state <> 'WITHDRAWN'`,
		"roles":       `select count(*) from grants where person_id = $1 and ended_at is null`,
		"the account": `select count(*) from people where id = $1 and erased_at is null`,
	} {
		if n := c.count(statement, stranger.id); n != 0 {
			t.Errorf("%s: %d are left", what, n)
		}
	}
	if n := c.count(`select count(*) from audit_subjects s join audit_entries e on e.id = s.entry_id where s.subject_id = $1 and e.action = 'erasePerson'`, stranger.id); n != 1 {
		t.Errorf("%d entries of the audit", n)
	}
	if n := c.count(`select count(*) from outbox where kind = 'ACCOUNT_ERASED'`); n != 0 {
		t.Error("the owner is told that the account is gone")
	}
}

// TestWhoMovesToAnAddressProvesItFirst: a stranger's account with it that was never verified is erased; a verified one is not.
func TestWhoMovesToAnAddressProvesItFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	squatter, owner, late := w.unverified("Wanted", 20), w.person("Owner", 20), w.person("Late", 20)
	token := w.linkTo(late, email("Wanted"))
	owner.do("verifyEmail", w.linkTo(owner, email("Wanted")), "email").shows("verifyEmail.email", email("Wanted"))
	if n := w.count(`select count(*) from people where id = $1 and erased_at is not null`, squatter.id); n != 1 {
		t.Error("the stranger's account is there")
	}
	late.refused("EMAIL_TAKEN", "verifyEmail", token)
	if who := w.text(`select id from people where email = $1`, email("Wanted")); who != owner.id {
		t.Errorf("the address is %s's", who)
	}
}

package account

import (
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// TestWhatAStrangerHeldGoesOn: it passes to others, the seat to the next person on the waiting list, the team to its NGO, because
// the stranger was its only lead.
func TestWhatAStrangerHeldGoesOn(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift := c.Task(1, 50*time.Hour)
	stranger := c.Unverified("Victim", 15)
	seat := c.Crowd(1)[0]
	signup, _ := c.SignUp(seat, shift)
	next, _ := c.SignUp(c.Other, shift)
	c.Exec(`update signups set person_id = $2 where id = $1`, hub.RowID(signup), hub.RowID(stranger.ID))
	c.Exec(`update memberships set person_id = $1 where person_id = $2`, hub.RowID(stranger.ID), hub.RowID(c.Lead.ID))
	c.PutConsent(stranger.ID, "TAKING_PART", "GIVEN", c.Coordinator.ID, "")
	c.Exec(`insert into grants (id, person_id, role, given_at) values ($1, $1, 'CITY_OFFICER', now())`, hub.RowID(stranger.ID))

	c.Visitor().Do("resetPassword", hub.Vars{"token": c.PutToken(stranger, "RESET_PASSWORD"), "password": hub.NewPassword}, "ended")
	c.SignedUp(t, shift, "CANCELLED", "OFFERED")
	c.Sound(t, c.Present(), task)
	if state := c.State(next); state != "OFFERED" {
		t.Errorf("the next in line: %s", state)
	}
	for what, statement := range map[string]string{
		"memberships": `select count(*) from memberships where person_id = $1 and state <> 'LEFT'`,
		"consents":    `select count(*) from consents where person_id = $1 and state <> 'WITHDRAWN'`,
		"roles":       `select count(*) from grants where person_id = $1 and ended_at is null`,
		"the account": `select count(*) from people where id = $1 and erased_at is null`,
	} {
		if n := c.Count(statement, stranger.ID); n != 0 {
			t.Errorf("%s: %d are left", what, n)
		}
	}
	if n := c.Count(`select count(*) from audit_subjects s join audit_entries e on e.id = s.entry_id where s.subject_id = $1 and e.action = 'erasePerson'`, stranger.ID); n != 1 {
		t.Errorf("%d entries of the audit", n)
	}
	if n := c.Count(`select count(*) from outbox where kind = 'ACCOUNT_ERASED'`); n != 0 {
		t.Error("the owner is told that the account is gone")
	}
}

// TestWhoMovesToAnAddressProvesItFirst: a stranger's account with it that was never verified is erased; a verified one is not.
func TestWhoMovesToAnAddressProvesItFirst(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	squatter, owner, late := w.Unverified("Wanted", 20), w.Person("Owner", 20), w.Person("Late", 20)
	token := w.LinkTo(late, hub.Email("Wanted"))
	owner.Do("verifyEmail", w.LinkTo(owner, hub.Email("Wanted")), "email").Shows("verifyEmail.email", hub.Email("Wanted"))
	if n := w.Count(`select count(*) from people where id = $1 and erased_at is not null`, squatter.ID); n != 1 {
		t.Error("the stranger's account is there")
	}
	late.Refused("EMAIL_TAKEN", "verifyEmail", token)
	if who := w.Text(`select id from people where email = $1`, hub.Email("Wanted")); who != owner.ID {
		t.Errorf("the address is %s's", who)
	}
}

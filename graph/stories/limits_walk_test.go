package stories

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/attempt"
)

// TestEveryMutationHasALimit exhausts the limit of every mutation in the schema, and expects the next call to wait. A visitor's
// limit is checked with what the first call has left.
func TestEveryMutationHasALimit(t *testing.T) {
	t.Parallel()
	w, tried := newWorld(t), map[string]bool{}
	for _, r := range rights {
		mutation, _, _ := strings.Cut(r.what, " ")
		column, _, _ := strings.Cut(r.may, " ")
		if tried[mutation] || !r.ofMutation() {
			continue
		}
		tried[mutation] = true
		w.exec(`delete from second_factors`)
		who, in := w.as(column, r), r.fresh(w, r.role(column))
		w.exec(`delete from attempts`)
		if column == "visitor" {
			if a := who.ask(document(mutation, "__typename"), vars{"in": in}); a.code() != "" {
				t.Errorf("%s: %s", mutation, a.rawBody)
			}
			in = r.fresh(w, r.role(column))
			w.exec(`update attempts set free_at = now() + interval '1 hour'`)
		} else {
			w.fill(mutation, who)
		}
		if a := who.ask(document(mutation, "__typename"), vars{"in": in}); a.code() != "TRY_LATER" || !documented(mutation, "TRY_LATER") {
			t.Errorf("%s has no limit: %s", mutation, a.rawBody)
		}
	}
	for _, m := range theSchema().Mutation.Fields {
		if !tried[m.Name] {
			t.Errorf("%s was not tried", m.Name)
		}
	}
}

// fill exhausts the person's limit of a mutation.
func (w *world) fill(mutation string, who *caller) {
	w.t.Helper()
	err := w.db.Tx(w.t.Context(), func(tx *sqlx.Tx) error {
		return attempt.OfMutation(mutation, who.id).Remember(w.t.Context(), tx, w.present())
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.exec(`update attempts set free_at = now() + interval '1 hour'`)
}

// TestAskingAgainAndAgain: a request that is withdrawn and made again sends the leads a message each time, so it has to wait.
func TestAskingAgainAndAgain(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	for i := range 6 {
		a := c.other.ask(document("requestMembership", "membership { id }"), vars{"in": vars{"teamId": c.team}})
		if i == 5 {
			if a.code() != "TRY_LATER" {
				t.Errorf("the sixth request: %s", a.rawBody)
			}
			return
		}
		c.other.do("withdrawMembership", vars{"id": a.str("requestMembership.membership.id")}, "membership { state }")
	}
}

// TestAnAccountMailsFewStrangers: somebody who asks for links to ever new addresses has to wait; the present address is told as
// often, but for an account that was never verified no more than its mailbox may get.
func TestAnAccountMailsFewStrangers(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	owner, squatter := h.person("Owner", 20), h.unverified("Victim", 20)
	h.mails()
	for who, told := range map[*caller]int{owner: 5, squatter: 4} { // the addresses that were sent something at registration
		for i := range 8 {
			a := who.ask(document("changeEmail", "email"), vars{"in": vars{"email": email(fmt.Sprint("stranger", i, who.id)), "password": password}})
			if want := map[bool]string{false: "", true: "TRY_LATER"}[i >= 5]; a.code() != want {
				t.Errorf("change %d: %s", i+1, a.rawBody)
			}
		}
		strangers, present := 0, 0
		for _, m := range h.mails() {
			if strings.HasPrefix(m.to, "stranger") {
				strangers++
			} else {
				present++
			}
		}
		if strangers != 5 || present != told {
			t.Errorf("%d mails to strangers, %d to the present address; want 5, %d", strangers, present, told)
		}
	}
}

// TestAStrangersMailboxIsNotFilled by somebody who registers an account with it and changes the password.
func TestAStrangersMailboxIsNotFilled(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	squatter := h.unverified("Victim", 20)
	for range 12 {
		squatter.do("changePassword", vars{"password": password, "newPassword": password}, "ended")
	}
	if all := h.mails(); len(all) != 5 {
		t.Errorf("%d mails", len(all))
	}
}

// TestErasingGivesNoMailsBack: registering accounts with a mailbox and erasing them does not reset its limit, however its address
// is written.
func TestErasingGivesNoMailsBack(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	for i := range 6 {
		a := h.visitor().ask(document("register", "token person { id }"), vars{"in": vars{"email": email(fmt.Sprint("victim+", i)), "password": password,
			"givenName": "V", "familyName": "T", "birthDate": "2000-05-09"}})
		if i > 1 { // each is also told that it is erased
			if a.code() != "TRY_LATER" {
				t.Errorf("account %d: %s", i+1, a.rawBody)
			}
			continue
		}
		squatter := &caller{h: h, id: a.str("register.person.id"), token: a.str("register.token")}
		squatter.erase()
		h.visitor().do("requestPasswordReset", vars{"email": email(fmt.Sprint("victim+", i+10))}, "accepted")
	}
	if all := h.mails(); len(all) != 5 {
		t.Errorf("%d mails", len(all))
	}
}

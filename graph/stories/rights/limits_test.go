package rights

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/attempt"
)

// TestEveryMutationHasALimit exhausts the limit of every mutation in the schema, and expects the next call to wait. A visitor's
// limit is checked with what the first call has left.
func TestEveryMutationHasALimit(t *testing.T) {
	t.Parallel()
	w, tried := hub.NewWorld(t), map[string]bool{}
	for _, r := range rights {
		mutation, _, _ := strings.Cut(r.what, " ")
		column, _, _ := strings.Cut(r.may, " ")
		if tried[mutation] || !r.ofMutation() {
			continue
		}
		tried[mutation] = true
		w.Exec(`delete from second_factors`)
		who, in := as(w, column, r), r.fresh(w, r.role(column))
		w.Exec(`delete from attempts`)
		if column == "visitor" {
			if a := who.Ask(hub.Document(mutation, "__typename"), hub.Vars{"in": in}); a.Code() != "" {
				t.Errorf("%s: %s", mutation, a.RawBody)
			}
			in = r.fresh(w, r.role(column))
			w.Exec(`update attempts set free_at = now() + interval '1 hour'`)
		} else {
			fill(w, mutation, who)
		}
		if a := who.Ask(hub.Document(mutation, "__typename"), hub.Vars{"in": in}); a.Code() != "TRY_LATER" || !hub.Documented(mutation, "TRY_LATER") {
			t.Errorf("%s has no limit: %s", mutation, a.RawBody)
		}
	}
	for _, m := range hub.Schema().Mutation.Fields {
		if !tried[m.Name] {
			t.Errorf("%s was not tried: add it to rights, with who may", m.Name)
		}
	}
}

// fill exhausts the person's limit of a mutation.
func fill(w *hub.World, mutation string, who *hub.Caller) {
	w.T.Helper()
	err := w.DB.Tx(w.T.Context(), func(tx *sqlx.Tx) error {
		return attempt.OfMutation(mutation, who.ID).Remember(w.T.Context(), tx, w.Present())
	})
	if err != nil {
		w.T.Fatal(err)
	}
	w.Exec(`update attempts set free_at = now() + interval '1 hour'`)
}

// TestAskingAgainAndAgain: a request that is withdrawn and made again sends the leads a message each time, so it has to wait.
func TestAskingAgainAndAgain(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	for i := range 6 {
		a := c.Other.Ask(hub.Document("requestMembership", "membership { id }"), hub.Vars{"in": hub.Vars{"teamId": c.Team}})
		if i == 5 {
			if a.Code() != "TRY_LATER" {
				t.Errorf("the sixth request: %s", a.RawBody)
			}
			return
		}
		c.Other.Do("withdrawMembership", hub.Vars{"id": a.Str("requestMembership.membership.id")}, "membership { state }")
	}
}

// TestAnAccountMailsFewStrangers: somebody who asks for links to ever new addresses has to wait; the present address is told as
// often, but for an account that was never verified no more than its mailbox may get.
func TestAnAccountMailsFewStrangers(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	owner, squatter := h.Person("Owner", 20), h.Unverified("Victim", 20)
	h.Mails()
	for who, told := range map[*hub.Caller]int{owner: 5, squatter: 4} { // the addresses that were sent something at registration
		for i := range 8 {
			a := who.Ask(hub.Document("changeEmail", "email"), hub.Vars{"in": hub.Vars{"email": hub.Email(fmt.Sprint("stranger", i, who.ID)), "password": hub.Password}})
			if want := map[bool]string{false: "", true: "TRY_LATER"}[i >= 5]; a.Code() != want {
				t.Errorf("change %d: %s", i+1, a.RawBody)
			}
		}
		strangers, present := 0, 0
		for _, m := range h.Mails() {
			if strings.HasPrefix(m.To, "stranger") {
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
	h := hub.New(t)
	squatter := h.Unverified("Victim", 20)
	for range 12 {
		squatter.Do("changePassword", hub.Vars{"password": hub.Password, "newPassword": hub.Password}, "ended")
	}
	if all := h.Mails(); len(all) != 5 {
		t.Errorf("%d mails", len(all))
	}
}

// TestErasingGivesNoMailsBack: registering accounts with a mailbox and erasing them does not reset its limit, however its address
// is written.
func TestErasingGivesNoMailsBack(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	for i := range 6 {
		a := h.Visitor().Ask(hub.Document("register", "token person { id }"), hub.Vars{"in": hub.Vars{"email": hub.Email(fmt.Sprint("victim+", i)), "password": hub.Password,
			"givenName": "V", "familyName": "T", "birthDate": "2000-05-09"}})
		if i > 1 { // each is also told that it is erased
			if a.Code() != "TRY_LATER" {
				t.Errorf("account %d: %s", i+1, a.RawBody)
			}
			continue
		}
		squatter := &hub.Caller{Hub: h, ID: a.Str("register.person.id"), Token: a.Str("register.token")}
		squatter.Erase()
		h.Visitor().Do("requestPasswordReset", hub.Vars{"email": hub.Email(fmt.Sprint("victim+", i+10))}, "accepted")
	}
	if all := h.Mails(); len(all) != 5 {
		t.Errorf("%d mails", len(all))
	}
}

package stories

import (
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/attempt"
)

// TestEveryMutationHasALimit does every mutation that takes an idempotency key, lets its count be full, and wants the next one to wait.
// Those that take no key want a password, a code or a link, which have limits of their own.
func TestEveryMutationHasALimit(t *testing.T) {
	t.Parallel()
	w, tried := newWorld(t), map[string]bool{}
	for _, r := range rights {
		mutation, _, _ := strings.Cut(r.what, " ")
		column, _, _ := strings.Cut(r.may, " ")
		if tried[mutation] || column == "visitor" || w.takesNoKey(mutation) {
			continue
		}
		tried[mutation] = true
		w.exec(`delete from attempts`)
		who := w.as(column, r)
		if a := who.ask(document(mutation, "__typename"), vars{"in": r.fresh(w, r.role(column))}); a.code() != "" {
			t.Errorf("%s: %s", mutation, a.rawBody)
		}
		in := r.fresh(w, r.role(column))
		w.fill(mutation, who)
		if a := who.ask(document(mutation, "__typename"), vars{"in": in}); a.code() != "TRY_LATER" || !documented(mutation, "TRY_LATER") {
			t.Errorf("%s has no limit: %s", mutation, a.rawBody)
		}
	}
	if len(tried) < 60 {
		t.Errorf("only %d mutations", len(tried))
	}
}

// fill lets the person's count of a mutation be full.
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

// TestAskingAgainAndAgain: a request that is withdrawn and made anew writes to the leads each time, so it has to wait.
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

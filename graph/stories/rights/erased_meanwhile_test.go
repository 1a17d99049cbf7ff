package rights

import (
	"strings"
	"testing"

	"jastarhub/graph/stories/hub"
)

// TestNothingIsDoneForWhoIsGone starts every mutation that runs as a call while its person is being erased, or suspended, and
// expects it to wait for that and to be refused.
func TestNothingIsDoneForWhoIsGone(t *testing.T) {
	t.Parallel()
	w, tried := hub.NewWorld(t), 0
	for _, r := range rights {
		mutation, _, _ := strings.Cut(r.what, " ")
		column, _, _ := strings.Cut(r.may, " ")
		if mutation == "appeal" || column == "visitor" || takesNoKey(w, mutation) {
			continue // allowed to them, or locks the account's row itself
		}
		tried++
		goesMeanwhile(w, r, mutation, column)
	}
	if tried < 60 {
		t.Errorf("only %d mutations", tried)
	}
}

// takesNoKey reports whether the schema says that a mutation accepts no idempotency key.
func takesNoKey(w *hub.World, mutation string) bool {
	return hub.Schema().Mutation.Fields.ForName(mutation).Directives.ForName("keyless") != nil
}

// goesMeanwhile suspends the person in a transaction that is open while the mutation arrives.
func goesMeanwhile(w *hub.World, r right, mutation, column string) {
	w.T.Helper()
	in, who := r.fresh(w, r.role(column)), as(w, column, r)
	decision := w.Decided("SUSPEND", "PERSON", who.ID, "IN_FORCE", nil, nil, nil, who.ID)
	defer w.Exec(`update decisions set state = 'ENDED' where id = $1`, decision)
	defer w.Exec(`update people set suspended_id = null where id = $1`, who.ID)
	a, _ := w.Meanwhile(who.ID, who, mutation, in, `select from people where id = $1 for update`,
		`update people p set suspended_id = d.id from decisions d where d.subject_id = p.id and d.state = 'IN_FORCE' and p.id = $1`)
	if a.Code() != "UNAUTHENTICATED" {
		w.T.Errorf("%s by %s, who is suspended meanwhile: %.200s", r.what, column, a.RawBody)
	}
}

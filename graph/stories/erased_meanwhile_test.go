package stories

import (
	"context"
	"strings"
	"testing"
	"time"
)

// TestNothingIsDoneForWhoIsGone lets every mutation that runs as a call begin while its person is being erased, or suspended, and
// wants it to wait for that and to be refused.
func TestNothingIsDoneForWhoIsGone(t *testing.T) {
	t.Parallel()
	w, tried := newWorld(t), 0
	for _, r := range rights {
		mutation, _, _ := strings.Cut(r.what, " ")
		column, _, _ := strings.Cut(r.may, " ")
		if mutation == "appeal" || column == "visitor" || w.takesNoKey(mutation) {
			continue // theirs to do, or locks the account's row itself
		}
		tried++
		w.goesMeanwhile(r, mutation, column)
	}
	if tried < 60 {
		t.Errorf("only %d mutations", tried)
	}
}

// takesNoKey tells whether the schema says that a mutation takes no idempotency key.
func (w *world) takesNoKey(mutation string) bool {
	return strings.Contains(theSchema().Mutation.Fields.ForName(mutation).Description, "Takes no idempotency key")
}

// goesMeanwhile suspends the person in a transaction that is open while the mutation comes.
func (w *world) goesMeanwhile(r right, mutation, column string) {
	w.t.Helper()
	in, who := r.fresh(w, r.role(column)), w.as(column, r)
	decision := w.decided("SUSPEND", "PERSON", who.id, "IN_FORCE", nil, nil, nil, who.id)
	defer w.exec(`update decisions set state = 'ENDED' where id = $1`, decision)
	defer w.exec(`update people set suspended_id = null where id = $1`, who.id)
	tx, err := w.db.BeginTxx(context.Background(), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	tx.MustExec(`select from people where id = $1 for update`, who.id)
	tx.MustExec(`update people set suspended_id = $1 where id = $2`, decision, who.id)
	answers := make(chan *answer, 1)
	go func() { answers <- who.ask(document(mutation, "__typename"), vars{"in": in}) }()
	for waiting := false; !waiting; {
		select {
		case a := <-answers:
			w.t.Errorf("%s by %s did not wait: %.200s", r.what, column, a.rawBody)
			return
		case <-time.After(time.Millisecond):
			waiting = w.count(`select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`) > 0
		}
	}
	if err := tx.Commit(); err != nil {
		w.t.Fatal(err)
	}
	if a := <-answers; a.code() != "UNAUTHENTICATED" {
		w.t.Errorf("%s by %s, who is suspended meanwhile: %.200s", r.what, column, a.rawBody)
	}
}

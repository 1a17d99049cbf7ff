package stories

import (
	"cmp"
	"context"
	"strings"
	"testing"
	"time"
)

// TestNothingIsDoneForWhoIsGone starts every mutation that runs as a call while its person is being erased, or suspended, and
// expects it to wait for that and to be refused.
func TestNothingIsDoneForWhoIsGone(t *testing.T) {
	t.Parallel()
	w, tried := newWorld(t), 0
	for _, r := range rights {
		mutation, _, _ := strings.Cut(r.what, " ")
		column, _, _ := strings.Cut(r.may, " ")
		if mutation == "appeal" || column == "visitor" || w.takesNoKey(mutation) {
			continue // allowed to them, or locks the account's row itself
		}
		tried++
		w.goesMeanwhile(r, mutation, column)
	}
	if tried < 60 {
		t.Errorf("only %d mutations", tried)
	}
}

// takesNoKey reports whether the schema says that a mutation accepts no idempotency key.
func (w *world) takesNoKey(mutation string) bool {
	return theSchema().Mutation.Fields.ForName(mutation).Directives.ForName("keyless") != nil
}

// goesMeanwhile suspends the person in a transaction that is open while the mutation arrives.
func (w *world) goesMeanwhile(r right, mutation, column string) {
	w.t.Helper()
	in, who := r.fresh(w, r.role(column)), w.as(column, r)
	decision := w.decided("SUSPEND", "PERSON", who.id, "IN_FORCE", nil, nil, nil, who.id)
	defer w.exec(`update decisions set state = 'ENDED' where id = $1`, decision)
	defer w.exec(`update people set suspended_id = null where id = $1`, who.id)
	a, _ := w.meanwhile(who.id, who, mutation, in, `select from people where id = $1 for update`,
		`update people p set suspended_id = d.id from decisions d where d.subject_id = p.id and d.state = 'IN_FORCE' and p.id = $1`)
	if a.code() != "UNAUTHENTICATED" {
		w.t.Errorf("%s by %s, who is suspended meanwhile: %.200s", r.what, column, a.rawBody)
	}
}

// meanwhile starts a mutation while a transaction that has run statements about a person is open, waits until it waits, and
// commits. It returns the answer, and the contents of all tables without the mutation.
func (w *world) meanwhile(person string, who *caller, mutation string, in vars, statements ...string) (a *answer, before string) {
	w.t.Helper()
	tx, err := w.db.BeginTxx(context.Background(), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, statement := range statements {
		tx.MustExec(statement, person)
	}
	before = w.checksumIn(tx)
	answers := make(chan *answer, 1)
	go func() { answers <- who.ask(document(mutation, "__typename"), vars{"in": in}) }()
	for waiting := false; !waiting; {
		select {
		case a := <-answers:
			w.t.Errorf("%s did not wait: %.200s", mutation, a.rawBody)
			return a, before
		case <-time.After(time.Millisecond):
			waiting = w.count(`select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`) > 0
		}
	}
	if err := tx.Commit(); err != nil {
		w.t.Fatal(err)
	}
	return <-answers, before
}

// TestNothingIsWrittenForWhoIsErasedMeanwhile starts every mutation of the schema while its account is being erased: it waits for
// that, is refused, and leaves nothing.
func TestNothingIsWrittenForWhoIsErasedMeanwhile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	goods := w.goods()
	w.exec(`create table kept as table people`)
	// Whose account it is where nobody has signed in; register creates one.
	of := map[string]string{"signIn": w.lead.id, "requestPasswordReset": w.lead.id,
		"resetPassword": w.text(`select person_id from account_tokens where purpose = 'RESET_PASSWORD' and used_at is null`)}
	for _, m := range theSchema().Mutation.Fields {
		g := goods[m.Name]
		person := cmp.Or(of[m.Name], g.who.id)
		if person == "" || m.Name == "signOut" { // ends sessions, as the erasure does
			continue
		}
		a, before := w.meanwhile(person, g.who, m.Name, g.in, `select from people where id = $1 for update`,
			`update people set erased_at = now(), email = null, email_verified_at = null, password_hash = null, birth_date = null,
				district_id = null, given_name = '', family_name = '', language = 'KK' where id = $1`)
		if m.Name == "requestPasswordReset" { // reveals only to the address whether there is an account
			if kind := w.text(`select kind from outbox order by id desc limit 1`); a.code() != "" || kind != "NO_ACCOUNT" {
				t.Errorf("%s mailed %s: %s", m.Name, kind, a.rawBody)
			}
		} else if after := w.checksum(); a.code() == "" || after != before {
			t.Errorf("%s for somebody erased: %.200s\n%s\nwas\n%s", m.Name, a.rawBody, after, before)
		}
		w.exec(`update people p set erased_at = null, email = k.email, email_verified_at = k.email_verified_at, password_hash = k.password_hash,
			birth_date = k.birth_date, district_id = k.district_id, given_name = k.given_name, family_name = k.family_name,
			language = k.language from kept k where k.id = p.id and p.erased_at is not null`)
	}
}

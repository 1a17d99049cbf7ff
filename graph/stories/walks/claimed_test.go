package walks

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"jastarhub/graph/stories/hub"
)

// ofPeople are the columns that refer to people.
func ofPeople(h *hub.Hub) (columns []string) {
	h.T.Helper()
	if err := h.DB.Select(&columns, `select c.conrelid::regclass || '.' || a.attname from pg_constraint c
		join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
		where c.contype = 'f' and c.confrelid = 'people'::regclass order by 1`); err != nil {
		h.T.Fatal(err)
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
	w := hub.NewWorld(t)
	attended(w)
	stranger := w.Unverified("Victim", 30)
	for _, o := range hub.Openers {
		o.Put(w, stranger)
	}
	w.Exec(`insert into idempotency_keys (person_id, key, mutation, input_hash, result_id, created_at) values ($1, 'k', 'updateProfile', '', $1, now())`, hub.RowID(stranger.ID))
	w.PutConsent(w.Other.ID, "NAME", "WITHDRAWN", "", stranger.ID)
	w.Exec(`insert into notice_preferences (person_id, topic, email, telegram) values ($1, 'SHIFTS', 'NONE', true)`, hub.RowID(stranger.ID))
	w.Exec(`insert into supports (id, proposal_id, person_id, given_at) values ($1, $2, $1, now())`, hub.RowID(stranger.ID), hub.RowID(w.PutProposal("ACCEPTED")))
	w.Exec(`insert into merge_questions (id, proposal_id, into_id, person_id, asked_at) values ($1, $2, $3, $1, now())`,
		hub.RowID(stranger.ID), hub.RowID(w.PutProposal("MERGED")), hub.RowID(w.PutProposal("ACCEPTED")))
	w.Exec(`insert into photo_minors (photo_id, person_id) values ($1, $2)`, hub.RowID(w.PutPhoto(stranger)), hub.RowID(stranger.ID))
	w.Exec(`insert into erasures (person_id, erased_at, due_at, by_id) values ($1, now(), now(), $2)`, hub.RowID(w.Other.ID), hub.RowID(stranger.ID))
	w.Exec(`insert into grants (id, person_id, role, given_at, ended_by, ended_at) values ($1, $1, 'CITY_OFFICER', now(), $1, now())`, hub.RowID(w.Other.ID))
	columns := ofPeople(w.Hub)
	for _, at := range columns {
		table, column, _ := strings.Cut(at, ".")
		if w.Count(fmt.Sprintf(`select count(*) from %s where %s = $1`, table, column), stranger.ID) > 0 || at == "erasures.person_id" {
			continue // an account that is not erased has no row here
		}
		w.Exec(fmt.Sprintf(`set session_replication_role = replica; update %[1]s set %[2]s = '%[3]s' where ctid = (select ctid from %[1]s t
			where t::text not like '%%%[3]s%%' order by %[2]s is null, ctid desc limit 1); set session_replication_role = origin`, table, column, stranger.ID))
		if w.Count(fmt.Sprintf(`select count(*) from %s where %s = $1`, table, column), stranger.ID) == 0 {
			t.Errorf("nobody is in %s", at)
		}
	}
	w.Visitor().Do("resetPassword", hub.Vars{"token": w.PutToken(stranger, "RESET_PASSWORD"), "password": hub.NewPassword}, "ended")
	owner := w.Text(`select id from people where email = $1`, hub.Email("Victim"))
	for _, at := range columns {
		table, column, _ := strings.Cut(at, ".")
		n := w.Count(fmt.Sprintf(`select count(*) from %s where %s = $1`, table, column), owner)
		if _, own := ownersOwn[at]; (n > 0) != own {
			t.Errorf("the owner is %d times in %s", n, at)
		}
	}
	for _, at := range slices.Sorted(maps.Keys(ownersOwn)) {
		if !slices.Contains(columns, at) {
			t.Errorf("there is no %s", at)
		}
	}
	if n := w.Count(`select count(*) from people where id = $1 and suspended_id is null and hidden_id is null`, owner); n != 1 {
		t.Error("a decision about the stranger is kept")
	}
}

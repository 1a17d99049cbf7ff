package seed_test

import (
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jastarhub/internal/seed"
)

// TestWhatTheDatabaseRefuses: what no program can write, by the constraint that refuses it.
func TestWhatTheDatabaseRefuses(t *testing.T) {
	db := open(t)
	if _, err := seed.Demo(t.Context(), db.DB, key, then); err != nil {
		t.Fatal(err)
	}
	for statement, constraint := range map[string]string{
		`update proposals set title = repeat('ә', 121)`:                      "proposals_title_length",
		`update memberships set ended_at = null where state = 'LEFT'`:        "memberships_dated",
		`update memberships set joined_at = null where state = 'ACTIVE'`:     "memberships_dated",
		`update memberships set ended_at = joined_at where state = 'ACTIVE'`: "memberships_dated",
		`update grants set ended_by = person_id where ended_at is null`:      "grants_ended_by_somebody",
		`update tasks set free = -1`:                                         "tasks_places_counted",
		`update tasks set taken = capacity - free + 1`:                       "tasks_places_counted",
		`update hours set person_id = (select id from people where id not in (select person_id from hours) limit 1) where state = 'PENDING'`: "hours_of_signup",
		`update hours set (task_id, team_id, ngo_id) = (select id, team_id, ngo_id from tasks t where t.team_id <> hours.team_id limit 1)`:   "hours_on_task",
		`update certificates set minutes = minutes + 5`: "certificates_add_up",
		`delete from certificate_parts`:                 "certificates_add_up",
		`insert into certificate_parts select (jsonb_populate_record(p, jsonb_build_object('team_id', t.id))).*
			from certificate_parts p join teams t on t.id not in (select team_id from certificate_parts) limit 1`: "certificates_add_up",
		`insert into pending_identities (token_hash, issuer, subject, email, given_name, family_name, expires_at)
			values ('', '', '', 'A@mail.kz', '', '', now())`: "pending_identities_email_folded",
		`insert into moves (id, subject_id, verb, to_state, acting_as, at) values (gen_random_uuid(), gen_random_uuid(), 'sign up', '', 'HUB', now())`: "moves_verb_shape",
		`insert into notices (id, person_id, kind, subject_type, subject_id, details, event, created_at)
			select id, id, 'SHIFT_TODAY', 'CENTRE', id, '{}', '', now() from people`: "notices_subject_type_check",
		`update centres set name_kk = '', name_ru = '', name_en = ''`: "centres_named",
	} {
		err := db.Tx(t.Context(), func(tx *sqlx.Tx) error {
			_, err := tx.ExecContext(t.Context(), statement)
			return err
		})
		if refused := pq.As(err); refused == nil || refused.Constraint != constraint {
			t.Errorf("%s: got %v, want %s", statement, err, constraint)
		}
	}
}

package moderation

import (
	"strings"
	"testing"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/postgres"
)

// TestTheDatabaseHoldsDecisions: what no program may write.
func TestTheDatabaseHoldsDecisions(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	decision, report := w.PutDecision("IN_FORCE"), w.PutReport("OPEN")
	for statement, want := range map[string]string{
		`update decisions set words = '' where id = $1`:                                            "decisions_words_check",
		`update decisions set reason = null where id = $1`:                                         "reason",
		`update decisions set state = 'APPEALED' where id = $1`:                                    "decisions_appealed",
		`update decisions set appeal = 'No.' where id = $1`:                                        "decisions_appeal_whole",
		`update decisions set until = now() + interval '1 day' where id = $1`:                      "decisions_until_of_suspensions",
		`update decisions set kind = 'SUSPEND' where id = $1`:                                      "decisions_suspend_people",
		`update decisions set person_id = null where id = $1`:                                      "decisions_somebodys",
		`update decisions set state = 'UPHELD', appeal = 'No.', appealed_at = now() where id = $1`: "decisions_answered",
		`update decisions set appeal = 'No.', appealed_at = now(), answer = 'Yes.', answered_at = now(), state = 'UPHELD', answered_by = decided_by where id = $1`: "decisions_two_pairs_of_eyes",
		`insert into decisions select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid()))).* from decisions d where id = $1`:                    "decisions_in_force_key",
	} {
		if _, err := w.DB.Exec(statement, decision); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %s", statement, err, want)
		}
	}
	for statement, want := range map[string]string{
		`update reports set state = 'UPHELD' where id = $1`:                                                                                 "reports_decided_has_time",
		`update reports set reason = 'OTHER', words = null where id = $1`:                                                                   "reports_other_has_words",
		`insert into reports select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid()))).* from reports r where id = $1`: "reports_open_key",
	} {
		if _, err := w.DB.Exec(statement, report); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %s", statement, err, want)
		}
	}
}

// TestQueuesHaveTheirIndex: no queue reads the whole table.
func TestQueuesHaveTheirIndex(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	w.Exec(`insert into reports (id, subject_type, subject_id, centre_id, person_id, reporter_id, reason, state, created_at, decided_at)
		select gen_random_uuid(), 'PROPOSAL', gen_random_uuid(), case when n % 50 = 0 then $1::uuid else $2::uuid end, $3, $3, 'SPAM',
			case when n % 100 = 0 then 'OPEN' else 'DISMISSED' end::report_state, now(), case when n % 100 <> 0 then now() end
		from generate_series(1, 5000) n`, w.Centre("AUEZOV-1"), w.Centre("MEDEU-1"), w.Lead.ID)
	w.Exec(`analyze reports`)
	for filter, index := range map[string]string{
		`where state = 'OPEN' order by id`: "reports_state",
		`where centre_id = '` + w.Centre("AUEZOV-1") + `' and state = 'DISMISSED' order by id`:                            "reports_centre",
		`where state = 'OPEN' and subject_id = '` + postgres.NewID().String() + `'`:                                       "reports_open_subject",
		`where state = 'OPEN' and reporter_id = '` + w.Lead.ID + `' and subject_id = '` + postgres.NewID().String() + `'`: "reports_open",
	} {
		var plan []string
		if err := w.DB.Select(&plan, `explain select * from reports `+filter+` limit 21`); err != nil {
			t.Fatal(err)
		}
		text := strings.Join(plan, "\n")
		if !strings.Contains(text, index) || strings.Contains(text, "Seq Scan") || strings.Contains(text, "Sort") {
			t.Errorf("%s:\n%s", filter, text)
		}
	}
}

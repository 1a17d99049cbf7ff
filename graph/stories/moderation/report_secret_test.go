package moderation

import (
	"fmt"
	"strings"
	"testing"

	"jastarhub/graph/stories/hub"
)

// TestReportsStaySecret reports two people and what one of them wrote. Before and after each answer it looks through everything
// that they can read about themselves: the download, notices, decisions with their history, emails, and the audit log as an
// officer.
func TestReportsStaySecret(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	officer := w.Granted("Second", "CITY_OFFICER")
	author := w.Known(1)[0]
	w.Enrol(author, w.Team, "MEMBER")
	for _, reported := range []struct {
		who     *hub.Caller
		subject string
	}{{author, author.ID}, {author, w.Propose(author)}, {officer, officer.ID}, {officer, w.Propose(officer)}} {
		var secrets []string
		for i, uphold := range []bool{false, true, true} {
			words := fmt.Sprintf("Whisper %d about %s.", i, reported.subject)
			report := w.Volunteer.Do("reportContent", hub.Vars{"subjectId": reported.subject, "reason": "OTHER", "words": words},
				"report { id }").Str("reportContent.report.id")
			secrets = append(secrets, report, words, "Verdict on "+words)
			keepsSecret(w, reported.who, secrets)
			if i < 2 {
				w.Officer.Do("answerReport", hub.Vars{"id": report, "uphold": uphold, "words": "Verdict on " + words}, "report { state }")
			} else {
				w.Officer.Do("hideContent", hub.Vars{"subjectId": reported.subject, "reason": "OTHER", "words": "The city's own reason."}, "decision { id }")
			}
			keepsSecret(w, reported.who, secrets)
		}
	}
}

// keepsSecret fails if somebody can read any of the texts, or that a report was made.
func keepsSecret(w *hub.World, who *hub.Caller, secrets []string) {
	w.T.Helper()
	w.Exec(`delete from data_requests where person_id = $1`, who.ID)
	_, _, data := w.Fetch(w.PutDataRequest(who))
	shown := map[string]string{"the download": data,
		"what is one's own": who.Must(`{ viewer { notices { nodes { kind title text subjectId path } }
			decisions { nodes { id words history { nodes { verb reasonCode words } } } } proposals { nodes { id history { nodes { verb words } } } } } }`).RawBody,
		"the mails": w.Text(`select coalesce(json_agg(to_json(o))::text, '') from outbox o where o.person_id = $1
			or o.address = (select email from people where id = $1)`, who.ID)}
	if w.Count(`select count(*) from grants where person_id = $1`, who.ID) > 0 {
		about := who.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"subjectId": who.ID}})
		shown["the audit about oneself"] = about.RawBody
		shown["the audit"] = who.Must(`{ auditEntries(first: 100) { totalCount nodes { action subjects } } }`).RawBody
		shown["the reports"] = who.Must(`{ reports(first: 100) { nodes { id words } } }`).RawBody
	}
	for where, text := range shown {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				w.T.Errorf("%q in %s of who is reported", secret, where)
			}
		}
		if where != "the audit" && where != "the reports" && strings.Contains(text, "eportContent") {
			w.T.Errorf("%s tells of a report", where)
		}
	}
}

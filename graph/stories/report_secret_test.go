package stories

import (
	"fmt"
	"strings"
	"testing"
)

// TestReportsStaySecret reports two people and what one of them wrote. Before and after each answer it looks through everything
// that they can read about themselves: the download, notices, decisions with their history, emails, and the audit log as an
// officer.
func TestReportsStaySecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	officer := w.granted("Second", "CITY_OFFICER")
	author := w.known(1)[0]
	w.enrol(author, w.team, "MEMBER")
	for _, reported := range []struct {
		who     *caller
		subject string
	}{{author, author.id}, {author, w.propose(author)}, {officer, officer.id}, {officer, w.propose(officer)}} {
		var secrets []string
		for i, uphold := range []bool{false, true, true} {
			words := fmt.Sprintf("Whisper %d about %s.", i, reported.subject)
			report := w.volunteer.do("reportContent", vars{"subjectId": reported.subject, "reason": "OTHER", "words": words},
				"report { id }").str("reportContent.report.id")
			secrets = append(secrets, report, words, "Verdict on "+words)
			w.keepsSecret(reported.who, secrets)
			if i < 2 {
				w.officer.do("answerReport", vars{"id": report, "uphold": uphold, "words": "Verdict on " + words}, "report { state }")
			} else {
				w.officer.do("hideContent", vars{"subjectId": reported.subject, "reason": "OTHER", "words": "The city's own reason."}, "decision { id }")
			}
			w.keepsSecret(reported.who, secrets)
		}
	}
}

// keepsSecret fails if somebody can read any of the texts, or that a report was made.
func (w *world) keepsSecret(who *caller, secrets []string) {
	w.t.Helper()
	w.exec(`delete from data_requests where person_id = $1`, who.id)
	_, _, data := w.fetch(w.putDataRequest(who))
	shown := map[string]string{"the download": data,
		"what is one's own": who.must(`{ viewer { notices { nodes { kind title text subjectId path } }
			decisions { nodes { id words history { nodes { verb reasonCode words } } } } proposals { nodes { id history { nodes { verb words } } } } } }`).rawBody,
		"the mails": w.text(`select coalesce(json_agg(to_json(o))::text, '') from outbox o where o.person_id = $1
			or o.address = (select email from people where id = $1)`, who.id)}
	if w.count(`select count(*) from grants where person_id = $1`, who.id) > 0 {
		about := who.must(auditQuery, vars{"f": vars{"subjectId": who.id}})
		shown["the audit about oneself"] = about.rawBody
		shown["the audit"] = who.must(`{ auditEntries(first: 100) { totalCount nodes { action subjects } } }`).rawBody
		shown["the reports"] = who.must(`{ reports(first: 100) { nodes { id words } } }`).rawBody
	}
	for where, text := range shown {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				w.t.Errorf("%q in %s of who is reported", secret, where)
			}
		}
		if where != "the audit" && where != "the reports" && strings.Contains(text, "eportContent") {
			w.t.Errorf("%s tells of a report", where)
		}
	}
}

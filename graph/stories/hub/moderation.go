package hub

import (
	"strings"

	"jastarhub/internal/postgres"
)

// PutReport adds a report of the person's, about a proposal of the author.
func (w *World) PutReport(state string) (id string) {
	id = postgres.NewID().String()
	w.Exec(`insert into reports (id, subject_type, subject_id, centre_id, person_id, reporter_id, reason, words, state, created_at, decided_at)
		values ($1, 'PROPOSAL', $2, $3, $4, $5, 'SPAM', 'Again and again.', $6::report_state, now(), case when $6 <> 'OPEN' then now() end)`,
		id, w.PutProposal("SUBMITTED"), w.Centre("AUEZOV-1"), w.Roles["author"].ID, w.Roles["person"].ID, state)
	return id
}

// PutDecision adds a decision about a proposal of the author, made by the insider, who is not in its team.
func (w *World) PutDecision(state string) (id string) {
	id = w.Decided("HIDE", "PROPOSAL", w.PutProposal("SUBMITTED"), state, w.Centre("AUEZOV-1"), nil, nil, w.Roles["author"].ID)
	if strings.Contains("IN_FORCE APPEALED UPHELD", state) {
		w.Exec(`update proposals p set hidden_id = d.id from decisions d where d.subject_id = p.id and d.id = $1`, id)
	}
	return id
}

// PutSuspension adds a suspension made by a coordinator.
func (w *World) PutSuspension(string) (id string) {
	who := w.Crowd(1)[0].ID
	id = w.Decided("SUSPEND", "PERSON", who, "IN_FORCE", w.Centre("AUEZOV-1"), nil, nil, who)
	w.Exec(`update people set suspended_id = $1 where id = $2`, id, who)
	return id
}

// Decided adds a decision of the insider.
func (w *World) Decided(kind, subject, of, state string, centre, team, ngo, person any) (id string) {
	id = postgres.NewID().String()
	w.Exec(`insert into decisions (id, kind, subject_type, subject_id, centre_id, team_id, ngo_id, person_id, reason, words, state, until,
			decided_by, decided_at, appeal, appealed_at, answer, answered_by, answered_at)
		values ($1, $2::decision_kind, $3, $4, $5, $6, $7, $8, 'SPAM', 'Again and again.', $9::decision_state,
			case when $2 = 'SUSPEND' then now() + interval '10 days' end, $10, now(),
			case when $9 in ('APPEALED', 'UPHELD', 'OVERTURNED') then 'It is not.' end,
			case when $9 in ('APPEALED', 'UPHELD', 'OVERTURNED') then now() end,
			case when $9 in ('UPHELD', 'OVERTURNED') then 'We looked.' end,
			case when $9 in ('UPHELD', 'OVERTURNED') then $11::uuid end,
			case when $9 in ('UPHELD', 'OVERTURNED') then now() end)`,
		id, kind, subject, of, centre, team, ngo, person, state, w.Roles["insider"].ID, w.Officer.ID)
	return id
}

// PutHidden hides a row of the team's, or of its NGO if that is named.
func (w *World) PutHidden(subject, table, id string) string {
	d := w.Decided("HIDE", subject, id, "IN_FORCE", w.Centre("AUEZOV-1"), w.Team, w.Ngo, nil)
	w.Exec(`update `+table+` set hidden_id = $1 where id = $2`, d, id)
	return id
}

// HiddenProposal adds one.
func (w *World) HiddenProposal() string {
	return w.Text(`select subject_id from decisions where id = $1`, w.PutDecision("IN_FORCE"))
}

// HiddenTask adds one.
func (w *World) HiddenTask() string { return w.PutHidden("TASK", "tasks", w.PutTask("OPEN")) }

// HiddenShift adds one.
func (w *World) HiddenShift() string { return w.PutHidden("SHIFT", "shifts", w.OneMore("OPEN")) }

// PutUpdate adds a progress update of the lead.
func (w *World) PutUpdate() (id string) {
	id = postgres.NewID().String()
	w.Exec(`insert into progress_updates (id, task_id, author_id, text, language, created_at) values ($1, $2, $3, 'Жүріп жатыр.', 'KK', now())`,
		id, w.PutTask("OPEN"), w.Lead.ID)
	return id
}

// HiddenUpdate adds a hidden progress update.
func (w *World) HiddenUpdate() string {
	return w.PutHidden("PROGRESS_UPDATE", "progress_updates", w.PutUpdate())
}

// HiddenTeam adds a hidden team that the lead runs at the coordinator's centre.
func (w *World) HiddenTeam() (id string) {
	id = postgres.NewID().String()
	w.Exec(`insert into teams (id, ngo_id, name_kk, name_ru, name_en, language, created_at) values ($1, $2, 'Топ', '', '', 'KK', now())`, id, w.Ngo)
	w.Exec(`insert into hostings (id, team_id, centre_id, state, asked_at, started_at) values ($1, $2, $3, 'ACTIVE', now(), now())`,
		postgres.NewID(), id, w.Centre("AUEZOV-1"))
	w.Enrol(w.Lead, id, "LEAD")
	return w.PutHidden("TEAM", "teams", id)
}

// HiddenNgo adds one.
func (w *World) HiddenNgo() string {
	id := w.PutNgo("ACTIVE")
	w.Exec(`update ngos set hidden_id = $1 where id = $2`, w.Decided("HIDE", "NGO", id, "IN_FORCE", nil, nil, id, nil), id)
	return id
}

// Reporting returns the input for a report of a new proposal.
func (w *World) Reporting(string) Vars {
	return Vars{"subjectId": w.PutProposal("SUBMITTED"), "reason": "SPAM"}
}

// Hiding returns the input for hiding a new proposal.
func (w *World) Hiding(string) Vars {
	return Vars{"subjectId": w.PutProposal("SUBMITTED"), "reason": "SPAM", "words": "Again and again."}
}

// Suspending returns the input for suspending somebody new.
func (w *World) Suspending(string) Vars {
	return Vars{"person": Vars{"id": w.Crowd(1)[0].ID}, "until": w.In(24 * 20), "reason": "INSULT", "words": "Shouted at people."}
}

// Reported adds a report by somebody.
func (w *World) Reported(who *Caller, subject, reason string) string {
	w.T.Helper()
	return who.Do("reportContent", Vars{"subjectId": subject, "reason": reason, "words": "Look at this."}, "report { id state }").
		Shows("reportContent.report.state", "OPEN").Str("reportContent.report.id")
}

// Mailed returns the subjects of the emails that are due, by their recipients.
func (h *Hub) Mailed() map[string]string {
	h.T.Helper()
	subjects := map[string]string{}
	for _, m := range h.Mails() {
		subjects[m.To] = strings.TrimPrefix(subjects[m.To]+"; "+m.Subject, "; ")
	}
	return subjects
}

// Suspension suspends somebody, by an officer.
func (w *World) Suspension(who *Caller, days int) string {
	w.T.Helper()
	in := Vars{"person": Vars{"id": who.ID}, "reason": "INSULT", "words": "Shouted at people."}
	if days > 0 {
		in["until"] = w.In(24 * days)
	}
	return w.Officer.Do("suspendPerson", in, "decision { id }").Str("suspendPerson.decision.id")
}

// LinkTo returns the emailed link with which somebody verifies another address.
func (w *World) LinkTo(who *Caller, address string) Vars {
	w.T.Helper()
	token := w.PutToken(who, "VERIFY_EMAIL")
	w.Exec(`update account_tokens set email = $2 where person_id = $1 and used_at is null`, RowID(who.ID), address)
	return Vars{"token": token}
}

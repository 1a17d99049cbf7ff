package stories

import (
	"strings"

	"jastarhub/internal/postgres"
)

// putReport adds a report of the person's, about a proposal of the author.
func (w *world) putReport(state string) (id string) {
	id = postgres.NewID().String()
	w.exec(`insert into reports (id, subject_type, subject_id, centre_id, person_id, reporter_id, reason, words, state, created_at, decided_at)
		values ($1, 'PROPOSAL', $2, $3, $4, $5, 'SPAM', 'Again and again.', $6::report_state, now(), case when $6 <> 'OPEN' then now() end)`,
		id, w.putProposal("SUBMITTED"), w.centre("AUEZOV-1"), w.roles["author"].id, w.roles["person"].id, state)
	return id
}

// putDecision adds a decision about a proposal of the author, made by the insider, who is not in its team.
func (w *world) putDecision(state string) (id string) {
	id = w.decided("HIDE", "PROPOSAL", w.putProposal("SUBMITTED"), state, w.centre("AUEZOV-1"), nil, nil, w.roles["author"].id)
	if strings.Contains("IN_FORCE APPEALED UPHELD", state) {
		w.exec(`update proposals p set hidden_id = d.id from decisions d where d.subject_id = p.id and d.id = $1`, id)
	}
	return id
}

// putSuspension adds a suspension made by a coordinator.
func (w *world) putSuspension(string) (id string) {
	who := w.crowd(1)[0].id
	id = w.decided("SUSPEND", "PERSON", who, "IN_FORCE", w.centre("AUEZOV-1"), nil, nil, who)
	w.exec(`update people set suspended_id = $1 where id = $2`, id, who)
	return id
}

func (w *world) decided(kind, subject, of, state string, centre, team, ngo, person any) (id string) {
	id = postgres.NewID().String()
	w.exec(`insert into decisions (id, kind, subject_type, subject_id, centre_id, team_id, ngo_id, person_id, reason, words, state, until,
			decided_by, decided_at, appeal, appealed_at, answer, answered_by, answered_at)
		values ($1, $2::decision_kind, $3, $4, $5, $6, $7, $8, 'SPAM', 'Again and again.', $9::decision_state,
			case when $2 = 'SUSPEND' then now() + interval '10 days' end, $10, now(),
			case when $9 in ('APPEALED', 'UPHELD', 'OVERTURNED') then 'It is not.' end,
			case when $9 in ('APPEALED', 'UPHELD', 'OVERTURNED') then now() end,
			case when $9 in ('UPHELD', 'OVERTURNED') then 'We looked.' end,
			case when $9 in ('UPHELD', 'OVERTURNED') then $11::uuid end,
			case when $9 in ('UPHELD', 'OVERTURNED') then now() end)`,
		id, kind, subject, of, centre, team, ngo, person, state, w.roles["insider"].id, w.officer.id)
	return id
}

// putHidden hides a row of the team's, or of its NGO if that is named.
func (w *world) putHidden(subject, table, id string) string {
	d := w.decided("HIDE", subject, id, "IN_FORCE", w.centre("AUEZOV-1"), w.team, w.ngo, nil)
	w.exec(`update `+table+` set hidden_id = $1 where id = $2`, d, id)
	return id
}

func (w *world) hiddenProposal() string {
	return w.text(`select subject_id from decisions where id = $1`, w.putDecision("IN_FORCE"))
}

func (w *world) hiddenTask() string { return w.putHidden("TASK", "tasks", w.putTask("OPEN")) }

func (w *world) hiddenShift() string { return w.putHidden("SHIFT", "shifts", w.oneMore("OPEN")) }

func (w *world) putUpdate() (id string) {
	id = postgres.NewID().String()
	w.exec(`insert into progress_updates (id, task_id, author_id, text, language, created_at) values ($1, $2, $3, 'Жүріп жатыр.', 'KK', now())`,
		id, w.putTask("OPEN"), w.lead.id)
	return id
}

func (w *world) hiddenUpdate() string {
	return w.putHidden("PROGRESS_UPDATE", "progress_updates", w.putUpdate())
}

// hiddenTeam adds a hidden team that the lead runs at the coordinator's centre.
func (w *world) hiddenTeam() (id string) {
	id = postgres.NewID().String()
	w.exec(`insert into teams (id, ngo_id, name_kk, name_ru, name_en, language, created_at) values ($1, $2, 'Топ', '', '', 'KK', now())`, id, w.ngo)
	w.exec(`insert into hostings (id, team_id, centre_id, state, asked_at, started_at) values ($1, $2, $3, 'ACTIVE', now(), now())`,
		postgres.NewID(), id, w.centre("AUEZOV-1"))
	w.enrol(w.lead, id, "LEAD")
	return w.putHidden("TEAM", "teams", id)
}

func (w *world) hiddenHosting() string {
	return w.text(`select id from hostings where team_id = $1`, w.hiddenTeam())
}

func (w *world) hiddenNgo() string {
	id := w.putNgo("ACTIVE")
	w.exec(`update ngos set hidden_id = $1 where id = $2`, w.decided("HIDE", "NGO", id, "IN_FORCE", nil, nil, id, nil), id)
	return id
}

func (w *world) reporting(string) vars {
	return vars{"subjectId": w.putProposal("SUBMITTED"), "reason": "SPAM"}
}

func (w *world) hiding(string) vars {
	return vars{"subjectId": w.putProposal("SUBMITTED"), "reason": "SPAM", "words": "Again and again."}
}

func (w *world) hidingNgo(string) vars {
	id := postgres.NewID().String()
	w.exec(`insert into ngos (id, name_kk, name_ru, name_en, language, focus, state, created_at) values ($1, 'Жаңа', '', '', 'KK', 'SPORT', 'ACTIVE', now())`, id)
	return vars{"subjectId": id, "reason": "SPAM", "words": "Again and again."}
}

func (w *world) suspending(string) vars {
	return vars{"person": vars{"id": w.crowd(1)[0].id}, "until": at(24 * 20), "reason": "INSULT", "words": "Shouted at people."}
}

func (w *world) suspendingMember(string) vars {
	in := w.suspending("")
	w.exec(`insert into memberships (id, team_id, person_id, role, state, created_at, joined_at) values ($1, $2, $3, 'MEMBER', 'ACTIVE', now(), now())`,
		postgres.NewID(), w.team, in["person"].(vars)["id"])
	return in
}

func (w *world) goodModeration() map[string]good {
	answer := func(more vars, id string) vars {
		more["id"], more["uphold"], more["words"] = id, true, "We looked at it."
		return more
	}
	reporting := w.reporting("")
	reporting["words"] = "Look at this."
	return map[string]good{
		"reportContent": {w.roles["stranger"], reporting},
		"answerReport":  {w.coordinator, answer(vars{}, w.putReport("OPEN"))},
		"hideContent":   {w.coordinator, w.hiding("")},
		"showContent":   {w.coordinator, vars{"id": w.putDecision("IN_FORCE"), "reason": "A mistake."}},
		"suspendPerson": {w.officer, w.suspending("")},
		"endSuspension": {w.officer, vars{"id": w.putSuspension(""), "reason": "They said sorry."}},
		"appeal":        {w.roles["author"], vars{"id": w.putDecision("IN_FORCE"), "text": "It is no spam."}},
		"answerAppeal":  {w.officer, answer(vars{}, w.putDecision("APPEALED"))},
	}
}

package stories

import (
	"slices"
	"testing"

	"jastarhub/internal/grant"
	"jastarhub/internal/postgres"
)

// world is a city with somebody for every role of the state tables.
type world struct {
	*city
	roles     map[string]*caller
	otherTeam string
	reply     string // the centre that gets the proposals
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{city: newCity(t)}
	people := w.crowd(6)
	w.roles = map[string]*caller{"visitor": w.visitor(), "officer": w.officer, "coordinator": w.coordinator, "ngoLead": w.ngoLead,
		"lead": w.lead, "stranger": people[0], "member": people[1], "insider": people[2], elsewhere: people[3], "author": people[4],
		"person": people[5]}
	w.enrol(w.roles["member"], w.team, "MEMBER")
	w.enrol(w.roles["insider"], w.team, "MEMBER")
	w.grant(w.roles["insider"], grant.Coordinator, "AUEZOV-1")
	w.grant(w.roles[elsewhere], grant.Coordinator, "MEDEU-1")
	ngo := w.putNgo("ACTIVE")
	w.otherTeam = w.ngoLead.do("createTeam", vars{"ngoId": ngo, "centreId": w.centre("MEDEU-1"), "name": vars{"en": "Others"}},
		"team { id }").str("createTeam.team.id")
	w.enrol(w.roles[elsewhere], w.otherTeam, "LEAD")
	// The ngoLead of the tables leads only one NGO.
	w.exec(`update grants set ended_at = now() where ngo_id = $1`, ngo)
	w.exec(`update centres set state = 'OPEN' where code = 'AUEZOV-2'`)
	w.reply = w.centre("AUEZOV-2")
	return w
}

func (w *world) putNgo(state string) (id string) {
	id = postgres.NewID().String()
	w.exec(`insert into ngos (id, name_kk, name_ru, name_en, language, focus, state, created_at)
		values ($1, 'Жаңа', '', '', 'KK', 'SPORT', $2, now() - interval '1 day')`, id, state)
	w.grant(w.roles["ngoLead"], grant.NgoLead, id)
	return id
}

func (w *world) putCentre(state string) (id string) {
	id = postgres.NewID().String()
	w.exec(`insert into centres (id, code, district_id, name_kk, name_ru, name_en, state)
		values ($1, $1::uuid::text, $2, 'Орталық', '', '', $3)`, id, w.district("MEDEU"), state)
	w.grant(w.roles["coordinator"], grant.Coordinator, id)
	return id
}

// putSpecialDay puts a free weekday into the list, in place of an existing one.
func (w *world) putSpecialDay(day string) (id string) {
	id = postgres.NewID().String()
	w.exec(`delete from special_days where day = $1`, day)
	w.exec(`insert into special_days (id, day, works, name_kk, name_ru, name_en) values ($1, $2, false, 'Мереке', '', '')`, id, day)
	return id
}

// putMembership adds a membership of the person in the team, which has another member who leads.
func (w *world) putMembership(state string) (id string) {
	id = postgres.NewID().String()
	w.exec(`delete from memberships where person_id = $1`, w.roles["person"].id)
	w.exec(`insert into memberships (id, team_id, person_id, role, state, created_at, expires_at, joined_at, ended_at)
		values ($1, $2, $3, 'MEMBER', $4::membership_state, now() - interval '1 day',
			case when $4 in ('REQUESTED', 'INVITED') then now() + interval '13 days' end,
			case when $4 in ('ACTIVE', 'LEFT', 'REMOVED') then now() - interval '2 hours' end,
			case when $4 not in ('REQUESTED', 'INVITED', 'ACTIVE') then now() - interval '1 hour' end)`,
		id, w.team, w.roles["person"].id, state)
	return id
}

func (w *world) putProposal(state string) (id string) {
	id = postgres.NewID().String()
	into := any(nil)
	if state == "MERGED" {
		into = w.putProposal("ACCEPTED")
	}
	w.exec(`insert into proposals (id, district_id, centre_id, author_id, title, text, language, state, question, decline_reason,
			decline_words, created_at, updated_at, react_by, decide_by, asked_at, merged_into)
		values ($1, $2, $3, $4, 'Жаңа орындық', 'Саябаққа орындық керек.', 'KK', $5::proposal_state,
			case when $5 = 'NEEDS_INFO' then 'Қай жерде?' end, case when $5 = 'DECLINED' then 'OTHER'::decline_reason end,
			case when $5 = 'DECLINED' then 'Ақша жоқ, кешіріңіз.' end, now() - interval '1 day', now() - interval '1 day',
			now() + interval '6 days', (current_date + 20 + time '23:59:59') at time zone 'Asia/Almaty', case when $5 = 'NEEDS_INFO' then now() end, $6::uuid)`,
		id, w.district("AUEZOV"), w.centre("AUEZOV-1"), w.roles["author"].id, state, into)
	return id
}

// asking lets a merged proposal ask the role where the support goes.
func (w *world) asking(proposal, role string) {
	if role == "visitor" {
		return
	}
	w.exec(`insert into merge_questions (id, proposal_id, into_id, person_id, asked_at) select $1, id, merged_into, $3, now()
		from proposals where id = $2 and state = 'MERGED' on conflict (proposal_id, person_id) do update set answered_at = null, moved = null`,
		postgres.NewID(), proposal, w.roles[role].id)
}

// putTask adds a task of the team, with a shift of four seats: in the future, unless the task is over. Unless it is a draft, it
// came from the author's proposal.
func (w *world) putTask(state string) (id string) {
	id = postgres.NewID().String()
	proposal := any(nil)
	if state != "DRAFT" {
		proposal = w.putProposal("ACCEPTED")
	}
	w.exec(`insert into tasks (id, team_id, ngo_id, centre_id, district_id, title, description, language, state, created_by,
			claimed_by, cancel_reason, created_at, updated_at, verified_at, proposal_id)
		values ($1, $2, $3, $4, $5, 'Арық тазалау', 'Қолғап алып келіңіз.', 'KK', $6::task_state, $7,
			case when $6 in ('CLAIMED_DONE', 'VERIFIED') then $7::uuid end, case when $6 = 'CANCELLED' then 'Жаңбыр.' end,
			now() - interval '1 day', now() - interval '1 day',
			case when $6 = 'VERIFIED' then now() - interval '1 day' end, $8::uuid)`,
		id, w.team, w.ngo, w.centre("AUEZOV-1"), w.district("AUEZOV"), state, w.lead.id, proposal)
	when := "48 hours"
	if slices.Contains([]string{"CLAIMED_DONE", "VERIFIED", "CANCELLED"}, state) {
		when = "-48 hours"
	}
	w.putShift(id, when, 4)
	return id
}

// putShift adds a shift that begins after a time, such as "48 hours" or "-1 hour", and lasts two hours.
func (w *world) putShift(task, in string, seats int) (id string) {
	id = postgres.NewID().String()
	w.exec(`insert into shifts (id, task_id, starts_at, ends_at, capacity, state, created_at)
		values ($1, $2, now() + $3::interval, now() + $3::interval + interval '2 hours', $4, 'PLANNED', now())`, id, task, in, seats)
	return id
}

// support adds a live support of the proposal, unless the role has given one already.
func (w *world) support(proposal, role string) {
	if role == "visitor" {
		return
	}
	w.exec(`insert into supports (id, proposal_id, person_id, given_at) values ($1, $2, $3, now()) on conflict do nothing`,
		postgres.NewID(), proposal, w.roles[role].id)
}

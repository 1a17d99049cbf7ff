package hub

import (
	"slices"
	"testing"

	"jastarhub/internal/grant"
	"jastarhub/internal/postgres"
)

// World is a city with somebody for every role of the state tables.
type World struct {
	*City
	Roles     map[string]*Caller
	OtherTeam string
	Reply     string // the centre that gets the proposals
}

// NewWorld makes one on a database of its own.
func NewWorld(t testing.TB) *World {
	t.Helper()
	w := &World{City: NewCity(t)}
	people := w.Crowd(6)
	w.Roles = map[string]*Caller{"visitor": w.Visitor(), "officer": w.Officer, "coordinator": w.Coordinator, "ngoLead": w.NgoLead,
		"lead": w.Lead, "stranger": people[0], "member": people[1], "insider": people[2], Elsewhere: people[3], "author": people[4],
		"person": people[5]}
	w.Enrol(w.Roles["member"], w.Team, "MEMBER")
	w.Enrol(w.Roles["insider"], w.Team, "MEMBER")
	w.Grant(w.Roles["insider"], grant.Coordinator, "AUEZOV-1")
	w.Grant(w.Roles[Elsewhere], grant.Coordinator, "MEDEU-1")
	ngo := w.PutNgo("ACTIVE")
	w.OtherTeam = w.NgoLead.Do("createTeam", Vars{"ngoId": ngo, "centreId": w.Centre("MEDEU-1"), "name": Vars{"en": "Others"}},
		"team { id }").Str("createTeam.team.id")
	w.Enrol(w.Roles[Elsewhere], w.OtherTeam, "LEAD")
	// The ngoLead of the tables leads only one NGO.
	w.Exec(`update grants set ended_at = now() where ngo_id = $1`, ngo)
	w.Exec(`update centres set state = 'OPEN' where code = 'AUEZOV-2'`)
	w.Reply = w.Centre("AUEZOV-2")
	return w
}

// PutNgo adds an NGO that the ngoLead leads.
func (w *World) PutNgo(state string) (id string) {
	id = postgres.NewID().String()
	w.Exec(`insert into ngos (id, name_kk, name_ru, name_en, language, focus, state, created_at)
		values ($1, 'Жаңа', '', '', 'KK', 'SPORT', $2, now() - interval '1 day')`, id, state)
	w.Grant(w.Roles["ngoLead"], grant.NgoLead, id)
	return id
}

// PutCentre adds a centre that the coordinator acts for.
func (w *World) PutCentre(state string) (id string) {
	id = postgres.NewID().String()
	w.Exec(`insert into centres (id, code, district_id, name_kk, name_ru, name_en, state)
		values ($1, $1::uuid::text, $2, 'Орталық', '', '', $3)`, id, w.District("MEDEU"), state)
	w.Grant(w.Roles["coordinator"], grant.Coordinator, id)
	return id
}

// PutSpecialDay puts a free weekday into the list, in place of an existing one.
func (w *World) PutSpecialDay(day string) (id string) {
	id = postgres.NewID().String()
	w.Exec(`delete from special_days where day = $1`, day)
	w.Exec(`insert into special_days (id, day, works, name_kk, name_ru, name_en) values ($1, $2, false, 'Мереке', '', '')`, id, day)
	return id
}

// PutMembership adds a membership of the person in the team, which has another member who leads.
func (w *World) PutMembership(state string) (id string) {
	id = postgres.NewID().String()
	w.Exec(`delete from memberships where person_id = $1`, w.Roles["person"].ID)
	w.Exec(`insert into memberships (id, team_id, person_id, role, state, created_at, expires_at, joined_at, ended_at)
		values ($1, $2, $3, 'MEMBER', $4::membership_state, now() - interval '1 day',
			case when $4 in ('REQUESTED', 'INVITED') then now() + interval '13 days' end,
			case when $4 in ('ACTIVE', 'LEFT', 'REMOVED') then now() - interval '2 hours' end,
			case when $4 not in ('REQUESTED', 'INVITED', 'ACTIVE') then now() - interval '1 hour' end)`,
		id, w.Team, w.Roles["person"].ID, state)
	return id
}

// PutProposal adds a proposal of the author, which the coordinator's centre answers.
func (w *World) PutProposal(state string) (id string) {
	id = postgres.NewID().String()
	into := any(nil)
	if state == "MERGED" {
		into = w.PutProposal("ACCEPTED")
	}
	w.Exec(`insert into proposals (id, district_id, centre_id, author_id, title, text, language, state, question, decline_reason,
			decline_words, created_at, updated_at, react_by, decide_by, asked_at, merged_into)
		values ($1, $2, $3, $4, 'Жаңа орындық', 'Саябаққа орындық керек.', 'KK', $5::proposal_state,
			case when $5 = 'NEEDS_INFO' then 'Қай жерде?' end, case when $5 = 'DECLINED' then 'OTHER'::decline_reason end,
			case when $5 = 'DECLINED' then 'Ақша жоқ, кешіріңіз.' end, now() - interval '1 day', now() - interval '1 day',
			now() + interval '6 days', ((now() at time zone 'Asia/Almaty')::date + 20 + time '23:59:59') at time zone 'Asia/Almaty', case when $5 = 'NEEDS_INFO' then now() end, $6::uuid)`,
		id, w.District("AUEZOV"), w.Centre("AUEZOV-1"), w.Roles["author"].ID, state, into)
	return id
}

// Asking lets a merged proposal ask the role where the support goes.
func (w *World) Asking(proposal, role string) {
	if role == "visitor" {
		return
	}
	w.Exec(`insert into merge_questions (id, proposal_id, into_id, person_id, asked_at) select $1, id, merged_into, $3, now()
		from proposals where id = $2 and state = 'MERGED' on conflict (proposal_id, person_id) do update set answered_at = null, moved = null`,
		postgres.NewID(), proposal, w.Roles[role].ID)
}

// PutTask adds a task of the team, with a shift of four seats: in the future, unless the task is over. Unless it is a draft, it
// came from the author's proposal.
func (w *World) PutTask(state string) (id string) {
	id = postgres.NewID().String()
	proposal := any(nil)
	if state != "DRAFT" {
		proposal = w.PutProposal("ACCEPTED")
	}
	w.Exec(`insert into tasks (id, team_id, ngo_id, centre_id, district_id, title, description, language, state, created_by,
			claimed_by, cancel_reason, created_at, updated_at, verified_at, proposal_id)
		values ($1, $2, $3, $4, $5, 'Арық тазалау', 'Қолғап алып келіңіз.', 'KK', $6::task_state, $7,
			case when $6 in ('CLAIMED_DONE', 'VERIFIED') then $7::uuid end, case when $6 = 'CANCELLED' then 'Жаңбыр.' end,
			now() - interval '1 day', now() - interval '1 day',
			case when $6 = 'VERIFIED' then now() - interval '1 day' end, $8::uuid)`,
		id, w.Team, w.Ngo, w.Centre("AUEZOV-1"), w.District("AUEZOV"), state, w.Lead.ID, proposal)
	when := "48 hours"
	if slices.Contains([]string{"CLAIMED_DONE", "VERIFIED", "CANCELLED"}, state) {
		when = "-48 hours"
	}
	w.PutShift(id, when, 4)
	return id
}

// PutShift adds a shift that begins after a time, such as "48 hours" or "-1 hour", and lasts two hours.
func (w *World) PutShift(task, in string, seats int) (id string) {
	id = postgres.NewID().String()
	w.Exec(`insert into shifts (id, task_id, starts_at, ends_at, capacity, state, created_at)
		values ($1, $2, now() + $3::interval, now() + $3::interval + interval '2 hours', $4, 'PLANNED', now())`, id, task, in, seats)
	return id
}

// Support adds a live support of the proposal, unless the role has given one already.
func (w *World) Support(proposal, role string) {
	if role == "visitor" {
		return
	}
	w.Exec(`insert into supports (id, proposal_id, person_id, given_at) values ($1, $2, $3, now()) on conflict do nothing`,
		postgres.NewID(), proposal, w.Roles[role].ID)
}

// MinorsAddress returns the address of a minor's account.
func (w *World) MinorsAddress() string { return w.Aged(w.Crowd(1)[0], 15).ID + "@example.org" }

// PutGrant gives somebody a role.
func (w *World) PutGrant(role string) (id string) {
	holder := w.Roles["person"]
	if role == "CONSULTANT" {
		w.Exec(`update grants set ended_at = now() where person_id = $1 and ended_at is null`, holder.ID)
		w.Grant(holder, grant.Consultant, "AUEZOV-1")
	} else {
		holder = w.Crowd(1)[0]
		w.Grant(holder, grant.Role(role), map[string]string{"NGO_LEAD": w.Ngo}[role])
	}
	return w.Text(`select id from grants where person_id = $1 and ended_at is null`, holder.ID)
}

// PutTeam adds a team of the NGO, which the lead runs, hosted by a centre where nobody of the tables coordinates.
func (w *World) PutTeam() (id string) {
	id = postgres.NewID().String()
	w.Exec(`insert into teams (id, ngo_id, name_kk, name_ru, name_en, language, created_at) values ($1, $2, 'Топ', '', '', 'KK', now())`, id, w.Ngo)
	w.Exec(`insert into hostings (id, team_id, centre_id, state, asked_at, started_at) values ($1, $2, $3, 'ACTIVE', now(), now())`,
		postgres.NewID(), id, w.Reply)
	return id
}

// Moving returns the input for moving a new team to the coordinator's centre.
func (w *World) Moving(string) Vars {
	team := w.PutTeam()
	w.Enrol(w.Lead, team, "LEAD")
	w.Enrol(w.Roles["member"], team, "MEMBER")
	return Vars{"teamId": team, "centreId": w.Centre("AUEZOV-1")}
}

// PutAsked adds a team that asks to move to the coordinator's centre.
func (w *World) PutAsked() (hosting string) {
	team := w.Moving("")["teamId"]
	hosting = postgres.NewID().String()
	w.Exec(`insert into hostings (id, team_id, centre_id, state, asked_at) values ($1, $2, $3, 'REQUESTED', now())`, hosting, team, w.Centre("AUEZOV-1"))
	return hosting
}

// Answering returns the input for the person's answer to the question of a new merged proposal.
func (w *World) Answering(string) Vars {
	id := w.PutProposal("MERGED")
	w.Asking(id, "person")
	return Vars{"proposalId": id, "move": true}
}

// OneMore adds a second shift to a task in the state.
func (w *World) OneMore(state string) string { return w.PutShift(w.PutTask(state), "60 hours", 5) }

const Elsewhere = "elsewhere" // leads a team and coordinates a centre, but not these

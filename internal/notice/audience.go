package notice

import (
	"github.com/google/uuid"

	"jastarhub/internal/postgres"
)

// Audience is the people who are told, selected by the statement that tells them.
type Audience struct {
	sql  string
	args []any
}

// People returns these people.
func People(ids ...uuid.UUID) Audience {
	return Audience{`select unnest(?::uuid[]) as id`, []any{postgres.IDs(ids)}}
}

// Followers returns those who made a proposal, or one that was merged into it, and those who support it now.
func Followers(proposal uuid.UUID) Audience {
	return Audience{followers(`?::uuid`), []any{proposal}}
}

// Coordinators returns the coordinators of a centre.
func Coordinators(centre uuid.UUID) Audience {
	return Audience{coordinators(`?`), []any{centre}}
}

// Leads returns the leads of a team; while it has none of its own, those of its NGO.
func Leads(team uuid.UUID) Audience {
	return Audience{LeadsOf(`?`), []any{team, team, team}}
}

// OnShift returns people whose sign-up for a shift is in one of the states.
func OnShift[S ~string](shift uuid.UUID, states ...S) Audience {
	return Audience{`select person_id from signups where shift_id = ? and state = any(?::signup_state[])`,
		[]any{shift, postgres.Strings(states)}}
}

// SignedUp returns the people who made the sign-ups.
func SignedUp(signups ...uuid.UUID) Audience {
	return Audience{`select person_id from signups where id = any(?)`, []any{postgres.IDs(signups)}}
}

// followers, coordinators and LeadsOf select the people of whatever a fragment of SQL names.

func followers(proposal string) string { return `select followers_of(` + proposal + `)` }

func coordinators(centre string) string {
	return `select person_id from grants where centre_id = ` + centre + ` and role = 'COORDINATOR' and ended_at is null`
}

// LeadsOf selects those who can lead a team: nobody who is suspended.
func LeadsOf(team string) string {
	own := `from memberships led join people l on l.id = led.person_id and l.suspended_id is null and l.erased_at is null
			where led.team_id = ` + team + ` and led.state = 'ACTIVE' and led.role = 'LEAD'`
	return `select l.id ` + own + `
		union all select l.id from grants given join people l on l.id = given.person_id and l.suspended_id is null and l.erased_at is null
			where given.role = 'NGO_LEAD' and given.ended_at is null and given.ngo_id = (select ngo_id from teams where id = ` + team + `)
				and not exists (select ` + own + `)`
}

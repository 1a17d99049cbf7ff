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

package hub

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"jastarhub/internal/postgres"
)

// Good is an input that is accepted, from somebody who may send it.
type Good struct {
	Who *Caller
	In  Vars
}

// SomePoint and SomeName are valid values.
var (
	SomePoint = Vars{"lat": 43.2, "lon": 76.9}
	SomeName  = Vars{"kk": "Таза", "ru": "Чисто", "en": "Clean"}
)

// In returns the time in some hours, as inputs have it.
func (h *Hub) In(hours int) string {
	return h.Present().Add(time.Duration(hours) * time.Hour).Truncate(time.Second).Format(time.RFC3339)
}

// PutSignup puts somebody on a shift.
func (w *World) PutSignup(who *Caller, shift, state string) (id string) {
	id = postgres.NewID().String()
	w.Exec(`insert into signups (id, shift_id, person_id, starts_at, ends_at, state, offer_expires_at, checked_in_at, checked_out_at,
			created_at, updated_at)
		select $1, id, $3, starts_at, ends_at, $4::signup_state, case when $4 = 'OFFERED' then now() + interval '1 hour' end,
			case when $4 in ('CHECKED_IN', 'COMPLETED') then starts_at end, case when $4 = 'COMPLETED' then ends_at end, now(), now()
		from shifts where id = $2`, id, shift, who.ID, state)
	return id
}

// Missing is a value for With: the part is taken out.
type Missing struct{}

// With returns the good value with one part replaced.
func With(good any, path []string, value any) any {
	if len(path) == 0 {
		return value
	}
	if list, ok := good.([]any); ok {
		changed := slices.Clone(list)
		i, _ := strconv.Atoi(path[0])
		changed[i] = With(changed[i], path[1:], value)
		return changed
	}
	changed := maps.Clone(good.(Vars))
	if _, gone := value.(Missing); gone && len(path) == 1 {
		delete(changed, path[0])
		return changed
	}
	changed[path[0]] = With(changed[path[0]], path[1:], value)
	return changed
}

package seed

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/history"
)

const day = 24 * time.Hour

// centre is a centre of the reference data, with its invented history.
type centre struct {
	ID         uuid.UUID `db:"id"`
	Code       string    `db:"code"`
	State      string    `db:"state"`
	DistrictID uuid.UUID `db:"district_id"`
	District   string    `db:"district"`

	venue       *venue
	coordinator *person
	from, until time.Time // the time in which it is open; until is zero while it is
}

func readCentres(ctx context.Context, tx *sqlx.Tx) ([]*centre, error) {
	var centres []*centre
	err := tx.SelectContext(ctx, &centres, `
select c.id, c.code, c.state, c.district_id, d.code as district
from centres c join districts d on d.id = c.district_id order by c.code`)
	return centres, err
}

// settleCentres opens and closes centres: those that open do so late in the record, with a team from the neighbour.
func (c *city) settleCentres() {
	for _, at := range c.centres {
		i := slices.IndexFunc(c.texts.where.Venues, func(v venue) bool { return v.Code == at.Code })
		if i < 0 {
			continue
		}
		at.venue = &c.texts.where.Venues[i]
		switch {
		case at.State == planned && at.venue.Opens:
			at.State, at.from = open, c.now.Add(-25*day)
		case at.State == open && at.venue.Closes:
			at.State, at.until = closed, c.now.Add(-40*day)
		}
	}
}

// stateCentres records who opened and closed centres.
func (c *city) stateCentres() {
	for _, at := range c.centres {
		trail := c.trail(at.ID)
		switch {
		case !at.until.IsZero():
			trail.state = open
			trail.step(at.until, "SET_CENTRE_STATE", closed, history.Officer, c.officer)
		case !at.from.IsZero():
			trail.state = planned
			trail.step(at.from, "SET_CENTRE_STATE", open, history.Officer, c.officer)
		}
	}
}

// hosts returns the centres that were open when the record began.
func (c *city) hosts() []*centre {
	return slices.DeleteFunc(slices.Clone(c.centres), func(at *centre) bool {
		return at.State == planned || !at.from.IsZero()
	})
}

// answering returns the open centres of a district that could be responsible for a proposal made at that time.
func (c *city) answering(district string, at time.Time) []*centre {
	return slices.DeleteFunc(slices.Clone(c.centres), func(x *centre) bool {
		return x.District != district || x.State != open || x.from.After(at)
	})
}

func (c *city) centre(code string) *centre {
	return c.centres[slices.IndexFunc(c.centres, func(at *centre) bool { return at.Code == code })]
}

// updateCentres stores what the demo invents, without overwriting anything that people have entered.
const updateCentres = `
update centres c set state = v.state, opened_on = coalesce(c.opened_on, v.opened_on), address = coalesce(c.address, v.address),
  lat = coalesce(c.lat, v.lat), lon = coalesce(c.lon, v.lon), capacity = coalesce(c.capacity, v.capacity),
  opening_hours = coalesce(c.opening_hours, v.hours)
from jsonb_to_recordset(cast($1 as jsonb)) as v(id uuid, state centre_state, opened_on date, address text, lat float8,
  lon float8, capacity integer, hours text)
where c.id = v.id`

func (c *city) writeCentres(ctx context.Context, tx *sqlx.Tx) error {
	var rows []map[string]any
	for _, at := range c.centres {
		if at.venue == nil {
			continue
		}
		row := map[string]any{"id": at.ID, "state": at.State, "address": at.venue.Address, "lat": at.venue.Lat,
			"lon": at.venue.Lon, "capacity": at.venue.Capacity, "hours": at.venue.Hours}
		if !at.from.IsZero() {
			row["opened_on"] = at.from.Format(time.DateOnly)
		}
		rows = append(rows, row)
	}
	document, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, updateCentres, string(document))
	return err
}

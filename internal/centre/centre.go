// Package centre is the city's districts and the youth community centres in them.
package centre

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/almaty"
	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/geo"
	"jastarhub/internal/lang"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
)

// District is one of Almaty's eight districts.
type District struct {
	ID   uuid.UUID `db:"id"`
	Code string    `db:"code"`
	lang.Text
}

// CentreState is whether a centre works.
type CentreState string

// The states.
const (
	Planned CentreState = "PLANNED"
	Open    CentreState = "OPEN"
	Closed  CentreState = "CLOSED"
)

// Centre is a youth community centre. Fields that are not published are nil.
type Centre struct {
	ID           uuid.UUID   `db:"id"`
	Code         string      `db:"code"`
	DistrictID   uuid.UUID   `db:"district_id"`
	State        CentreState `db:"state"`
	OpenedOn     *time.Time  `db:"opened_on"`
	Address      *string     `db:"address"`
	Capacity     *int        `db:"capacity"`
	OpeningHours *string     `db:"opening_hours"`
	lang.Text
	geo.Columns
}

// CentreConnection is a page of centres.
type CentreConnection = paging.Connection[Centre]

// CentreEdge is a centre with its place in a list.
type CentreEdge = paging.Edge[Centre]

// CentrePayload is what a mutation changed.
type CentrePayload struct{ Centre *Centre }

type SetCentreStatePayload = CentrePayload

// Order is the order of lists of centres.
var Order = paging.Order{Name: "centres-code", Key: paging.TextKey}

// SetCentreState is the only verb.
const SetCentreState rule.Verb = "SET_CENTRE_STATE"

// before lists the states from which a centre may enter a state.
var before = map[CentreState][]CentreState{
	Open:   {Planned, Closed},
	Closed: {Open},
}

// Actions returns what the actor may do to the centre: every state has a next one.
func (c *Centre) Actions(a *auth.Actor) []*rule.Action {
	return []*rule.Action{rule.For(SetCentreState, rule.OnlyOfficers(a))}
}

func (c *Centre) refuseInto(state CentreState) fault.Code {
	return fault.When(!slices.Contains(before[state], c.State), fault.WrongState)
}

// moveInto makes the move that refuseInto allowed. A centre is PLANNED until it opens for the first time; that day, in Almaty, is
// kept for good. For older centres the day is unknown, and a reopening does not set it.
func (c *Centre) moveInto(state CentreState, now time.Time) {
	if c.State == Planned {
		year, month, day := now.In(almaty.Zone).Date()
		opened := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
		c.OpenedOn = &opened
	}
	c.State = state
}

// Package ngo is the youth NGOs.
package ngo

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/lang"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
)

// Focus is what an NGO works for.
type Focus string

// NgoState is whether an NGO works.
type NgoState string

// The states.
const (
	Forming   NgoState = "FORMING"
	Active    NgoState = "ACTIVE"
	Suspended NgoState = "SUSPENDED"
	Archived  NgoState = "ARCHIVED"
)

// Working reports whether the teams of an NGO in the state may post and open anything; if not, the refusal is NGO_NOT_WORKING.
func Working(state NgoState) bool { return state == Forming || state == Active }

// Ngo is a youth NGO.
type Ngo struct {
	ID        uuid.UUID     `db:"id"`
	Mission   *string       `db:"mission"`
	Language  lang.Language `db:"language"`
	Focus     Focus         `db:"focus"`
	State     NgoState      `db:"state"`
	BIN       *string       `db:"bin"` // nil until it is registered
	CreatedAt time.Time     `db:"created_at"`
	HiddenID  uuid.NullUUID `db:"hidden_id"` // the decision by which it is hidden
	lang.Text
}

// NgoConnection is a page of NGOs.
type NgoConnection = paging.Connection[Ngo]

// NgoEdge is an NGO with its place in a list.
type NgoEdge = paging.Edge[Ngo]

// NgoPayload is what a mutation changed.
type NgoPayload struct{ Ngo *Ngo }

type (
	CreateNgoPayload   = NgoPayload
	SetNgoStatePayload = NgoPayload
	UpdateNgoPayload   = NgoPayload
)

// Order is the order of lists of NGOs.
var Order = paging.Order{Name: "ngos-newest"}

// The verbs.
const (
	CreateNgo   rule.Verb = "CREATE_NGO"
	UpdateNgo   rule.Verb = "UPDATE_NGO"
	SetNgoState rule.Verb = "SET_NGO_STATE"
)

var verbs = []rule.Verb{UpdateNgo, SetNgoState}

var states = rule.States[NgoState]{
	UpdateNgo:   {Forming, Active, Suspended},
	SetNgoState: {Forming, Active, Suspended},
}

// before lists the states from which an NGO may enter a state.
var before = map[NgoState][]NgoState{
	Active:    {Forming, Suspended},
	Suspended: {Active},
	Archived:  {Forming, Active, Suspended},
}

// Visible reports whether the actor may see the NGO: everybody may, unless it is hidden.
func (n *Ngo) Visible(a *auth.Actor) bool {
	return !n.HiddenID.Valid || a.LeadsNgo(n.ID) || a.IsOfficer()
}

// refuse returns why the actor may not do this now.
func (n *Ngo) refuse(verb rule.Verb, a *auth.Actor) fault.Code {
	leads := func(a *auth.Actor) bool { return a.IsOfficer() || a.LeadsNgo(n.ID) }
	refused := rule.OnlyFor(a, leads, fault.NotYourNgo)
	if verb == SetNgoState {
		refused = rule.OnlyOfficers(a)
	}
	return rule.SignedIn(a != nil, cmp.Or(refused, states.Refuse(verb, n.State)))
}

func (n *Ngo) refuseInto(state NgoState) fault.Code {
	return fault.When(!slices.Contains(before[state], n.State), fault.WrongState)
}

// Actions returns what the actor may do to the NGO now.
func (n *Ngo) Actions(a *auth.Actor) []*rule.Action {
	actions := make([]*rule.Action, len(verbs))
	for i, verb := range verbs {
		actions[i] = rule.For(verb, n.refuse(verb, a))
	}
	return actions
}

// actingAs returns the role in which the actor did what refuse allowed.
func (n *Ngo) actingAs(verb rule.Verb, a *auth.Actor) history.ActingAs {
	if verb == UpdateNgo && a.LeadsNgo(n.ID) {
		return history.Lead
	}
	return history.Officer
}

// The weights of a BIN's digits; the second row applies where the first gives ten.
var weights = [2][11]int{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, {3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2}}

// validBIN reports whether the text is 12 digits, the last of which is the check digit.
func validBIN(text string) bool {
	if len(text) != 12 || slices.ContainsFunc([]byte(text), func(b byte) bool { return b < '0' || b > '9' }) {
		return false
	}
	for _, weight := range weights {
		sum := 0
		for i, w := range weight {
			sum += w * int(text[i]-'0')
		}
		if rest := sum % 11; rest < 10 {
			return rest == int(text[11]-'0')
		}
	}
	return false
}

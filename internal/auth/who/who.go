// Package who has actors for the tests of rules: one in each relation to a person, a team, its NGO and a centre.
package who

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
)

// What the actors are to: a rule's object is given these ids.
var Person, Team, Ngo, Centre = uuid.New(), uuid.New(), uuid.New(), uuid.New()

// Actor names one of the actors.
type Actor string

// The actors.
const (
	Visitor     Actor = "a visitor"
	Anyone      Actor = "anyone signed in"
	Owner       Actor = "the person"
	Member      Actor = "a member of the team"
	Lead        Actor = "a lead of the team"
	NgoLead     Actor = "a lead of the NGO"
	Coordinator Actor = "a coordinator of the centre"
	Officer     Actor = "an officer"
	Elsewhere   Actor = "a member, lead and coordinator of others"
	Waiting     Actor = "a coordinator of the centre and officer, without a second factor"
)

var actors = []struct {
	name  Actor
	actor *auth.Actor
}{
	{Visitor, nil},
	{Anyone, &auth.Actor{PersonID: uuid.New()}},
	{Owner, &auth.Actor{PersonID: Person}},
	{Member, &auth.Actor{PersonID: uuid.New(), Teams: []uuid.UUID{Team}}},
	{Lead, &auth.Actor{PersonID: uuid.New(), Teams: []uuid.UUID{Team}, Leads: []uuid.UUID{Team}}},
	{NgoLead, &auth.Actor{PersonID: uuid.New(), Ngos: []uuid.UUID{Ngo}}},
	{Coordinator, &auth.Actor{PersonID: uuid.New(), Centres: []uuid.UUID{Centre}}},
	{Officer, &auth.Actor{PersonID: uuid.New(), Officer: true}},
	{Elsewhere, &auth.Actor{PersonID: uuid.New(), Teams: []uuid.UUID{uuid.New()}, Leads: []uuid.UUID{uuid.New()},
		Ngos: []uuid.UUID{uuid.New()}, Centres: []uuid.UUID{uuid.New()}}},
	{Waiting, &auth.Actor{PersonID: uuid.New(), Waiting: &auth.Actor{Officer: true, Centres: []uuid.UUID{Centre}}}},
}

// Get returns a copy of an actor, which a test may change.
func (name Actor) Get() *auth.Actor {
	for _, a := range actors {
		if a.name == name && a.actor != nil {
			actor := *a.actor
			actor.Teams, actor.Leads, actor.Ngos, actor.Centres = slices.Clone(actor.Teams), slices.Clone(actor.Leads), slices.Clone(actor.Ngos), slices.Clone(actor.Centres)
			return &actor
		}
	}
	return nil
}

// All returns all the actors.
func All() []Actor {
	all := make([]Actor, len(actors))
	for i, a := range actors {
		all[i] = a.name
	}
	return all
}

// Only checks that these actors may, and no others.
func Only(t *testing.T, what string, may func(*auth.Actor) bool, who ...Actor) {
	t.Helper()
	known(t, what, who...)
	for _, a := range actors {
		if got, want := may(a.actor), slices.Contains(who, a.name); got != want {
			t.Errorf("%s: %s: %v, want %v", what, a.name, got, want)
		}
	}
}

// Everyone is all the actors that a row of Codes does not name.
const Everyone Actor = "everyone else"

// Codes checks with which code each actor is refused; "" is for those who may.
func Codes(t *testing.T, what string, refuse func(*auth.Actor) fault.Code, codes map[Actor]fault.Code) {
	t.Helper()
	if _, named := codes[Everyone]; !named && len(codes) < len(actors) {
		t.Errorf("%s: the row says nothing of some actors: name %s too", what, Everyone)
	}
	known(t, what, slices.DeleteFunc(slices.Sorted(maps.Keys(codes)), func(name Actor) bool { return name == Everyone })...)
	for _, a := range actors {
		want, named := codes[a.name]
		if !named {
			want = codes[Everyone]
		}
		if got := refuse(a.actor); got != want {
			t.Errorf("%s: %s: %q, want %q", what, a.name, got, want)
		}
	}
}

// known checks that these are actors.
func known(t *testing.T, what string, who ...Actor) {
	t.Helper()
	for _, name := range who {
		if !slices.Contains(All(), name) {
			t.Errorf("%s: there is no actor %q", what, name)
		}
	}
}

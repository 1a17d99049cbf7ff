// Package rule has the vocabulary for what may be done to objects now. A rule is a pure function that returns the code of its
// refusal, or "" where it allows; use-cases and availableActions call the same functions.
package rule

import (
	"cmp"
	"slices"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
)

// Verb is a mutation, named as in availableActions and in the history.
type Verb string

// Action is what the viewer may, or may not, do to an object now.
type Action struct {
	Action Verb
	Reason *fault.Code // why not; nil where allowed
}

// Allowed reports whether the mutation would be accepted, as things are.
func (a Action) Allowed() bool { return a.Reason == nil }

// For returns the action with the first of the refusals that is not "": they are listed in the order in which they take
// precedence.
func For(verb Verb, refusals ...fault.Code) *Action {
	if code := cmp.Or(refusals...); code != "" {
		return &Action{Action: verb, Reason: &code}
	}
	return &Action{Action: verb}
}

// OnlyFor returns the code if the actor is not one of those; SECOND_FACTOR_MISSING if the actor would be one of them with a
// second factor.
func OnlyFor(a *auth.Actor, those func(*auth.Actor) bool, code fault.Code) fault.Code {
	switch full := a.WithSecondFactor(); {
	case those(a):
		return ""
	case full != nil && those(full):
		return fault.SecondFactorMissing
	}
	return code
}

// OnlyOfficers refuses everybody but those who act for the city.
func OnlyOfficers(a *auth.Actor) fault.Code {
	return SignedIn(a != nil, OnlyFor(a, (*auth.Actor).IsOfficer, fault.NotOfficer))
}

// SignedIn refuses visitors, and others as the given rule says.
func SignedIn(signedIn bool, otherwise fault.Code) fault.Code {
	if !signedIn {
		return fault.Unauthenticated
	}
	return otherwise
}

// States is a state table: the states from which each verb moves an object.
type States[S comparable] map[Verb][]S

// Refuse returns WRONG_STATE where the verb does not move an object from the state.
func (t States[S]) Refuse(verb Verb, from S) fault.Code {
	return fault.When(!slices.Contains(t[verb], from), fault.WrongState)
}

// Package rule holds the words in which nouns say what may be done to them now. A rule is a pure function that gives
// the code of its refusal, or "" where it allows; use-cases and availableActions ask the same functions.
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

// Allowed reports whether the mutation would be taken, as things stand.
func (a Action) Allowed() bool { return a.Reason == nil }

// For is the action with the first of the refusals that is not "": the order is that in which they are told.
func For(verb Verb, refusals ...fault.Code) *Action {
	if code := cmp.Or(refusals...); code != "" {
		return &Action{Action: verb, Reason: &code}
	}
	return &Action{Action: verb}
}

// Unless is the code where the condition does not hold.
func Unless(ok bool, code fault.Code) fault.Code {
	if ok {
		return ""
	}
	return code
}

// OnlyFor is the code where the actor is none of those; SECOND_FACTOR_MISSING where the actor would be, with a second factor.
func OnlyFor(a *auth.Actor, those func(*auth.Actor) bool, code fault.Code) fault.Code {
	switch full := a.WithSecondFactor(); {
	case those(a):
		return ""
	case full != nil && those(full):
		return fault.SecondFactorMissing
	}
	return code
}

// SignedIn refuses visitors, and others as the given rule says.
func SignedIn(signedIn bool, otherwise fault.Code) fault.Code {
	if !signedIn {
		return fault.Unauthenticated
	}
	return otherwise
}

// States is a state table: from which states a verb moves an object.
type States[S comparable] map[Verb][]S

// Refuse gives WRONG_STATE where the verb does not move an object from the state.
func (t States[S]) Refuse(verb Verb, from S) fault.Code {
	return Unless(slices.Contains(t[verb], from), fault.WrongState)
}

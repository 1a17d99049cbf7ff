package task

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
	"jastarhub/internal/ngo"
	"jastarhub/internal/rule"
	"jastarhub/internal/shift"
	"jastarhub/internal/work"
)

var now = time.Date(2026, 5, 9, 5, 0, 0, 0, time.UTC)

func some(id uuid.UUID) uuid.NullUUID { return uuid.NullUUID{UUID: id, Valid: true} }

// in returns a task with nothing wrong, proposed by the person.
func in(state TaskState) *Task {
	soon, just := now.Add(time.Nanosecond), now.Add(-time.Nanosecond)
	return &Task{TeamID: who.Team, NgoID: who.Ngo, CentreID: who.Centre, NgoState: ngo.Active, State: state, WorkClass: work.Light,
		LastShiftAt: &soon, VerifiedAt: &just, ProposerID: some(who.Person)}
}

func TestWhoSeesATask(t *testing.T) {
	overseers := []who.Actor{who.Lead, who.NgoLead, who.Coordinator, who.Officer}
	for _, state := range []TaskState{Open, InProgress, ClaimedDone, Verified, Cancelled} {
		who.Only(t, string(state), in(state).Visible, who.All()...)
		hidden := in(state)
		hidden.HiddenID = some(uuid.New())
		who.Only(t, string(state)+", hidden", hidden.Visible, overseers...)
	}
	who.Only(t, "DRAFT", in(Draft).Visible, overseers...)
}

// moves are the states from which each verb is possible.
var moves = map[rule.Verb][]TaskState{
	UpdateTask:     {Draft, Open, InProgress},
	OpenTask:       {Draft},
	StartTask:      {Open},
	ClaimDone:      {InProgress},
	VerifyTask:     {ClaimedDone},
	SendBack:       {ClaimedDone},
	DisputeResult:  {Verified},
	CancelTask:     {Draft, Open, InProgress},
	shift.AddShift: {Draft, Open, InProgress},
	PostProgress:   {Open, InProgress, ClaimedDone},
}

func TestStatesOfATask(t *testing.T) {
	if len(moves) != len(verbs) {
		t.Errorf("%d verbs in the table, %d in the code", len(moves), len(verbs))
	}
	byAll := who.Lead.Get()
	byAll.PersonID = who.Person // who proposed it leads the team
	for verb, from := range moves {
		actor := byAll
		if verb == VerifyTask || verb == SendBack {
			actor = who.Coordinator.Get()
		}
		for _, state := range []TaskState{Draft, Open, InProgress, ClaimedDone, Verified, Cancelled} {
			want := fault.When(!slices.Contains(from, state), fault.WrongState)
			if got := in(state).Refuse(verb, actor, now); got != want {
				t.Errorf("%s from %s: %q, want %q", verb, state, got, want)
			}
		}
	}
}

// TestWhoMovesATask: its team's leads, and the host centre where the team must not decide alone.
func TestWhoMovesATask(t *testing.T) {
	byLead := map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Lead: "", who.NgoLead: "", who.Everyone: fault.NotLead}
	byCentre := map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Coordinator: "", who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre}
	byEither := map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Lead: "", who.NgoLead: "", who.Coordinator: "", who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotLead}
	byProposer := map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Owner: "", who.Everyone: fault.NotYours}
	for verb, codes := range map[rule.Verb]map[who.Actor]fault.Code{
		UpdateTask: byLead, OpenTask: byLead, StartTask: byLead, ClaimDone: byLead, shift.AddShift: byLead, PostProgress: byLead,
		VerifyTask: byCentre, SendBack: byCentre, CancelTask: byEither, DisputeResult: byProposer,
	} {
		state := moves[verb][0]
		who.Codes(t, string(verb), func(a *auth.Actor) fault.Code { return in(state).Refuse(verb, a, now) }, codes)
	}
}

// TestTwoPairsOfEyes: a coordinator who belongs to the team, leads its NGO, or claimed it done before leaving, does not verify it.
func TestTwoPairsOfEyes(t *testing.T) {
	for name, change := range map[string]func(*Task, *auth.Actor){
		"a member":       func(_ *Task, a *auth.Actor) { a.Teams = []uuid.UUID{who.Team} },
		"a lead of NGO":  func(_ *Task, a *auth.Actor) { a.Ngos = []uuid.UUID{who.Ngo} },
		"who claimed it": func(t *Task, a *auth.Actor) { t.ClaimedBy = some(a.PersonID) },
	} {
		for _, verb := range []rule.Verb{VerifyTask, SendBack} {
			claimed, coordinator := in(ClaimedDone), who.Coordinator.Get()
			change(claimed, coordinator)
			if got := claimed.Refuse(verb, coordinator, now); got != fault.OwnTeam {
				t.Errorf("%s by %s: %q", verb, name, got)
			}
		}
	}
}

// TestOpening: the NGO works, the age fits the class of work, and there is an upcoming shift.
func TestOpening(t *testing.T) {
	sixteen := 16
	for _, c := range []struct {
		name   string
		change func(*Task)
		want   fault.Code
	}{
		{"as it is", func(*Task) {}, ""},
		{"its NGO is forming", func(t *Task) { t.NgoState = ngo.Forming }, ""},
		{"its NGO is suspended", func(t *Task) { t.NgoState = ngo.Suspended }, fault.NgoNotWorking},
		{"its NGO is archived", func(t *Task) { t.NgoState = ngo.Archived }, fault.NgoNotWorking},
		{"heavy work from 16", func(t *Task) { t.WorkClass, t.MinAge = work.Heavy, &sixteen }, fault.Contradiction},
		{"light work from 16", func(t *Task) { t.MinAge = &sixteen }, ""},
		{"no shift", func(t *Task) { t.LastShiftAt = nil }, fault.NoFutureShift},
		{"the last shift begins now", func(t *Task) { t.LastShiftAt = &now }, fault.NoFutureShift},
	} {
		draft := in(Draft)
		c.change(draft)
		if got := draft.Refuse(OpenTask, who.Lead.Get(), now); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAResultIsDisputedWithinFourteenDays(t *testing.T) {
	for at, want := range map[time.Time]fault.Code{now.AddDate(0, 0, 14).Add(-time.Nanosecond): "", now.AddDate(0, 0, 14): fault.TooLate} {
		verified := in(Verified)
		verified.VerifiedAt = &now
		if got := verified.Refuse(DisputeResult, who.Owner.Get(), at); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}

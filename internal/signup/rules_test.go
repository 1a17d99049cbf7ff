package signup

import (
	"bytes"
	"encoding/base64"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
	"jastarhub/internal/rule"
	"jastarhub/internal/secret"
	"jastarhub/internal/work"
)

const moment = time.Nanosecond

var (
	start     = time.Date(2026, 5, 9, 5, 0, 0, 0, time.UTC)
	ended     = start.Add(3 * time.Hour)
	dayBefore = start.AddDate(0, 0, -1)
)

// born returns when somebody was born who is so old on the day of the shift.
func born(years int) time.Time { return time.Date(2026-years, 5, 9, 0, 0, 0, 0, time.UTC) }

// slot returns a shift with a free seat, of an open task.
func slot() Slot {
	return Slot{ID: uuid.New(), TeamID: who.Team, NgoID: who.Ngo, CentreID: who.Centre, StartsAt: start, EndsAt: ended, Capacity: 2, Taken: 1,
		WorkClass: work.Light, Planned: true, TaskOpen: true}
}

func on(state SignupState) *Signup {
	return &Signup{PersonID: who.Person, State: state, OfferExpiresAt: &ended, Slot: slot()}
}

// owner returns the person, who is of age.
func owner() *auth.Actor {
	a := who.Owner.Get()
	a.BirthDate = born(18)
	return a
}

func hide(s *Slot) { s.HiddenID = uuid.NullUUID{UUID: uuid.New(), Valid: true} }

func TestWhoSeesAShift(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Slot)
		who    []who.Actor
	}{
		"a shift":        {func(*Slot) {}, who.All()},
		"of a draft":     {func(s *Slot) { s.TaskDraft = true }, []who.Actor{who.Lead, who.NgoLead, who.Coordinator, who.Officer}},
		"a hidden shift": {hide, []who.Actor{who.Lead, who.NgoLead, who.Coordinator, who.Officer}},
	} {
		s := slot()
		c.change(&s)
		who.Only(t, name, s.Visible, c.who...)
	}
}

func TestWhoSeesASignup(t *testing.T) {
	who.Only(t, "a sign-up", on(Confirmed).Visible, who.Owner, who.Lead, who.NgoLead, who.Coordinator, who.Officer)
}

// TestSigningUp: anyone signed in, while the task is open and the shift has not begun; where no seat is free they wait.
func TestSigningUp(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Slot)
		facts  Facts
		at     time.Time
		want   fault.Code
	}{
		{"the day before", nil, Facts{}, dayBefore, ""},
		{"full", func(s *Slot) { s.Taken = s.Capacity }, Facts{}, dayBefore, ""},
		{"just before the start", nil, Facts{}, start.Add(-moment), ""},
		{"at the start", nil, Facts{}, start, fault.SignupClosed},
		{"begun, as the worker has seen", func(s *Slot) { s.Begun = true }, Facts{}, dayBefore, fault.SignupClosed},
		{"cancelled", func(s *Slot) { s.Planned = false }, Facts{}, dayBefore, fault.SignupClosed},
		{"of a task that is not open", func(s *Slot) { s.TaskOpen = false }, Facts{}, dayBefore, fault.SignupClosed},
		{"hidden", hide, Facts{}, dayBefore, fault.SignupClosed},
		{"signed up already", nil, Facts{Live: true, Clash: true}, dayBefore, fault.AlreadySignedUp},
		{"confirmed elsewhere at the time", nil, Facts{Clash: true}, dayBefore, fault.Clash},
		{"too young, and confirmed elsewhere", func(s *Slot) { s.MinAge = new(19) }, Facts{Clash: true}, dayBefore, fault.TooYoung},
	} {
		s := slot()
		if c.change != nil {
			c.change(&s)
		}
		if got := s.refuseSignUp(owner(), c.facts, c.at); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if got := s.refuseSignUp(nil, c.facts, c.at); got != fault.Unauthenticated {
			t.Errorf("%s, a visitor: %q", c.name, got)
		}
	}
}

// TestAges are those on the day of the shift: the law closes some work to minors, the task may want older people, and below the
// consent age a guardian must have consented.
func TestAges(t *testing.T) {
	for _, c := range []struct {
		name      string
		birth     time.Time
		class     work.WorkClass
		minAge    *int
		consented bool
		want      fault.Code
	}{
		{"18 that day, heavy work", born(18), work.Heavy, nil, false, ""},
		{"18 a day later, heavy work", born(18).AddDate(0, 0, 1), work.Heavy, nil, true, fault.WorkForbidden},
		{"17, light work", born(17), work.Light, nil, false, ""},
		{"as old as the task wants", born(17), work.Light, new(17), false, ""},
		{"a day younger than the task wants", born(17).AddDate(0, 0, 1), work.Light, new(17), false, fault.TooYoung},
		{"of the consent age", born(16), work.Light, nil, false, ""},
		{"a day below the consent age", born(16).AddDate(0, 0, 1), work.Light, nil, false, fault.ConsentMissing},
		{"below the consent age, with consent", born(15), work.Light, nil, true, ""},
		{"young for the law, the task and without consent", born(15), work.Heavy, new(18), false, fault.WorkForbidden},
		{"young for the task and without consent", born(15), work.Light, new(16), false, fault.TooYoung},
	} {
		s := slot()
		s.WorkClass, s.MinAge = c.class, c.minAge
		if got := s.refuseAge(c.birth, Facts{Consented: c.consented, ConsentAge: 16}); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// moves are the states from which each verb is possible, at a time that suits it.
var moves = map[rule.Verb]struct {
	from []SignupState
	at   time.Time
}{
	AcceptOffer:       {[]SignupState{Offered}, dayBefore},
	DeclineOffer:      {[]SignupState{Offered}, dayBefore},
	CancelSignup:      {[]SignupState{Waitlisted, Offered, Confirmed}, dayBefore},
	CheckIn:           {[]SignupState{Confirmed}, start},
	CheckInWithCode:   {[]SignupState{Confirmed}, start},
	CheckOut:          {[]SignupState{CheckedIn}, ended},
	MarkNoShow:        {[]SignupState{Confirmed}, ended},
	CorrectAttendance: {[]SignupState{CheckedIn, Completed, NoShow}, ended},
}

func TestStatesOfASignup(t *testing.T) {
	if len(moves) != len(verbs) {
		t.Errorf("%d verbs in the table, %d in the code", len(moves), len(verbs))
	}
	byAll := owner()
	byAll.Leads = []uuid.UUID{who.Team}
	for verb, move := range moves {
		for _, state := range []SignupState{Waitlisted, Offered, Confirmed, CheckedIn, Completed, NoShow, Cancelled, Expired} {
			want := fault.When(!slices.Contains(move.from, state), fault.WrongState)
			if got := on(state).refuse(verb, byAll, Facts{}, move.at); got != want {
				t.Errorf("%s from %s: %q, want %q", verb, state, got, want)
			}
		}
	}
}

func TestWhoMovesASignup(t *testing.T) {
	byPerson := map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Owner: "", who.Everyone: fault.NotYours}
	byLead := map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Lead: "", who.NgoLead: "", who.Everyone: fault.NotLead}
	byEither := map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Owner: "", who.Lead: "", who.NgoLead: "", who.Everyone: fault.NotLead}
	for verb, codes := range map[rule.Verb]map[who.Actor]fault.Code{
		AcceptOffer: byPerson, DeclineOffer: byPerson, CancelSignup: byPerson, CheckInWithCode: byPerson,
		CheckIn: byLead, MarkNoShow: byLead, CorrectAttendance: byLead, CheckOut: byEither,
	} {
		who.Codes(t, string(verb), func(a *auth.Actor) fault.Code {
			if a != nil {
				ofAge := *a
				ofAge.BirthDate = born(18)
				a = &ofAge
			}
			return on(moves[verb].from[0]).refuse(verb, a, Facts{}, moves[verb].at)
		}, codes)
	}
}

// TestWhenASignupMoves has the last moment at which each verb is possible, and the first at which it is not, and the other way
// round.
func TestWhenASignupMoves(t *testing.T) {
	byAll := owner()
	byAll.Leads = []uuid.UUID{who.Team}
	const twoHours, day, week = 2 * time.Hour, 24 * time.Hour, 7 * 24 * time.Hour
	for _, c := range []struct {
		verb rule.Verb
		at   time.Time
		want fault.Code
	}{
		{CancelSignup, start.Add(-moment), ""},
		{CancelSignup, start, fault.SignupClosed},
		{CheckIn, start.Add(-twoHours - moment), fault.TooEarly},
		{CheckIn, start.Add(-twoHours), ""},
		{CheckIn, ended.Add(day - moment), ""},
		{CheckIn, ended.Add(day), fault.TooLate},
		{CheckInWithCode, start.Add(-twoHours - moment), fault.TooEarly},
		{CheckInWithCode, start.Add(-twoHours), ""},
		{CheckInWithCode, ended.Add(day - moment), ""},
		{CheckInWithCode, ended.Add(day), fault.TooLate},
		{CheckOut, start.Add(-moment), fault.TooEarly},
		{CheckOut, start, ""},
		{MarkNoShow, start.Add(-moment), fault.TooEarly},
		{MarkNoShow, start, ""},
		{CorrectAttendance, ended.Add(week - moment), ""},
		{CorrectAttendance, ended.Add(week), fault.TooLate},
	} {
		if got := on(moves[c.verb].from[0]).refuse(c.verb, byAll, Facts{}, c.at); got != c.want {
			t.Errorf("%s at %s: %q, want %q", c.verb, c.at, got, c.want)
		}
	}
}

// TestAnsweringAnOffer: until it expires; it is accepted only where the person may come then, and declined always.
func TestAnsweringAnOffer(t *testing.T) {
	expires := start.Add(-time.Hour)
	for _, c := range []struct {
		name             string
		change           func(*Signup)
		facts            Facts
		at               time.Time
		accept, declined fault.Code
	}{
		{"in time", nil, Facts{}, expires.Add(-moment), "", ""},
		{"too late", nil, Facts{}, expires, fault.OfferExpired, fault.OfferExpired},
		{"the shift is cancelled", func(g *Signup) { g.Slot.Planned = false }, Facts{}, dayBefore, fault.SignupClosed, ""},
		{"the task is not open", func(g *Signup) { g.Slot.TaskOpen = false }, Facts{}, dayBefore, fault.SignupClosed, ""},
		{"the shift is hidden", func(g *Signup) { hide(&g.Slot) }, Facts{}, dayBefore, fault.SignupClosed, ""},
		{"the shift has begun", func(g *Signup) { g.OfferExpiresAt = &ended }, Facts{}, start, fault.SignupClosed, ""},
		{"confirmed elsewhere at the time", nil, Facts{Clash: true}, dayBefore, fault.Clash, ""},
		{"too young", func(g *Signup) { g.Slot.MinAge = new(19) }, Facts{Clash: true}, dayBefore, fault.TooYoung, ""},
		{"without consent", nil, Facts{ConsentAge: 19}, dayBefore, fault.ConsentMissing, ""},
	} {
		g := on(Offered)
		g.OfferExpiresAt = &expires
		if c.change != nil {
			c.change(g)
		}
		if got := g.refuse(AcceptOffer, owner(), c.facts, c.at); got != c.accept {
			t.Errorf("%s: accepting: %q, want %q", c.name, got, c.accept)
		}
		if got := g.refuse(DeclineOffer, owner(), c.facts, c.at); got != c.declined {
			t.Errorf("%s: declining: %q, want %q", c.name, got, c.declined)
		}
	}
}

// TestTheLastTwoHours: nothing is offered then; the first of those who wait to accept has the free seat.
func TestTheLastTwoHours(t *testing.T) {
	lastHours := start.Add(-2 * time.Hour)
	for _, c := range []struct {
		name   string
		state  SignupState
		change func(*Slot)
		facts  Facts
		at     time.Time
		want   fault.Code
	}{
		{"just before them", Waitlisted, nil, Facts{}, lastHours.Add(-moment), fault.WrongState},
		{"when they begin", Waitlisted, nil, Facts{}, lastHours, ""},
		{"just before the start", Waitlisted, nil, Facts{}, start.Add(-moment), ""},
		{"at the start", Waitlisted, nil, Facts{}, start, fault.SignupClosed},
		{"begun, as the worker has seen", Waitlisted, func(s *Slot) { s.Begun = true }, Facts{}, dayBefore, fault.SignupClosed},
		{"no seat", Waitlisted, func(s *Slot) { s.Taken = s.Capacity }, Facts{}, lastHours, fault.ShiftFull},
		{"more taken than there are", Waitlisted, func(s *Slot) { s.Taken = s.Capacity + 1 }, Facts{}, lastHours, fault.ShiftFull},
		{"cancelled", Waitlisted, func(s *Slot) { s.Planned = false }, Facts{}, lastHours, fault.SignupClosed},
		{"cancelled the day before", Waitlisted, func(s *Slot) { s.Planned = false }, Facts{}, dayBefore, fault.SignupClosed},
		{"confirmed elsewhere at the time", Waitlisted, nil, Facts{Clash: true}, lastHours, fault.Clash},
		{"too young", Waitlisted, func(s *Slot) { s.MinAge = new(19) }, Facts{}, lastHours, fault.TooYoung},
		{"who has a seat", Confirmed, nil, Facts{}, lastHours, fault.WrongState},
	} {
		g := on(c.state)
		if c.change != nil {
			c.change(&g.Slot)
		}
		if got := g.refuse(AcceptOffer, owner(), c.facts, c.at); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	full := on(Waitlisted)
	full.Slot.Taken = full.Slot.Capacity
	if got := full.refuse(DeclineOffer, owner(), Facts{}, lastHours); got != fault.WrongState {
		t.Errorf("nothing was offered, and declining it is %q", got)
	}
}

// TestAttendanceIsKnownAfterwards: absence cannot be known before the start, nor completion before the end.
func TestAttendanceIsKnownAfterwards(t *testing.T) {
	for _, c := range []struct {
		state SignupState
		at    time.Time
		want  fault.Code
	}{
		{NoShow, start.Add(-moment), fault.TooEarly},
		{NoShow, start, ""},
		{Completed, ended.Add(-moment), fault.TooEarly},
		{Completed, ended, ""},
		{CheckedIn, dayBefore, ""},
		{Confirmed, dayBefore, ""},
	} {
		if got := on(c.state).refuseEarly(c.at); got != c.want {
			t.Errorf("%s at %s: %q, want %q", c.state, c.at, got, c.want)
		}
	}
}

// TestTheCodeOfAShift is right for as long as it is shown and for the time of the next one, at its shift alone, however it is typed.
func TestTheCodeOfAShift(t *testing.T) {
	key, err := secret.Parse(base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	s, shift, shown := &Service{Key: key}, uuid.New(), start.Truncate(codeStep)
	code := s.CodeFor(shift, shown)
	for _, c := range []struct {
		name  string
		shift uuid.UUID
		code  string
		at    time.Time
		want  bool
	}{
		{"as it begins to be shown", shift, code, shown, true},
		{"typed in small letters and with spaces", shift, " " + string(bytes.ToLower([]byte(code))) + " ", shown, true},
		{"just before the one after the next is shown", shift, code, shown.Add(2*codeStep - moment), true},
		{"when that is shown", shift, code, shown.Add(2 * codeStep), false},
		{"before it is shown", shift, code, shown.Add(-moment), false},
		{"of another shift", uuid.New(), code, shown, false},
		{"none", shift, "", shown, false},
	} {
		if got := s.right(c.shift, c.code, c.at); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

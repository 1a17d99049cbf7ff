package ngo

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/lang"
	"jastarhub/internal/rule"
)

var allStates = []NgoState{Forming, Active, Suspended, Archived}

func TestStates(t *testing.T) {
	allowed := map[NgoState][]NgoState{
		Forming:   {Active, Archived},
		Active:    {Suspended, Archived},
		Suspended: {Active, Archived},
	}
	for _, from := range allStates {
		for _, to := range allStates {
			want := fault.When(!slices.Contains(allowed[from], to), fault.WrongState)
			if got := (&Ngo{State: from}).refuseInto(to); got != want {
				t.Errorf("%s → %s: %q, want %q", from, to, got, want)
			}
		}
	}
}

func TestWorking(t *testing.T) {
	for state, want := range map[NgoState]bool{Forming: true, Active: true, Suspended: false, Archived: false} {
		if Working(state) != want {
			t.Errorf("%s: %v", state, !want)
		}
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	id := uuid.New()
	for name, c := range map[string]struct {
		actor       *auth.Actor
		update, set fault.Code // "" means WRONG_STATE where archived
		as          history.ActingAs
	}{
		"a visitor":          {nil, fault.Unauthenticated, fault.Unauthenticated, ""},
		"anyone":             {&auth.Actor{}, fault.NotYourNgo, fault.NotOfficer, ""},
		"another NGO's lead": {&auth.Actor{Ngos: []uuid.UUID{uuid.New()}}, fault.NotYourNgo, fault.NotOfficer, ""},
		"its lead":           {&auth.Actor{Ngos: []uuid.UUID{id}}, "", fault.NotOfficer, history.Lead},
		"an officer":         {&auth.Actor{Officer: true}, "", "", history.Officer},
	} {
		for _, state := range allStates {
			n := &Ngo{ID: id, State: state}
			ended := fault.When(state == Archived, fault.WrongState)
			want := []*rule.Action{rule.For(UpdateNgo, c.update, ended), rule.For(SetNgoState, c.set, ended)}
			if got := n.Actions(c.actor); !slices.EqualFunc(got, want, same) {
				t.Errorf("%s, %s: %v, want %v", name, state, got, want)
			}
			if c.as != "" && n.actingAs(UpdateNgo, c.actor) != c.as {
				t.Errorf("%s updates as %s", name, n.actingAs(UpdateNgo, c.actor))
			}
		}
	}
}

func same(a, b *rule.Action) bool {
	return a.Action == b.Action && (a.Reason == nil) == (b.Reason == nil) && (a.Reason == nil || *a.Reason == *b.Reason)
}

func TestBIN(t *testing.T) {
	for text, want := range map[string]bool{
		"971240001315":  true,
		"940140000385":  true,
		"000000000000":  true,  // the sum is 0
		"220651104658":  true,  // the second weights apply
		"000750470699":  true,  // and again
		"220651104650":  false, // the second weights, another digit
		"151152568280":  false, // no digit is valid: both weights give ten
		"971240001316":  false, // another check digit
		"971240001351":  false, // the last two digits swapped
		"":              false,
		"97124000131":   false,
		"9712400013150": false,
		"97124000131a":  false,
		"97124 001315":  false,
		"９７１２":          false, // 12 bytes, but not digits
		"-71240001315":  false,
	} {
		if got := validBIN(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestInputsSayAllThatIsWrong(t *testing.T) {
	long, bin, two := strings.Repeat("a", 2001), "123456789012", " ab "
	create := CreateNgoInput{Mission: &long, BIN: &bin}
	update := UpdateNgoInput{Name: &lang.Text{KK: strings.Repeat("қ", 121)}, Mission: &long, BIN: &bin}
	suspend, archive := SetNgoStateInput{State: Suspended, Reason: &two}, SetNgoStateInput{State: Archived}
	activate := SetNgoStateInput{State: Active}
	for name, c := range map[string]struct {
		err  error
		want []string
	}{
		"create":   {create.validate(), []string{"name", "mission", "bin"}},
		"update":   {update.validate(), []string{"name.kk", "mission", "bin"}},
		"suspend":  {suspend.validate(), []string{"reason"}},
		"archive":  {archive.validate(), []string{"reason"}},
		"activate": {activate.validate(), nil},
	} {
		var list fault.List
		errors.As(c.err, &list)
		var fields []string
		for _, f := range list {
			fields = append(fields, f.Field)
		}
		if !slices.Equal(fields, c.want) {
			t.Errorf("%s: %v, want %v", name, fields, c.want)
		}
	}
}

func TestUpdateKeepsWhatIsLeftOut(t *testing.T) {
	mission, none := "We plant trees.", ""
	n := Ngo{Mission: &mission, Language: lang.Russian, Text: lang.Text{RU: "Саженец"}}
	before := n
	(&UpdateNgoInput{}).apply(&n)
	if n != before {
		t.Errorf("nothing given: %+v", n)
	}
	(&UpdateNgoInput{Mission: &none}).apply(&n)
	if n.Mission != nil {
		t.Errorf("an empty mission stays: %q", *n.Mission)
	}
}

func TestWhoSeesAnNgo(t *testing.T) {
	n := &Ngo{ID: who.Ngo}
	who.Only(t, "an NGO", n.Visible, who.All()...)
	n.HiddenID = uuid.NullUUID{UUID: uuid.New(), Valid: true}
	who.Only(t, "a hidden NGO", n.Visible, who.NgoLead, who.Officer)
}

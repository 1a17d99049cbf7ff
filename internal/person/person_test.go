package person

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
)

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func TestDisplayName(t *testing.T) {
	now := time.Date(2026, 5, 8, 19, 0, 0, 0, time.UTC)
	adult := &Person{ID: uuid.New(), Private: Private{GivenName: "Айгүл", FamilyName: "Әбенова", BirthDate: date(2008, 5, 9)}}
	minor := &Person{ID: uuid.New(), Private: Private{GivenName: "Айгүл", FamilyName: "Әбенова", BirthDate: date(2008, 5, 10)}}
	for name, c := range map[string]struct {
		person *Person
		viewer *auth.Actor
		want   string
	}{
		"an adult to a visitor":  {adult, nil, "Айгүл Әбенова"},
		"a minor to a visitor":   {minor, nil, "Айгүл Ә."},
		"a minor to another":     {minor, &auth.Actor{PersonID: adult.ID}, "Айгүл Ә."},
		"a minor to an officer":  {minor, &auth.Actor{PersonID: adult.ID, Officer: true}, "Айгүл Ә."},
		"a minor to the person":  {minor, &auth.Actor{PersonID: minor.ID}, "Айгүл Әбенова"},
		"an adult to the person": {adult, &auth.Actor{PersonID: adult.ID}, "Айгүл Әбенова"},
	} {
		if got := c.person.DisplayName(c.viewer, now); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestWhatIsOwn(t *testing.T) {
	p := &Person{ID: uuid.New(), Private: Private{GivenName: "Айгүл", FamilyName: "Әбенова", Email: "a@example.kz",
		BirthDate: date(2010, 3, 21), Language: "KK", DistrictID: uuid.NullUUID{UUID: uuid.New(), Valid: true}}}
	for name, c := range map[string]struct {
		viewer *auth.Actor
		own    bool
	}{
		"a visitor":  {nil, false},
		"an officer": {&auth.Actor{PersonID: uuid.New(), Officer: true}, false},
		"the person": {&auth.Actor{PersonID: p.ID}, true},
	} {
		for field, given := range map[string]bool{
			"givenName":  p.GivenName(c.viewer) != nil,
			"familyName": p.FamilyName(c.viewer) != nil,
			"email":      p.Email(c.viewer) != nil,
			"birthDate":  p.BirthDate(c.viewer) != nil,
			"language":   p.Language(c.viewer) != nil,
			"district":   p.DistrictID(c.viewer) != nil,
		} {
			if given != c.own {
				t.Errorf("%s to %s: %v", field, name, given)
			}
		}
	}
	p.Private.DistrictID = uuid.NullUUID{}
	if p.DistrictID(&auth.Actor{PersonID: p.ID}) != nil {
		t.Error("a district that was not given")
	}
}

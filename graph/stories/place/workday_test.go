package place

import (
	"strings"
	"sync"
	"testing"

	"jastarhub/graph/stories/hub"
)

const yearQuery = `query($y: Int!) { specialDays(year: $y) { day works name(lang: RU) removedAt availableActions { action allowed reason } } }`

func set(day string, works bool) hub.Vars {
	return hub.Vars{"day": day, "works": works, "name": hub.Vars{"kk": "Ауысқан күн", "ru": "Перенос", "en": "Moved"}}
}

// TestSpecialDays: what officers put into the list counts for deadlines that are set from then on, in every process.
func TestSpecialDays(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	other := hub.NewOn(t, c.Database)
	c.Comes("2031-05-05 10:00") // a Monday
	other.Still(c.Present())
	reactBy := func(who *hub.Caller) string {
		t.Helper()
		return who.Do("submitProposal", hub.Vars{"districtId": c.District("AUEZOV"), "title": "Жаңа орындық", "text": "Саябаққа орындық керек."}, "proposal { id reactBy }").
			Str("submitProposal.proposal.reactBy")
	}
	is := func(who *hub.Caller, day string) {
		t.Helper()
		if got := reactBy(who); got != day+"T18:59:59Z" {
			t.Errorf("to be looked at by %s, want %s", got, day)
		}
	}
	c.Visitor().Must(yearQuery, hub.Vars{"y": 2031}).Shows("specialDays", []hub.Vars{})
	is(c.Other, "2031-05-12")
	kept := c.Propose(c.Other)

	first := c.Officer.Do("setSpecialDay", set("2031-05-07", false), "specialDay { id day works }").
		Shows("setSpecialDay.specialDay.day", "2031-05-07").Shows("setSpecialDay.specialDay.works", false).Str("setSpecialDay.specialDay.id")
	is(c.Other, "2031-05-13")
	is(c.Other.Over(other), "2031-05-13")
	c.Officer.Do("setSpecialDay", set("2031-05-10", true), "specialDay { id }") // a Saturday
	is(c.Other.Over(other), "2031-05-12")
	c.Visitor().Must(`query($id: ID!) { proposal(id: $id) { reactBy } }`, hub.Vars{"id": kept}).Shows("proposal.reactBy", "2031-05-12T18:59:59Z")

	again := set("2031-05-07", false)
	again["name"] = hub.Vars{"ru": "День защитника"}
	c.Officer.Do("setSpecialDay", again, "specialDay { id name(lang: KK) }").
		Shows("setSpecialDay.specialDay", hub.Vars{"id": first, "name": "День защитника"})
	may, refused := func(verb string) hub.Vars { return hub.Vars{"action": verb, "allowed": true, "reason": nil} }, func(verb, code string) hub.Vars {
		return hub.Vars{"action": verb, "allowed": false, "reason": code}
	}
	c.Officer.Must(yearQuery, hub.Vars{"y": 2031}).Shows("specialDays", []hub.Vars{
		{"day": "2031-05-07", "works": false, "name": "День защитника", "removedAt": nil, "availableActions": []hub.Vars{may("SET_SPECIAL_DAY"), may("REMOVE_SPECIAL_DAY")}},
		{"day": "2031-05-10", "works": true, "name": "Перенос", "removedAt": nil, "availableActions": []hub.Vars{may("SET_SPECIAL_DAY"), may("REMOVE_SPECIAL_DAY")}}})
	c.Coordinator.Must(yearQuery, hub.Vars{"y": 2031}).Shows("specialDays.0.availableActions",
		[]hub.Vars{refused("SET_SPECIAL_DAY", "NOT_OFFICER"), refused("REMOVE_SPECIAL_DAY", "NOT_OFFICER")})

	c.Coordinator.Refused("NOT_OFFICER", "removeSpecialDay", hub.Vars{"id": first})
	c.Officer.Do("removeSpecialDay", hub.Vars{"id": first}, "specialDay { removedAt }").Shows("removeSpecialDay.specialDay.removedAt", "2031-05-05T05:00:00Z")
	c.Officer.Refused("WRONG_STATE", "removeSpecialDay", hub.Vars{"id": first})
	is(c.Other.Over(other), "2031-05-10")
	c.Officer.Must(yearQuery, hub.Vars{"y": 2031}).Shows("specialDays.0.day", "2031-05-10")
	anew := c.Officer.Do("setSpecialDay", set("2031-05-07", false), "specialDay { id }").Str("setSpecialDay.specialDay.id")
	if anew == first {
		t.Error("a day that was taken out came back as the same row")
	}
	c.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"subjectId": first, "action": "setSpecialDay"}}).Shows("auditEntries.totalCount", 2)
}

// TestKnownYears: 2026 and 2027 are there from the start.
func TestKnownYears(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	for year, want := range map[int]string{
		2026: "01-01 01-02 01-07 03-09 03-23 03-24 03-25 05-01 05-07 05-11 05-27 07-06 08-31 10-26 12-16",
		2027: "01-01 01-04 01-07 03-08 03-22 03-23 03-24 05-03 05-07 05-10 07-06 08-30 10-25 12-16",
	} {
		got := ""
		for _, d := range h.Visitor().Must(`query($y: Int!) { specialDays(year: $y) { day works } }`, hub.Vars{"y": year}).At("specialDays").([]any) {
			if d.(hub.Vars)["works"] != false {
				t.Errorf("%v is worked", d)
			}
			got += d.(hub.Vars)["day"].(string)[len("2026-"):] + " "
		}
		if got != want+" " {
			t.Errorf("%d: %s", year, got)
		}
	}
	for _, year := range []int{2025, 2101} {
		if a := h.Visitor().Ask(yearQuery, hub.Vars{"y": year}); a.Code() != "INVALID" || a.Errors[0].Extensions.Field != "year" {
			t.Errorf("%d: %s", year, a.RawBody)
		}
	}
}

func TestBadSpecialDays(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Visitor().Refused("UNAUTHENTICATED", "setSpecialDay", set("2031-05-07", false))
	for _, who := range []*hub.Caller{c.Volunteer, c.Lead, c.NgoLead, c.Coordinator} {
		who.Refused("NOT_OFFICER", "setSpecialDay", set("2031-05-07", false))
	}
	long := set("2031-05-07", false)
	long["name"] = hub.Vars{"kk": strings.Repeat("ә", 121)}
	nameless := set("2031-05-07", false)
	nameless["name"] = hub.Vars{"ru": " "}
	for _, bad := range []struct {
		in    hub.Vars
		field string
	}{
		{set("2031-05-07", true), "day"}, {set("2031-05-10", false), "day"}, {set("2031-05-11", false), "day"},
		{set("2025-12-31", false), "day"}, {set("2101-01-03", false), "day"}, {set("2031-02-29", false), "day"},
		{long, "name.kk"}, {nameless, "name"},
	} {
		if a := c.Officer.Refused("INVALID", "setSpecialDay", bad.in); a.Errors[0].Extensions.Field != bad.field {
			t.Errorf("%v: %s", bad.in, a.RawBody)
		}
	}
	for _, bad := range []string{
		`('2031-05-07', true, 'x')`, `('2031-05-10', false, 'x')`, `('2025-12-31', false, 'x')`, `('2101-01-03', false, 'x')`, `('2031-05-07', false, '')`,
	} {
		if _, err := c.DB.Exec(`insert into special_days (id, day, works, name_kk, name_ru, name_en)
			select gen_random_uuid(), day::date, works, name, '', '' from (values ` + bad + `) v (day, works, name)`); err == nil {
			t.Errorf("the database takes %s", bad)
		}
	}
	if n := c.Count(`select count(*) from special_days where day > '2028-01-01'`); n != 0 {
		t.Errorf("%d were written", n)
	}
}

// TestRivalSpecialDays: officers who add the same day at once make one row.
func TestRivalSpecialDays(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	var rivals sync.WaitGroup
	for range 6 {
		rivals.Go(func() {
			if a := c.Officer.Ask(hub.Document("setSpecialDay", "__typename"), hub.Vars{"in": set("2031-05-07", false)}); a.Code() != "" {
				t.Error(a.RawBody)
			}
		})
	}
	rivals.Wait()
	if n := c.Count(`select count(*) from special_days where day = '2031-05-07'`); n != 1 {
		t.Errorf("%d rows", n)
	}
}

package stories

import (
	"strings"
	"sync"
	"testing"
)

const yearQuery = `query($y: Int!) { specialDays(year: $y) { day works name(lang: RU) removedAt availableActions { action allowed reason } } }`

func set(day string, works bool) vars {
	return vars{"day": day, "works": works, "name": vars{"kk": "Ауысқан күн", "ru": "Перенос", "en": "Moved"}}
}

// TestSpecialDays: what officers put into the list counts for deadlines that are set from then on, in every process.
func TestSpecialDays(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	other := newHubOn(t, c.on)
	c.comes("2031-05-05 10:00") // a Monday
	other.clock.Store(c.clock.Load())
	reactBy := func(who *caller) string {
		t.Helper()
		return who.do("submitProposal", vars{"districtId": c.district("AUEZOV"), "title": "Жаңа орындық", "text": "Саябаққа орындық керек."}, "proposal { id reactBy }").
			str("submitProposal.proposal.reactBy")
	}
	is := func(who *caller, day string) {
		t.Helper()
		if got := reactBy(who); got != day+"T18:59:59Z" {
			t.Errorf("to be looked at by %s, want %s", got, day)
		}
	}
	c.visitor().must(yearQuery, vars{"y": 2031}).shows("specialDays", []vars{})
	is(c.other, "2031-05-12")
	kept := c.propose(c.other)

	first := c.officer.do("setSpecialDay", set("2031-05-07", false), "specialDay { id day works }").
		shows("setSpecialDay.specialDay.day", "2031-05-07").shows("setSpecialDay.specialDay.works", false).str("setSpecialDay.specialDay.id")
	is(c.other, "2031-05-13")
	is(c.other.over(other), "2031-05-13")
	c.officer.do("setSpecialDay", set("2031-05-10", true), "specialDay { id }") // a Saturday
	is(c.other.over(other), "2031-05-12")
	c.visitor().must(`query($id: ID!) { proposal(id: $id) { reactBy } }`, vars{"id": kept}).shows("proposal.reactBy", "2031-05-12T18:59:59Z")

	again := set("2031-05-07", false)
	again["name"] = vars{"ru": "День защитника"}
	c.officer.do("setSpecialDay", again, "specialDay { id name(lang: KK) }").
		shows("setSpecialDay.specialDay", vars{"id": first, "name": "День защитника"})
	may, refused := func(verb string) vars { return vars{"action": verb, "allowed": true, "reason": nil} }, func(verb, code string) vars {
		return vars{"action": verb, "allowed": false, "reason": code}
	}
	c.officer.must(yearQuery, vars{"y": 2031}).shows("specialDays", []vars{
		{"day": "2031-05-07", "works": false, "name": "День защитника", "removedAt": nil, "availableActions": []vars{may("SET_SPECIAL_DAY"), may("REMOVE_SPECIAL_DAY")}},
		{"day": "2031-05-10", "works": true, "name": "Перенос", "removedAt": nil, "availableActions": []vars{may("SET_SPECIAL_DAY"), may("REMOVE_SPECIAL_DAY")}}})
	c.coordinator.must(yearQuery, vars{"y": 2031}).shows("specialDays.0.availableActions",
		[]vars{refused("SET_SPECIAL_DAY", "NOT_OFFICER"), refused("REMOVE_SPECIAL_DAY", "NOT_OFFICER")})

	c.coordinator.refused("NOT_OFFICER", "removeSpecialDay", vars{"id": first})
	c.officer.do("removeSpecialDay", vars{"id": first}, "specialDay { removedAt }").shows("removeSpecialDay.specialDay.removedAt", "2031-05-05T05:00:00Z")
	c.officer.refused("WRONG_STATE", "removeSpecialDay", vars{"id": first})
	is(c.other.over(other), "2031-05-10")
	c.officer.must(yearQuery, vars{"y": 2031}).shows("specialDays.0.day", "2031-05-10")
	anew := c.officer.do("setSpecialDay", set("2031-05-07", false), "specialDay { id }").str("setSpecialDay.specialDay.id")
	if anew == first {
		t.Error("a day that was taken out came back as the same row")
	}
	c.officer.must(auditQuery, vars{"f": vars{"subjectId": first, "action": "setSpecialDay"}}).shows("auditEntries.totalCount", 2)
}

// TestKnownYears: 2026 and 2027 are there from the start.
func TestKnownYears(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	for year, want := range map[int]string{
		2026: "01-01 01-02 01-07 03-09 03-23 03-24 03-25 05-01 05-07 05-11 05-27 07-06 08-31 10-26 12-16",
		2027: "01-01 01-04 01-07 03-08 03-22 03-23 03-24 05-03 05-07 05-10 07-06 08-30 10-25 12-16",
	} {
		got := ""
		for _, d := range h.visitor().must(`query($y: Int!) { specialDays(year: $y) { day works } }`, vars{"y": year}).at("specialDays").([]any) {
			if d.(vars)["works"] != false {
				t.Errorf("%v is worked", d)
			}
			got += d.(vars)["day"].(string)[len("2026-"):] + " "
		}
		if got != want+" " {
			t.Errorf("%d: %s", year, got)
		}
	}
	for _, year := range []int{2025, 2101} {
		if a := h.visitor().ask(yearQuery, vars{"y": year}); a.code() != "INVALID" || a.Errors[0].Extensions.Field != "year" {
			t.Errorf("%d: %s", year, a.rawBody)
		}
	}
}

func TestBadSpecialDays(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.visitor().refused("UNAUTHENTICATED", "setSpecialDay", set("2031-05-07", false))
	for _, who := range []*caller{c.volunteer, c.lead, c.ngoLead, c.coordinator} {
		who.refused("NOT_OFFICER", "setSpecialDay", set("2031-05-07", false))
	}
	long := set("2031-05-07", false)
	long["name"] = vars{"kk": strings.Repeat("ә", 121)}
	nameless := set("2031-05-07", false)
	nameless["name"] = vars{"ru": " "}
	for _, bad := range []struct {
		in    vars
		field string
	}{
		{set("2031-05-07", true), "day"}, {set("2031-05-10", false), "day"}, {set("2031-05-11", false), "day"},
		{set("2025-12-31", false), "day"}, {set("2101-01-03", false), "day"}, {set("2031-02-29", false), "day"},
		{long, "name.kk"}, {nameless, "name"},
	} {
		if a := c.officer.refused("INVALID", "setSpecialDay", bad.in); a.Errors[0].Extensions.Field != bad.field {
			t.Errorf("%v: %s", bad.in, a.rawBody)
		}
	}
	for _, bad := range []string{
		`('2031-05-07', true, 'x')`, `('2031-05-10', false, 'x')`, `('2025-12-31', false, 'x')`, `('2101-01-03', false, 'x')`, `('2031-05-07', false, '')`,
	} {
		if _, err := c.db.Exec(`insert into special_days (id, day, works, name_kk, name_ru, name_en)
			select gen_random_uuid(), day::date, works, name, '', '' from (values ` + bad + `) v (day, works, name)`); err == nil {
			t.Errorf("the database takes %s", bad)
		}
	}
	if n := c.count(`select count(*) from special_days where day > '2028-01-01'`); n != 0 {
		t.Errorf("%d were written", n)
	}
}

// TestRivalSpecialDays: officers who add the same day at once make one row.
func TestRivalSpecialDays(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	var rivals sync.WaitGroup
	for range 6 {
		rivals.Go(func() {
			if a := c.officer.ask(document("setSpecialDay", "__typename"), vars{"in": set("2031-05-07", false)}); a.code() != "" {
				t.Error(a.rawBody)
			}
		})
	}
	rivals.Wait()
	if n := c.count(`select count(*) from special_days where day = '2031-05-07'`); n != 1 {
		t.Errorf("%d rows", n)
	}
}

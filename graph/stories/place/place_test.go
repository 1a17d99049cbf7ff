// Package place has the stories of centres, NGOs, indicators and special days.
package place

import (
	"fmt"
	"testing"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/almaty"
	"jastarhub/internal/reference"
)

func TestACentreOpensAndCloses(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	id := c.Centre("ALATAU-2")
	const state = "centre { state openedOn }"
	today := almaty.Day(c.Present())
	c.Officer.Do("setCentreState", hub.Vars{"id": id, "state": "OPEN", "reason": "The ribbon is cut."}, state).
		Shows("setCentreState.centre", hub.Vars{"state": "OPEN", "openedOn": today})
	c.Officer.Refused("WRONG_STATE", "setCentreState", hub.Vars{"id": id, "state": "OPEN"})
	c.Exec(`update centres set opened_on = '2026-03-01' where id = $1`, id)
	c.Officer.Do("setCentreState", hub.Vars{"id": id, "state": "CLOSED", "reason": ""}, state)
	c.Officer.Do("setCentreState", hub.Vars{"id": id, "state": "OPEN"}, state).Shows("setCentreState.centre.openedOn", "2026-03-01")
	c.Visitor().Must(`query($id: ID!) { centre(id: $id) { history { totalCount nodes { verb fromState toState actingAs words by { displayName } } } } }`,
		hub.Vars{"id": id}).Shows("centre.history", hub.Vars{"totalCount": 3, "nodes": []hub.Vars{
		move("SET_CENTRE_STATE", "PLANNED", "OPEN", "The ribbon is cut."), move("SET_CENTRE_STATE", "OPEN", "CLOSED", nil),
		move("SET_CENTRE_STATE", "CLOSED", "OPEN", nil)}})

	// Loading the reference data again, as each start of the hub does, keeps what officers set.
	if err := reference.Load(t.Context(), c.DB); err != nil {
		t.Fatal(err)
	}
	c.Visitor().Must(`query($id: ID!) { centre(id: $id) { state openedOn } }`, hub.Vars{"id": id}).
		Shows("centre", hub.Vars{"state": "OPEN", "openedOn": "2026-03-01"})
}

func move(verb string, from, to, words any) hub.Vars {
	return hub.Vars{"verb": verb, "fromState": from, "toState": to, "actingAs": "OFFICER", "words": words,
		"by": hub.Vars{"displayName": "Officer Testova"}}
}

func TestAnNgosLife(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	id := c.Officer.Do("createNgo", hub.Vars{"name": hub.Vars{"ru": "Новая"}, "focus": "MEDIA", "mission": "  ", "language": "RU"},
		"ngo { id state bin mission }").Shows("createNgo.ngo.state", "FORMING").Shows("createNgo.ngo.mission", nil).Str("createNgo.ngo.id")
	set := func(state string, reason any) hub.Vars { return hub.Vars{"id": id, "state": state, "reason": reason} }
	c.Officer.Do("setNgoState", set("ACTIVE", "  "), "ngo { state }")
	for _, state := range []string{"SUSPENDED", "ARCHIVED"} {
		for _, reason := range []any{nil, "", " \n", "no"} {
			if a := c.Officer.Refused("INVALID", "setNgoState", set(state, reason)); a.Errors[0].Extensions.Field != "reason" {
				t.Errorf("without a reason: %s", a.RawBody)
			}
		}
	}
	c.Officer.Do("setNgoState", set("SUSPENDED", "No reports."), "ngo { state }")
	c.Officer.Do("setNgoState", set("ACTIVE", nil), "ngo { state }")
	c.Officer.Do("setNgoState", set("ARCHIVED", "Dissolved."), "ngo { state }")
	c.Officer.Refused("WRONG_STATE", "setNgoState", set("ACTIVE", nil))
	c.Officer.Refused("WRONG_STATE", "updateNgo", hub.Vars{"id": id, "mission": "Again."})
	c.Visitor().Must(`query($id: ID!) { ngo(id: $id) { history(first: 100) { totalCount nodes { verb fromState toState actingAs words by { displayName } } } } }`,
		hub.Vars{"id": id}).Shows("ngo.history", hub.Vars{"totalCount": 5, "nodes": []hub.Vars{
		move("CREATE_NGO", nil, "FORMING", nil), move("SET_NGO_STATE", "FORMING", "ACTIVE", nil),
		move("SET_NGO_STATE", "ACTIVE", "SUSPENDED", "No reports."), move("SET_NGO_STATE", "SUSPENDED", "ACTIVE", nil),
		move("SET_NGO_STATE", "ACTIVE", "ARCHIVED", "Dissolved.")}})
}

func TestABINComesWithRegistration(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	const bin = "123456789013" // 1·1 + 2·2 + … + 11·1 = 366 = 33·11 + 3
	for _, wrong := range []string{"", "12345678901", "123456789014", "1234567890133", "12345678901x", "١٢٣٤٥٦٧٨٩٠١٢"} {
		if a := c.NgoLead.Refused("INVALID", "updateNgo", hub.Vars{"id": c.Ngo, "bin": wrong}); a.Errors[0].Extensions.Field != "bin" {
			t.Errorf("%s: %s", wrong, a.RawBody)
		}
	}
	c.NgoLead.Do("updateNgo", hub.Vars{"id": c.Ngo, "bin": bin}, "ngo { bin name(lang: EN) }").
		Shows("updateNgo.ngo", hub.Vars{"bin": bin, "name": "Clean Almaty"})
	second := hub.Vars{"name": hub.Vars{"kk": "Екінші"}, "focus": "OTHER", "bin": bin}
	if a := c.Officer.Refused("INVALID", "createNgo", second); a.Errors[0].Extensions.Field != "bin" {
		t.Errorf("a BIN twice: %s", a.RawBody)
	}
	c.NgoLead.Do("updateNgo", hub.Vars{"id": c.Ngo, "bin": bin}, "ngo { bin }") // its own again
}

func TestIndicators(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	year := c.Present().In(almaty.Zone).Year()
	c.Exec(`insert into indicators (id, year, code, unit, definition_kk, definition_ru, definition_en, baseline, target, comparison)
		select gen_random_uuid(), $1, code, unit, definition_kk, definition_ru, definition_en, baseline, target, comparison
		from indicators where year = 2026 on conflict do nothing`, year)
	facts := func(year int) map[string]any {
		found := map[string]any{}
		for _, row := range c.Visitor().Must(`query($y: Int!) { indicators(year: $y) { code fact year asOf } }`, hub.Vars{"y": year}).At("indicators").([]any) {
			if row := row.(hub.Vars); (row["fact"] == nil) != (row["asOf"] == nil) {
				t.Errorf("counted %v: %v", row["asOf"], row)
			}
			found[row.(hub.Vars)["code"].(string)] = row.(hub.Vars)["fact"]
		}
		return found
	}
	compare := func(when string, centres, ngos float64) {
		t.Helper()
		got := facts(year)
		if len(got) != 6 || got["CENTRES_OPEN"] != centres || got["NGOS_ACTIVE"] != ngos || got["EVENTS"] != nil {
			t.Errorf("%s: %v, want %v centres and %v NGOs", when, got, centres, ngos)
		}
	}
	compare("at first", 11, 1)
	c.Officer.Do("setCentreState", hub.Vars{"id": c.Centre("ALATAU-2"), "state": "OPEN"}, "centre { state }")
	ngo := c.Officer.Do("createNgo", hub.Vars{"name": hub.Vars{"kk": "Екінші"}, "focus": "OTHER"}, "ngo { id }").Str("createNgo.ngo.id")
	c.Officer.Do("setNgoState", hub.Vars{"id": ngo, "state": "ACTIVE"}, "ngo { state }")
	compare("an active NGO without a team does not count", 12, 1)
	c.Officer.Do("setNgoState", hub.Vars{"id": c.Ngo, "state": "SUSPENDED", "reason": "No reports."}, "ngo { state }")
	c.Officer.Do("setCentreState", hub.Vars{"id": c.Centre("AUEZOV-1"), "state": "CLOSED"}, "centre { state }")
	compare("suspended, and closed", 11, 0)
	if got := facts(2001); len(got) != 0 {
		t.Errorf("no plan was made for 2001: %v", got)
	}
	a := c.Visitor().Must(`{ indicators(year: 2026) { code target comparison baseline unit announcedOn asOf definition(lang: EN) } }`)
	for i, want := range []hub.Vars{{"code": "CENTRES_OPEN", "target": 16, "comparison": "AT_LEAST", "baseline": 11, "announcedOn": "2026-02-24"},
		{"code": "CONSULTATIONS", "target": 22000, "comparison": "MORE_THAN", "baseline": nil, "asOf": nil}} {
		for name, value := range want {
			a.Shows(fmt.Sprintf("indicators.%d.%s", i, name), value)
		}
	}
	c.Exec(`update indicators set year = 2099 where year = $1`, year)
	for code, fact := range facts(2099) {
		if fact != nil {
			t.Errorf("another year has a fact of today: %s %v", code, fact)
		}
	}
}

// TestNamesFallBack asks for names in each language, in each way in which the viewer can ask.
func TestNamesFallBack(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	ids := map[string]string{}
	for name, in := range map[string]hub.Vars{"all": {"kk": "Қаз", "ru": "Рус", "en": "Eng"}, "no kk": {"ru": "Рус", "en": "Eng"},
		"no ru": {"kk": "Қаз", "en": "Eng"}, "en": {"en": "Eng"}} {
		ids[name] = c.Officer.Do("createNgo", hub.Vars{"name": in, "focus": "OTHER"}, "ngo { id }").Str("createNgo.ngo.id")
	}
	for _, row := range []struct{ name, kk, ru, en string }{
		{"all", "Қаз", "Рус", "Eng"}, {"no kk", "Рус", "Рус", "Eng"}, {"no ru", "Қаз", "Қаз", "Eng"}, {"en", "Eng", "Eng", "Eng"}} {
		c.Visitor().Must(`query($id: ID!) { ngo(id: $id) { kk: name(lang: KK) ru: name(lang: RU) en: name(lang: EN) name } }`,
			hub.Vars{"id": ids[row.name]}).Shows("ngo", hub.Vars{"kk": row.kk, "ru": row.ru, "en": row.en, "name": row.kk})
	}
	russian := c.Other
	c.Exec(`update people set language = 'RU' where id = $1`, russian.ID)
	for _, row := range []struct {
		who          *hub.Caller
		accept, want string
	}{
		{c.Visitor(), "", "Қаз"}, {c.Visitor(), "ru", "Рус"}, {c.Visitor(), "en-GB;q=0.8, ru;q=0.9", "Рус"}, {c.Visitor(), "de", "Қаз"},
		{c.Visitor(), "*", "Қаз"}, {c.Visitor(), "de, en;q=0.1", "Eng"}, {c.Visitor(), "no;language", "Қаз"},
		{russian, "", "Рус"}, {russian, "de", "Рус"}, {russian, "en", "Eng"}, {russian, "kk-KZ", "Қаз"},
	} {
		a := row.who.Send(`{"query":"{ ngo(id: \"`+ids["all"]+`\") { name } }"}`, "Accept-Language", row.accept)
		if got := a.Str("ngo.name"); got != row.want {
			t.Errorf("Accept-Language %q: %s, want %s", row.accept, got, row.want)
		}
	}
}

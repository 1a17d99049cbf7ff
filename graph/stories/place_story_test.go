package stories

import (
	"fmt"
	"testing"
	"time"

	"jastarhub/internal/almaty"
	"jastarhub/internal/reference"
)

func TestACentreOpensAndCloses(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.centre("ALATAU-2")
	const state = "centre { state openedOn }"
	today := almaty.Day(time.Now())
	c.officer.do("setCentreState", vars{"id": id, "state": "OPEN", "reason": "The ribbon is cut."}, state).
		shows("setCentreState.centre", vars{"state": "OPEN", "openedOn": today})
	c.officer.refused("WRONG_STATE", "setCentreState", vars{"id": id, "state": "OPEN"})
	c.exec(`update centres set opened_on = '2026-03-01' where id = $1`, id)
	c.officer.do("setCentreState", vars{"id": id, "state": "CLOSED", "reason": ""}, state)
	c.officer.do("setCentreState", vars{"id": id, "state": "OPEN"}, state).shows("setCentreState.centre.openedOn", "2026-03-01")
	c.visitor().must(`query($id: ID!) { centre(id: $id) { history { totalCount nodes { verb fromState toState actingAs words by { displayName } } } } }`,
		vars{"id": id}).shows("centre.history", vars{"totalCount": 3, "nodes": []vars{
		move("SET_CENTRE_STATE", "PLANNED", "OPEN", "The ribbon is cut."), move("SET_CENTRE_STATE", "OPEN", "CLOSED", nil),
		move("SET_CENTRE_STATE", "CLOSED", "OPEN", nil)}})

	// Loading the reference data again, as each start of the hub does, keeps what officers set.
	if err := reference.Load(t.Context(), c.db); err != nil {
		t.Fatal(err)
	}
	c.visitor().must(`query($id: ID!) { centre(id: $id) { state openedOn } }`, vars{"id": id}).
		shows("centre", vars{"state": "OPEN", "openedOn": "2026-03-01"})
}

func move(verb string, from, to, words any) vars {
	return vars{"verb": verb, "fromState": from, "toState": to, "actingAs": "OFFICER", "words": words,
		"by": vars{"displayName": "Officer Testova"}}
}

func TestAnNgosLife(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.officer.do("createNgo", vars{"name": vars{"ru": "Новая"}, "focus": "MEDIA", "mission": "  ", "language": "RU"},
		"ngo { id state bin mission }").shows("createNgo.ngo.state", "FORMING").shows("createNgo.ngo.mission", nil).str("createNgo.ngo.id")
	set := func(state string, reason any) vars { return vars{"id": id, "state": state, "reason": reason} }
	c.officer.do("setNgoState", set("ACTIVE", "  "), "ngo { state }")
	for _, state := range []string{"SUSPENDED", "ARCHIVED"} {
		for _, reason := range []any{nil, "", " \n", "no"} {
			if a := c.officer.refused("INVALID", "setNgoState", set(state, reason)); a.Errors[0].Extensions.Field != "reason" {
				t.Errorf("without a reason: %s", a.rawBody)
			}
		}
	}
	c.officer.do("setNgoState", set("SUSPENDED", "No reports."), "ngo { state }")
	c.officer.do("setNgoState", set("ACTIVE", nil), "ngo { state }")
	c.officer.do("setNgoState", set("ARCHIVED", "Dissolved."), "ngo { state }")
	c.officer.refused("WRONG_STATE", "setNgoState", set("ACTIVE", nil))
	c.officer.refused("WRONG_STATE", "updateNgo", vars{"id": id, "mission": "Again."})
	c.visitor().must(`query($id: ID!) { ngo(id: $id) { history(first: 100) { totalCount nodes { verb fromState toState actingAs words by { displayName } } } } }`,
		vars{"id": id}).shows("ngo.history", vars{"totalCount": 5, "nodes": []vars{
		move("CREATE_NGO", nil, "FORMING", nil), move("SET_NGO_STATE", "FORMING", "ACTIVE", nil),
		move("SET_NGO_STATE", "ACTIVE", "SUSPENDED", "No reports."), move("SET_NGO_STATE", "SUSPENDED", "ACTIVE", nil),
		move("SET_NGO_STATE", "ACTIVE", "ARCHIVED", "Dissolved.")}})
}

func TestABINComesWithRegistration(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	const bin = "123456789013" // 1·1 + 2·2 + … + 11·1 = 366 = 33·11 + 3
	for _, wrong := range []string{"", "12345678901", "123456789014", "1234567890133", "12345678901x", "١٢٣٤٥٦٧٨٩٠١٢"} {
		if a := c.ngoLead.refused("INVALID", "updateNgo", vars{"id": c.ngo, "bin": wrong}); a.Errors[0].Extensions.Field != "bin" {
			t.Errorf("%s: %s", wrong, a.rawBody)
		}
	}
	c.ngoLead.do("updateNgo", vars{"id": c.ngo, "bin": bin}, "ngo { bin name(lang: EN) }").
		shows("updateNgo.ngo", vars{"bin": bin, "name": "Clean Almaty"})
	second := vars{"name": vars{"kk": "Екінші"}, "focus": "OTHER", "bin": bin}
	if a := c.officer.refused("INVALID", "createNgo", second); a.Errors[0].Extensions.Field != "bin" {
		t.Errorf("a BIN twice: %s", a.rawBody)
	}
	c.ngoLead.do("updateNgo", vars{"id": c.ngo, "bin": bin}, "ngo { bin }") // its own again
}

func TestIndicators(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	year := time.Now().In(almaty.Zone).Year()
	c.exec(`insert into indicators (id, year, code, unit, definition_kk, definition_ru, definition_en, baseline, target, comparison)
		select gen_random_uuid(), $1, code, unit, definition_kk, definition_ru, definition_en, baseline, target, comparison
		from indicators where year = 2026 on conflict do nothing`, year)
	facts := func(year int) map[string]any {
		found := map[string]any{}
		for _, row := range c.visitor().must(`query($y: Int!) { indicators(year: $y) { code fact year asOf } }`, vars{"y": year}).at("indicators").([]any) {
			if row := row.(vars); (row["fact"] == nil) != (row["asOf"] == nil) {
				t.Errorf("counted %v: %v", row["asOf"], row)
			}
			found[row.(vars)["code"].(string)] = row.(vars)["fact"]
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
	c.officer.do("setCentreState", vars{"id": c.centre("ALATAU-2"), "state": "OPEN"}, "centre { state }")
	ngo := c.officer.do("createNgo", vars{"name": vars{"kk": "Екінші"}, "focus": "OTHER"}, "ngo { id }").str("createNgo.ngo.id")
	c.officer.do("setNgoState", vars{"id": ngo, "state": "ACTIVE"}, "ngo { state }")
	compare("an active NGO without a team does not count", 12, 1)
	c.officer.do("setNgoState", vars{"id": c.ngo, "state": "SUSPENDED", "reason": "No reports."}, "ngo { state }")
	c.officer.do("setCentreState", vars{"id": c.centre("AUEZOV-1"), "state": "CLOSED"}, "centre { state }")
	compare("suspended, and closed", 11, 0)
	if got := facts(2001); len(got) != 0 {
		t.Errorf("no plan was made for 2001: %v", got)
	}
	a := c.visitor().must(`{ indicators(year: 2026) { code target comparison baseline unit announcedOn asOf definition(lang: EN) } }`)
	for i, want := range []vars{{"code": "CENTRES_OPEN", "target": 16, "comparison": "AT_LEAST", "baseline": 11, "announcedOn": "2026-02-24"},
		{"code": "CONSULTATIONS", "target": 22000, "comparison": "MORE_THAN", "baseline": nil, "asOf": nil}} {
		for name, value := range want {
			a.shows(fmt.Sprintf("indicators.%d.%s", i, name), value)
		}
	}
	c.exec(`update indicators set year = 2099 where year = $1`, year)
	for code, fact := range facts(2099) {
		if fact != nil {
			t.Errorf("another year has a fact of today: %s %v", code, fact)
		}
	}
}

// TestNamesFallBack asks for names in each language, in each way in which the viewer can ask.
func TestNamesFallBack(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	ids := map[string]string{}
	for name, in := range map[string]vars{"all": {"kk": "Қаз", "ru": "Рус", "en": "Eng"}, "no kk": {"ru": "Рус", "en": "Eng"},
		"no ru": {"kk": "Қаз", "en": "Eng"}, "en": {"en": "Eng"}} {
		ids[name] = c.officer.do("createNgo", vars{"name": in, "focus": "OTHER"}, "ngo { id }").str("createNgo.ngo.id")
	}
	for _, row := range []struct{ name, kk, ru, en string }{
		{"all", "Қаз", "Рус", "Eng"}, {"no kk", "Рус", "Рус", "Eng"}, {"no ru", "Қаз", "Қаз", "Eng"}, {"en", "Eng", "Eng", "Eng"}} {
		c.visitor().must(`query($id: ID!) { ngo(id: $id) { kk: name(lang: KK) ru: name(lang: RU) en: name(lang: EN) name } }`,
			vars{"id": ids[row.name]}).shows("ngo", vars{"kk": row.kk, "ru": row.ru, "en": row.en, "name": row.kk})
	}
	russian := c.other
	c.exec(`update people set language = 'RU' where id = $1`, russian.id)
	for _, row := range []struct {
		who          *caller
		accept, want string
	}{
		{c.visitor(), "", "Қаз"}, {c.visitor(), "ru", "Рус"}, {c.visitor(), "en-GB;q=0.8, ru;q=0.9", "Рус"}, {c.visitor(), "de", "Қаз"},
		{c.visitor(), "*", "Қаз"}, {c.visitor(), "de, en;q=0.1", "Eng"}, {c.visitor(), "no;language", "Қаз"},
		{russian, "", "Рус"}, {russian, "de", "Рус"}, {russian, "en", "Eng"}, {russian, "kk-KZ", "Қаз"},
	} {
		a := row.who.send(`{"query":"{ ngo(id: \"`+ids["all"]+`\") { name } }"}`, "Accept-Language", row.accept)
		if got := a.str("ngo.name"); got != row.want {
			t.Errorf("Accept-Language %q: %s, want %s", row.accept, got, row.want)
		}
	}
}

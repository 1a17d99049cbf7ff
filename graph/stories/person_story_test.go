package stories

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// send sends a body unchanged; headers come in pairs and replace those of ask.
func (c *caller) send(body string, headers ...string) *answer {
	c.h.t.Helper()
	request, err := http.NewRequestWithContext(c.h.t.Context(), http.MethodPost, c.h.url, strings.NewReader(body))
	if err != nil {
		c.h.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	for pair := range slices.Chunk(headers, 2) {
		request.Header.Set(pair[0], pair[1])
	}
	return c.h.answer(request)
}

func TestAllThatIsWrongAtOnce(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	a := h.visitor().refused("INVALID", "register", vars{"email": "nobody", "password": "short", "givenName": " ",
		"familyName": strings.Repeat("ә", 81), "birthDate": time.Now().AddDate(-5, 0, 0).Format(time.DateOnly)})
	var fields []string
	for _, e := range a.Errors {
		if e.Extensions.Code != "INVALID" || e.Message == "" {
			t.Errorf("%+v", e)
		}
		fields = append(fields, e.Extensions.Field)
	}
	slices.Sort(fields)
	if got := strings.Join(fields, " "); got != "birthDate email familyName givenName password" {
		t.Errorf("wrong are %s: %s", got, a.rawBody)
	}
	if n := h.count(`select (select count(*) from people) + (select count(*) from sessions)`); n != 0 {
		t.Errorf("%d rows", n)
	}
}

func TestSignInAndOut(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	first := h.person("Aida", 20)
	signIn := func(email, word string) *answer {
		return h.visitor().ask(document("signIn", "token person { id }"), vars{"in": vars{"email": email, "password": word}})
	}
	for email, word := range map[string]string{"aida@example.org": "wrong horse battery", "nobody@example.org": password, "": "", "aida": password} {
		if a := signIn(email, word); a.code() != "WRONG_CREDENTIALS" || a.Errors[0].Extensions.Field != "" {
			t.Errorf("%s %s: %s", email, word, a.rawBody)
		}
	}
	taken := vars{"email": " AIDA@Example.org ", "password": password, "givenName": "A", "familyName": "B", "birthDate": "1999-01-01"}
	h.visitor().refused("EMAIL_TAKEN", "register", taken)

	again := func() *caller {
		a := signIn(" Aida@EXAMPLE.org", password).shows("signIn.person.id", first.id)
		return &caller{h: h, id: first.id, token: a.str("signIn.token")}
	}
	second, third := again(), again()
	if second.token == third.token || second.token == first.token {
		t.Error("a token twice")
	}
	second.do("signOut", vars{}, "ended").shows("signOut.ended", 1)
	if a := second.ask(`{ viewer { id } }`); a.Status != http.StatusUnauthorized || a.code() != "UNAUTHENTICATED" {
		t.Errorf("after signing out: %d %s", a.Status, a.rawBody)
	}
	first.must(`{ viewer { id } }`)
	fourth := again()
	fourth.do("signOut", vars{"everywhere": true}, "ended").shows("signOut.ended", 3)
	for _, c := range []*caller{first, third, fourth} {
		if a := c.ask(`{ viewer { id } }`); a.code() != "UNAUTHENTICATED" {
			t.Errorf("after signing out everywhere: %s", a.rawBody)
		}
	}
	h.visitor().refused("UNAUTHENTICATED", "signOut", vars{})
	h.visitor().must(`{ viewer { id } }`).shows("viewer", nil)
	keyed := again()
	keyed.key = "once"
	keyed.refused("IDEMPOTENCY_KEY_NOT_SUPPORTED", "signOut", vars{})
}

// TestSessionsEnd makes sessions older: people may be idle for 14 days and stay signed in for 90, staff 8 hours and 7 days.
func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	volunteer, officer := h.person("Vera", 20), h.granted("Olga", "CITY_OFFICER")
	for _, row := range []struct {
		who       *caller
		idle, old string
		alive     bool
	}{
		{volunteer, "13 days 23 hours", "89 days", true}, {volunteer, "14 days", "20 days", false}, {volunteer, "1 minute", "90 days", false},
		{officer, "7 hours 59 minutes", "6 days", true}, {officer, "8 hours", "9 hours", false}, {officer, "1 minute", "7 days", false},
	} {
		h.exec(`update sessions set last_seen_at = now() - $2::interval, created_at = now() - $3::interval where person_id = $1`,
			row.who.id, row.idle, row.old)
		want := map[bool]string{true: "", false: "UNAUTHENTICATED"}[row.alive]
		if got := row.who.ask(`{ viewer { id } }`).code(); got != want {
			t.Errorf("idle for %s, %s old: %q, want %q", row.idle, row.old, got, want)
		}
	}
	h.exec(`update sessions set last_seen_at = now() - interval '10 days', created_at = now() - interval '30 days'`)
	volunteer.must(`{ viewer { id } }`)
	if n := h.count(`select count(*) from sessions where person_id = $1 and last_seen_at > now() - interval '1 minute'`, volunteer.id); n != 1 {
		t.Error("a session that is used does not stay fresh")
	}
}

const whole = `displayName givenName familyName email birthDate language district { code } grants { role }`

// TestAMinorIsMasked looks at a 16-year-old from all sides: as an author, a member, on a shift and in a history.
func TestAMinorIsMasked(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	minor, adult := c.person("Әлия", 16), c.person("Ерлан", 18)
	c.exec(`update people set family_name = 'Құрманова', district_id = $1`, c.district("MEDEU"))
	_, shift := c.task(9, 48*time.Hour)
	for who, masked := range map[*caller]string{minor: "Әлия Қ.", adult: "Ерлан Құрманова"} {
		proposal := c.propose(who)
		membership := c.join(who, "MEMBER")
		signup, _ := c.signUp(who, shift)
		ids := vars{"proposal": proposal, "membership": membership, "signup": signup}
		query := `query($proposal: ID!, $membership: ID!, $signup: ID!) {
			proposal(id: $proposal) { author { ` + whole + ` } history { nodes { by { ` + whole + ` } } } }
			m: node(id: $membership) { ... on Membership { person { ` + whole + ` } } }
			s: node(id: $signup) { ... on Signup { person { ` + whole + ` } } } }`
		paths := []string{"proposal.author", "proposal.history.nodes.0.by", "m.person", "s.person"}
		for name, viewer := range map[string]*caller{"lead": c.lead, "coordinator": c.coordinator, "officer": c.officer, "visitor": c.visitor()} {
			a := viewer.must(query, ids)
			for i, path := range paths {
				if name == "visitor" && i > 1 {
					a.shows(strings.TrimSuffix(path, ".person"), nil)
					continue
				}
				a.shows(path, vars{"displayName": masked, "givenName": nil, "familyName": nil, "email": nil, "birthDate": nil,
					"language": nil, "district": nil, "grants": nil})
			}
			viewer.must(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": who.id}).shows("node", nil)
		}
		own := who.must(query, ids)
		for _, path := range paths {
			own.shows(path+".displayName", strings.Fields(masked)[0]+" Құрманова").shows(path+".familyName", "Құрманова").
				shows(path+".district.code", "MEDEU").shows(path+".grants", []any{}).shows(path+".language", "EN")
		}
	}
	c.exec(`update people set birth_date = (now() at time zone 'Asia/Almaty')::date - interval '18 years' where id = $1`, minor.id)
	c.visitor().must(`{ proposals { nodes { author { displayName } } } }`)
	found := fmt.Sprint(c.visitor().must(`{ proposals { nodes { author { displayName } } } }`).at("proposals.nodes"))
	if !strings.Contains(found, "Әлия Құрманова") {
		t.Errorf("on the 18th birthday: %s", found)
	}
}

// TestWhatIsOwn asks for a person's lists, roles and sign-ups as other people.
func TestWhatIsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, shift := w.task(3, 48*time.Hour)
	signup, _ := w.signUp(w.other, shift)
	w.propose(w.other)
	grant := w.text(`select id from grants where person_id = $1`, w.officer.id)
	for _, role := range []string{"visitor", "stranger", "member", "lead", "coordinator", "officer"} {
		who := w.roles[role]
		for _, list := range []string{"signups", "memberships", "proposals"} {
			a := who.ask(`{ proposals { nodes { author { ` + list + ` { totalCount nodes { id } } } } } }`)
			a.shows("proposals.nodes.0.author."+list, nil)
			if a.code() != "FORBIDDEN" || fmt.Sprint(a.Errors[0].Path) != "[proposals nodes 0 author "+list+"]" {
				t.Errorf("%s of another by %s: %s", list, role, a.rawBody)
			}
		}
		sees := role == "lead" || role == "coordinator" || role == "officer"
		want := []any{nil, nil, nil}
		if sees {
			want[0] = vars{"id": signup}
		}
		if role == "officer" {
			want[1] = vars{"id": grant}
		}
		who.must(`query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, vars{"ids": []string{signup, grant, w.other.id}}).shows("nodes", want)
		for _, list := range []string{"task(id: $id) { signups", "task(id: $id) { shifts { nodes { signups"} {
			a := who.ask("query($id: ID!) { "+list+" { totalCount } }"+strings.Repeat("}", strings.Count(list, "{")),
				vars{"id": w.text(`select task_id from shifts where id = $1`, shift)})
			if wanted := map[bool]string{true: "", false: "FORBIDDEN"}[sees]; a.code() != wanted {
				t.Errorf("%s by %s: %s", list, role, a.rawBody)
			}
		}
	}
	w.other.must(`{ viewer { signups { nodes { id } } memberships { totalCount } proposals { totalCount } grants { id } } }`).
		shows("viewer", vars{"signups": vars{"nodes": []vars{{"id": signup}}}, "memberships": vars{"totalCount": 0},
			"proposals": vars{"totalCount": 1}, "grants": []any{}})
	w.officer.must(`{ viewer { grants { id role centre { id } ngo { id } } } }`).
		shows("viewer.grants", []vars{{"id": grant, "role": "CITY_OFFICER", "centre": nil, "ngo": nil}})
}

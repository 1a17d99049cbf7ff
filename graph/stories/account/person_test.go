package account

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

func TestAllThatIsWrongAtOnce(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	a := h.Visitor().Refused("INVALID", "register", hub.Vars{"email": "nobody", "password": "short", "givenName": " ",
		"familyName": strings.Repeat("ә", 81), "birthDate": h.Present().AddDate(-5, 0, 0).Format(time.DateOnly)})
	var fields []string
	for _, e := range a.Errors {
		if e.Extensions.Code != "INVALID" || e.Message == "" {
			t.Errorf("%+v", e)
		}
		fields = append(fields, e.Extensions.Field)
	}
	slices.Sort(fields)
	if got := strings.Join(fields, " "); got != "birthDate email familyName givenName password" {
		t.Errorf("wrong are %s: %s", got, a.RawBody)
	}
	if n := h.Count(`select (select count(*) from people) + (select count(*) from sessions)`); n != 0 {
		t.Errorf("%d rows", n)
	}
}

func TestSignInAndOut(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	first := h.Person("Aida", 20)
	signIn := func(email, word string) *hub.Answer {
		return h.Visitor().Ask(hub.Document("signIn", "token person { id }"), hub.Vars{"in": hub.Vars{"email": email, "password": word}})
	}
	for email, word := range map[string]string{"aida@example.org": "wrong horse battery", "nobody@example.org": hub.Password, "": "", "aida": hub.Password} {
		if a := signIn(email, word); a.Code() != "WRONG_CREDENTIALS" || a.Errors[0].Extensions.Field != "" {
			t.Errorf("%s %s: %s", email, word, a.RawBody)
		}
	}
	taken := hub.Vars{"email": " AIDA@Example.org ", "password": hub.Password, "givenName": "A", "familyName": "B", "birthDate": "1999-01-01"}
	h.Visitor().Refused("EMAIL_TAKEN", "register", taken)

	again := func() *hub.Caller {
		a := signIn(" Aida@EXAMPLE.org", hub.Password).Shows("signIn.person.id", first.ID)
		return &hub.Caller{Hub: h, ID: first.ID, Token: a.Str("signIn.token")}
	}
	second, third := again(), again()
	if second.Token == third.Token || second.Token == first.Token {
		t.Error("a token twice")
	}
	second.Do("signOut", hub.Vars{}, "ended").Shows("signOut.ended", 1)
	if a := second.Ask(`{ viewer { id } }`); a.Status != http.StatusUnauthorized || a.Code() != "UNAUTHENTICATED" {
		t.Errorf("after signing out: %d %s", a.Status, a.RawBody)
	}
	first.Must(`{ viewer { id } }`)
	fourth := again()
	fourth.Do("signOut", hub.Vars{"everywhere": true}, "ended").Shows("signOut.ended", 3)
	for _, c := range []*hub.Caller{first, third, fourth} {
		if a := c.Ask(`{ viewer { id } }`); a.Code() != "UNAUTHENTICATED" {
			t.Errorf("after signing out everywhere: %s", a.RawBody)
		}
	}
	h.Visitor().Refused("UNAUTHENTICATED", "signOut", hub.Vars{})
	h.Visitor().Must(`{ viewer { id } }`).Shows("viewer", nil)
	keyed := again()
	keyed.Key = "once"
	keyed.Refused("IDEMPOTENCY_KEY_NOT_SUPPORTED", "signOut", hub.Vars{})
}

// TestSessionsEnd makes sessions older: people may be idle for 14 days and stay signed in for 90, staff 8 hours and 7 days.
func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	volunteer, officer := h.Person("Vera", 20), h.Granted("Olga", "CITY_OFFICER")
	for _, row := range []struct {
		who       *hub.Caller
		idle, old string
		alive     bool
	}{
		{volunteer, "13 days 23 hours", "89 days", true}, {volunteer, "14 days", "20 days", false}, {volunteer, "1 minute", "90 days", false},
		{officer, "7 hours 59 minutes", "6 days", true}, {officer, "8 hours", "9 hours", false}, {officer, "1 minute", "7 days", false},
	} {
		h.Exec(`update sessions set last_seen_at = now() - $2::interval, created_at = now() - $3::interval where person_id = $1`,
			row.who.ID, row.idle, row.old)
		want := map[bool]string{true: "", false: "UNAUTHENTICATED"}[row.alive]
		if got := row.who.Ask(`{ viewer { id } }`).Code(); got != want {
			t.Errorf("idle for %s, %s old: %q, want %q", row.idle, row.old, got, want)
		}
	}
	h.Exec(`update sessions set last_seen_at = now() - interval '10 days', created_at = now() - interval '30 days'`)
	volunteer.Must(`{ viewer { id } }`)
	if n := h.Count(`select count(*) from sessions where person_id = $1 and last_seen_at > now() - interval '1 minute'`, volunteer.ID); n != 1 {
		t.Error("a session that is used does not stay fresh")
	}
}

const whole = `displayName givenName familyName email birthDate language district { code } grants { role }`

// TestAMinorIsMasked looks at a 16-year-old from all sides: as an author, a member, on a shift and in a history.
func TestAMinorIsMasked(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	minor, adult := c.Person("Әлия", 16), c.Person("Ерлан", 18)
	c.Exec(`update people set family_name = 'Құрманова', district_id = $1`, c.District("MEDEU"))
	_, shift := c.Task(9, 48*time.Hour)
	for who, masked := range map[*hub.Caller]string{minor: "Әлия Қ.", adult: "Ерлан Құрманова"} {
		proposal := c.Propose(who)
		membership := c.Join(who, "MEMBER")
		signup, _ := c.SignUp(who, shift)
		ids := hub.Vars{"proposal": proposal, "membership": membership, "signup": signup}
		query := `query($proposal: ID!, $membership: ID!, $signup: ID!) {
			proposal(id: $proposal) { author { ` + whole + ` } history { nodes { by { ` + whole + ` } } } }
			m: node(id: $membership) { ... on Membership { person { ` + whole + ` } } }
			s: node(id: $signup) { ... on Signup { person { ` + whole + ` } } } }`
		paths := []string{"proposal.author", "proposal.history.nodes.0.by", "m.person", "s.person"}
		for name, viewer := range map[string]*hub.Caller{"lead": c.Lead, "coordinator": c.Coordinator, "officer": c.Officer, "visitor": c.Visitor()} {
			a := viewer.Must(query, ids)
			for i, path := range paths {
				if name == "visitor" && i > 1 {
					a.Shows(strings.TrimSuffix(path, ".person"), nil)
					continue
				}
				a.Shows(path, hub.Vars{"displayName": masked, "givenName": nil, "familyName": nil, "email": nil, "birthDate": nil,
					"language": nil, "district": nil, "grants": nil})
			}
			viewer.Must(`query($id: ID!) { node(id: $id) { id } }`, hub.Vars{"id": who.ID}).Shows("node", nil)
		}
		own := who.Must(query, ids)
		for _, path := range paths {
			own.Shows(path+".displayName", strings.Fields(masked)[0]+" Құрманова").Shows(path+".familyName", "Құрманова").
				Shows(path+".district.code", "MEDEU").Shows(path+".grants", []any{}).Shows(path+".language", "EN")
		}
	}
	c.Exec(`update people set birth_date = (now() at time zone 'Asia/Almaty')::date - interval '18 years' where id = $1`, minor.ID)
	c.Visitor().Must(`{ proposals { nodes { author { displayName } } } }`)
	found := fmt.Sprint(c.Visitor().Must(`{ proposals { nodes { author { displayName } } } }`).At("proposals.nodes"))
	if !strings.Contains(found, "Әлия Құрманова") {
		t.Errorf("on the 18th birthday: %s", found)
	}
}

// TestWhatIsOwn asks for a person's lists, roles and sign-ups as other people.
func TestWhatIsOwn(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	_, shift := w.Task(3, 48*time.Hour)
	signup, _ := w.SignUp(w.Other, shift)
	w.Propose(w.Other)
	grant := w.Text(`select id from grants where person_id = $1`, w.Officer.ID)
	for _, role := range []string{"visitor", "stranger", "member", "lead", "coordinator", "officer"} {
		who := w.Roles[role]
		for _, list := range []string{"signups", "memberships", "proposals"} {
			a := who.Ask(`{ proposals { nodes { author { ` + list + ` { totalCount nodes { id } } } } } }`)
			a.Shows("proposals.nodes.0.author."+list, nil)
			if a.Code() != "FORBIDDEN" || fmt.Sprint(a.Errors[0].Path) != "[proposals nodes 0 author "+list+"]" {
				t.Errorf("%s of another by %s: %s", list, role, a.RawBody)
			}
		}
		sees := role == "lead" || role == "coordinator" || role == "officer"
		want := []any{nil, nil, nil}
		if sees {
			want[0] = hub.Vars{"id": signup}
		}
		if role == "officer" {
			want[1] = hub.Vars{"id": grant}
		}
		who.Must(`query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, hub.Vars{"ids": []string{signup, grant, w.Other.ID}}).Shows("nodes", want)
		for _, list := range []string{"task(id: $id) { signups", "task(id: $id) { shifts { nodes { signups"} {
			a := who.Ask("query($id: ID!) { "+list+" { totalCount } }"+strings.Repeat("}", strings.Count(list, "{")),
				hub.Vars{"id": w.Text(`select task_id from shifts where id = $1`, shift)})
			if wanted := map[bool]string{true: "", false: "FORBIDDEN"}[sees]; a.Code() != wanted {
				t.Errorf("%s by %s: %s", list, role, a.RawBody)
			}
		}
	}
	w.Other.Must(`{ viewer { signups { nodes { id } } memberships { totalCount } proposals { totalCount } grants { id } } }`).
		Shows("viewer", hub.Vars{"signups": hub.Vars{"nodes": []hub.Vars{{"id": signup}}}, "memberships": hub.Vars{"totalCount": 0},
			"proposals": hub.Vars{"totalCount": 1}, "grants": []any{}})
	w.Officer.Must(`{ viewer { grants { id role centre { id } ngo { id } } } }`).
		Shows("viewer.grants", []hub.Vars{{"id": grant, "role": "CITY_OFFICER", "centre": nil, "ngo": nil}})
}

package minor

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// TestWithdrawal: a guardian withdraws on the page; future sign-ups are cancelled, the seats passed on, the leads told, and past
// ones stay.
func TestWithdrawal(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	g := c.Guardians()
	minor, next := c.Person("Aliya", 15), c.Crowd(1)[0]
	mama := g.Asked(minor, "mama@example.org", "TAKING_PART", "PHOTO")
	mama.Sends(http.StatusOK, "give", "TAKING_PART", "PHOTO")

	_, past := c.Task(1, 50*time.Hour)
	_, full := c.Task(1, 72*time.Hour)
	_, other := c.Task(3, 96*time.Hour)
	was, _ := c.SignUp(minor, past)
	c.Pass(51 * time.Hour)
	c.Lead.Do("checkIn", hub.Vars{"id": was}, "signup { state }")
	seat, _ := c.SignUp(minor, full)
	c.SignUp(minor, other)
	line, state := c.SignUp(next, full)
	if state != "WAITLISTED" {
		t.Fatal(state)
	}

	mama.Sees(http.StatusOK, "kk", "келісім берілді", `value="withdraw"`)
	mama.Sends(http.StatusUnprocessableEntity, "withdraw")
	mama.Sends(http.StatusOK, "withdraw", "TAKING_PART")
	mama.Sees(http.StatusOK, "en", "To taking part: consent withdrawn", "To photographs: consent given")

	for language, why := range map[string]string{"kk": "Ата-ананың немесе заңды өкілдің келісімі қайтарып алынды.",
		"ru": "Согласие родителя или законного представителя отозвано.", "en": "The guardian’s consent was withdrawn."} {
		c.Lead.Send(`{"query": "{ node(id: \"`+seat+`\") { ... on Signup { state endReason history { nodes { verb actingAs by { id } words } } } } }"}`,
			"Accept-Language", language).Shows("node.state", "CANCELLED").Shows("node.endReason", why).
			Shows("node.history.nodes.1", hub.Vars{"verb": "WITHDRAW_CONSENT", "actingAs": "GUARDIAN", "by": nil, "words": why})
	}
	if n := c.Count(`select count(*) from signups where person_id = $1 and state in ('WAITLISTED', 'OFFERED', 'CONFIRMED')`, hub.RowID(minor.ID)); n != 0 {
		t.Errorf("%d sign-ups left", n)
	}
	next.Must(`query($id: ID!) { node(id: $id) { ... on Signup { state } } }`, hub.Vars{"id": line}).Shows("node.state", "OFFERED")
	c.Lead.Must(`query($id: ID!) { node(id: $id) { ... on Signup { state } } }`, hub.Vars{"id": was}).Shows("node.state", "CHECKED_IN")
	minor.Refused("CONSENT_MISSING", "signUp", hub.Vars{"shiftId": other})

	leadsAreTold(c, 2)
	mama.Sends(http.StatusConflict, "withdraw", "TAKING_PART")
	mama.Sends(http.StatusOK, "withdraw", "PHOTO")
	leadsAreTold(c, 0)
}

// leadsAreTold checks that the leads are told once each, about that many sign-ups, with the name that others see.
func leadsAreTold(c *hub.City, signups int) {
	c.T.Helper()
	var told []string
	for _, m := range c.Mails() {
		if !strings.HasSuffix(m.Subject, "consent was withdrawn") || !strings.Contains(m.Body, "“Aliya T.") {
			continue
		}
		told = append(told, m.To)
		if strings.Contains(m.Body, "Testova") || strings.Count(m.Body, "Арық тазалау") != signups {
			c.T.Error(m.Body)
		}
	}
	slices.Sort(told)
	if want := []string{"lead@example.org", "ngolead@example.org"}; !slices.Equal(told, want) {
		c.T.Errorf("told %v, want %v", told, want)
	}
}

// TestWithdrawalSparesAdultDays: a coordinator withdraws; sign-ups after the eighteenth birthday are the person's own affair.
func TestWithdrawalSparesAdultDays(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	night := nightShift(c.Present())
	minor := c.Born(c.Crowd(1)[0], night.AddDate(-18, 0, 0))
	a := c.Coordinator.Do("recordConsent", hub.Vars{"personId": minor.ID, "scopes": []string{"TAKING_PART"}, "seenOn": c.Today()}, "consents { id }")
	_, after := workFor(c, "STANDARD", night)
	_, before := workFor(c, "STANDARD", night.AddDate(0, 0, -1))
	grown, _ := c.SignUp(minor, after)
	young, _ := c.SignUp(minor, before)
	key := *c.Coordinator
	key.Key = "once"
	for range 2 {
		key.Do("withdrawConsent", hub.Vars{"id": a.Str("recordConsent.consents.0.id"), "reason": "Анасы келді."}, "consents { state }").
			Shows("withdrawConsent.consents.0.state", "WITHDRAWN")
	}
	read := `query($ids: [ID!]!) { nodes(ids: $ids) { ... on Signup { state } } }`
	minor.Must(read, hub.Vars{"ids": []string{grown, young}}).Shows("nodes.0.state", "CONFIRMED").Shows("nodes.1.state", "CANCELLED")
}

// TestLinks: a token opens only its own request, once, for a limited time; what can be guessed opens nothing.
func TestLinks(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	g := c.Guardians()
	minor, rival := c.Person("Aliya", 15), c.Person("Botagoz", 14)
	first := g.Asked(minor, "mama@example.org", "TAKING_PART", "PHOTO")
	second := g.Asked(minor, "papa@example.org", "TAKING_PART")
	first.Sends(http.StatusOK, "give", "TAKING_PART", "PHOTO") // the later request has replaced the first
	minor.Must(`{ viewer { consents { scope state } } }`).Shows("viewer.consents", []hub.Vars{
		{"scope": "TAKING_PART", "state": "ASKED"}, {"scope": "PHOTO", "state": "GIVEN"}})
	c.Pass(24 * time.Hour)
	other := g.Asked(rival, "mama@example.org", "TAKING_PART")

	c.Pass(13 * 24 * time.Hour)
	second.Sees(http.StatusGone, "en", "no longer valid")
	second.Sends(http.StatusGone, "give", "TAKING_PART")
	if err := c.Resolver.Consents.ExpireDue(t.Context(), c.Present()); err != nil {
		t.Fatal(err)
	}
	minor.Must(`{ viewer { consents { state history { nodes { verb } } } } }`).Shows("viewer.consents.0.state", "EXPIRED").
		Shows("viewer.consents.0.history.nodes.1.verb", "EXPIRE")
	second.Sees(http.StatusGone, "kk", "жарамсыз")
	other.Sends(http.StatusOK, "decline")
	other.Sends(http.StatusConflict, "give", "TAKING_PART")
	other.Sees(http.StatusOK, "en", "To taking part: consent not given")

	opensNothing(c, g.URL, minor, strings.TrimPrefix(first.URL, g.URL+"/consent/"))
	c.Aged(minor, 18)
	first.Sees(http.StatusGone, "en", "no longer valid")
	first.Sends(http.StatusGone, "withdraw", "PHOTO")
}

// opensNothing tries in place of a token what could be guessed, or read in the database.
func opensNothing(c *hub.City, base string, minor *hub.Caller, token string) {
	c.T.Helper()
	t := c.T
	id := c.Text(`select id from consents where person_id = $1 limit 1`, hub.RowID(minor.ID))
	request := c.Text(`select request_id from consents where person_id = $1 limit 1`, hub.RowID(minor.ID))
	hash := c.Text(`select translate(encode(token_hash, 'base64'), '+/=', '-_') from consents where person_id = $1 limit 1`, hub.RowID(minor.ID))
	for _, guess := range []string{id, request, minor.ID, hash, token[:42], token + "A", strings.Repeat("A", 43), "", "%00", "../page.css"} {
		g := &hub.Guardian{T: t, URL: base + "/consent/" + guess}
		r, err := http.Get(g.URL)
		if err == nil && r.StatusCode == http.StatusOK && guess != "../page.css" {
			t.Errorf("%q opened something", guess)
		}
		if body := g.Read(http.StatusNotFound, r, err); strings.Contains(body, "Aliya") {
			t.Errorf("%q told %s", guess, body)
		}
	}
}

// TestPageIsSafe: its headers, what other sites may send, and limits on size and number.
func TestPageIsSafe(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	g := c.Guardians()
	minor := c.Person("Aliya", 15)
	mama := g.Asked(minor, "mama@example.org", "TAKING_PART")
	r, err := http.Get(mama.URL)
	body := mama.Read(http.StatusOK, r, err)
	if policy := r.Header.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || !strings.HasPrefix(policy, "default-src 'none';") ||
		strings.Contains(body, "<script") || r.Header.Get("Cache-Control") != "no-store" || r.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("%v %s", r.Header, body)
	}
	for name, change := range map[string]func(*http.Request){
		"another site":         func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"another origin":       func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"a large form":         func(r *http.Request) { r.Body = http.NoBody; r.URL.RawQuery = "action=give&scope=TAKING_PART" },
		"another method":       func(r *http.Request) { r.Method = http.MethodPut },
		"a form of other kind": func(r *http.Request) { r.Header.Set("Content-Type", "multipart/form-data; boundary=x") },
	} {
		request, err := http.NewRequest(http.MethodPost, mama.URL, strings.NewReader("action=give&scope=TAKING_PART"))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		change(request)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode < 400 || c.Count(`select count(*) from consents where state = 'GIVEN'`) > 0 {
			t.Errorf("%s: %d", name, response.StatusCode)
		}
	}
	mama.Sends(http.StatusRequestEntityTooLarge, strings.Repeat("x", 9<<10))
}

// TestAskedTooOften: neither a person nor an address can be used to flood a mailbox.
func TestAskedTooOften(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	minor := c.Person("Aliya", 15)
	g := c.Guardians()
	for i := range 5 {
		g.Asked(minor, fmt.Sprintf("mama+%d@example.org", i), "PHOTO")
	}
	minor.Refused("ASKED_TOO_OFTEN", "requestConsent", hub.Vars{"guardianEmail": "papa@example.org", "scopes": []string{"PHOTO"}})
	c.Person("Botagoz", 14).Refused("ASKED_TOO_OFTEN", "requestConsent", hub.Vars{"guardianEmail": "mama@example.org", "scopes": []string{"NAME"}})
	minor.Erase()
	c.Person("Botagoz2", 14).Refused("ASKED_TOO_OFTEN", "requestConsent", hub.Vars{"guardianEmail": "mama@example.org", "scopes": []string{"NAME"}})
}

package stories

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestWithdrawal: a guardian withdraws on the page; future sign-ups are cancelled, the seats passed on, the leads told, and past
// ones stay.
func TestWithdrawal(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	g := c.guardians()
	minor, next := c.person("Aliya", 15), c.crowd(1)[0]
	mama := g.asked(minor, "mama@example.org", "TAKING_PART", "PHOTO")
	mama.sends(http.StatusOK, "give", "TAKING_PART", "PHOTO")

	_, past := c.task(1, 50*hour)
	_, full := c.task(1, 72*hour)
	_, other := c.task(3, 96*hour)
	was, _ := c.signUp(minor, past)
	c.age(past, 51*hour)
	c.lead.do("checkIn", vars{"id": was}, "signup { state }")
	seat, _ := c.signUp(minor, full)
	c.signUp(minor, other)
	line, state := c.signUp(next, full)
	if state != "WAITLISTED" {
		t.Fatal(state)
	}

	mama.sees(http.StatusOK, "kk", "келісім берілді", `value="withdraw"`)
	mama.sends(http.StatusUnprocessableEntity, "withdraw")
	mama.sends(http.StatusOK, "withdraw", "TAKING_PART")
	mama.sees(http.StatusOK, "en", "To taking part: withdrawn", "To photographs: consent given")

	for language, why := range map[string]string{"kk": "Ата-ананың немесе заңды өкілдің келісімі қайтарып алынды.",
		"ru": "Согласие родителя или законного представителя отозвано.", "en": "The guardian’s consent was withdrawn."} {
		c.lead.send(`{"query": "{ node(id: \"`+seat+`\") { ... on Signup { state endReason history { nodes { verb actingAs by { id } words } } } } }"}`,
			"Accept-Language", language).shows("node.state", "CANCELLED").shows("node.endReason", why).
			shows("node.history.nodes.1", vars{"verb": "WITHDRAW_CONSENT", "actingAs": "GUARDIAN", "by": nil, "words": why})
	}
	if n := c.count(`select count(*) from signups where person_id = $1 and state in ('WAITLISTED', 'OFFERED', 'CONFIRMED')`, rowID(minor.id)); n != 0 {
		t.Errorf("%d sign-ups left", n)
	}
	next.must(`query($id: ID!) { node(id: $id) { ... on Signup { state } } }`, vars{"id": line}).shows("node.state", "OFFERED")
	c.lead.must(`query($id: ID!) { node(id: $id) { ... on Signup { state } } }`, vars{"id": was}).shows("node.state", "CHECKED_IN")
	minor.refused("CONSENT_MISSING", "signUp", vars{"shiftId": other})

	c.leadsAreTold(2)
	mama.sends(http.StatusConflict, "withdraw", "TAKING_PART")
	mama.sends(http.StatusOK, "withdraw", "PHOTO")
	c.leadsAreTold(0)
}

// leadsAreTold checks that the leads are told once each, about that many sign-ups, with the name that others see.
func (c *city) leadsAreTold(signups int) {
	c.t.Helper()
	var told []string
	for _, m := range c.mails() {
		if !strings.HasSuffix(m.subject, "consent was withdrawn") || !strings.Contains(m.body, "“Aliya T.") {
			continue
		}
		told = append(told, m.to)
		if strings.Contains(m.body, "Testova") || strings.Count(m.body, "Арық тазалау") != signups {
			c.t.Error(m.body)
		}
	}
	slices.Sort(told)
	if want := []string{"lead@example.org", "ngolead@example.org"}; !slices.Equal(told, want) {
		c.t.Errorf("told %v, want %v", told, want)
	}
}

// TestWithdrawalSparesAdultDays: a coordinator withdraws; sign-ups after the eighteenth birthday are the person's own affair.
func TestWithdrawalSparesAdultDays(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	night := nightShift()
	minor := c.born(c.crowd(1)[0], night.AddDate(-18, 0, 0))
	a := c.coordinator.do("recordConsent", vars{"personId": minor.id, "scopes": []string{"TAKING_PART"}, "seenOn": today()}, "consents { id }")
	_, after := c.workFor("STANDARD", night)
	_, before := c.workFor("STANDARD", night.AddDate(0, 0, -1))
	grown, _ := c.signUp(minor, after)
	young, _ := c.signUp(minor, before)
	key := *c.coordinator
	key.key = "once"
	for range 2 {
		key.do("withdrawConsent", vars{"id": a.str("recordConsent.consents.0.id"), "reason": "Анасы келді."}, "consents { state }").
			shows("withdrawConsent.consents.0.state", "WITHDRAWN")
	}
	read := `query($ids: [ID!]!) { nodes(ids: $ids) { ... on Signup { state } } }`
	minor.must(read, vars{"ids": []string{grown, young}}).shows("nodes.0.state", "CONFIRMED").shows("nodes.1.state", "CANCELLED")
}

// TestLinks: a token opens only its own request, once, for a limited time; what can be guessed opens nothing.
func TestLinks(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	g := c.guardians()
	minor, rival := c.person("Aliya", 15), c.person("Botagoz", 14)
	first := g.asked(minor, "mama@example.org", "TAKING_PART", "PHOTO")
	second := g.asked(minor, "papa@example.org", "TAKING_PART")
	first.sends(http.StatusOK, "give", "TAKING_PART", "PHOTO") // the later request has replaced the first
	minor.must(`{ viewer { consents { scope state } } }`).shows("viewer.consents", []vars{
		{"scope": "TAKING_PART", "state": "ASKED"}, {"scope": "PHOTO", "state": "GIVEN"}})
	other := g.asked(rival, "mama@example.org", "TAKING_PART")

	c.exec(`update consents set expires_at = now() where person_id = $1 and state = 'ASKED'`, rowID(minor.id))
	second.sees(http.StatusGone, "en", "no longer valid")
	second.sends(http.StatusGone, "give", "TAKING_PART")
	if err := c.r.Consents.ExpireDue(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	minor.must(`{ viewer { consents { state history { nodes { verb } } } } }`).shows("viewer.consents.0.state", "EXPIRED").
		shows("viewer.consents.0.history.nodes.1.verb", "EXPIRE")
	second.sees(http.StatusGone, "kk", "жарамсыз")
	other.sends(http.StatusOK, "decline")
	other.sends(http.StatusConflict, "give", "TAKING_PART")
	other.sees(http.StatusOK, "en", "To taking part: consent not given")

	c.opensNothing(g.url, minor, strings.TrimPrefix(first.url, g.url+"/consent/"))
	c.aged(minor, 18)
	first.sees(http.StatusGone, "en", "no longer valid")
	first.sends(http.StatusGone, "withdraw", "PHOTO")
}

// opensNothing tries in place of a token what could be guessed, or read in the database.
func (c *city) opensNothing(base string, minor *caller, token string) {
	c.t.Helper()
	t := c.t
	id := c.text(`select id from consents where person_id = $1 limit 1`, rowID(minor.id))
	request := c.text(`select request_id from consents where person_id = $1 limit 1`, rowID(minor.id))
	hash := c.text(`select translate(encode(token_hash, 'base64'), '+/=', '-_') from consents where person_id = $1 limit 1`, rowID(minor.id))
	for _, guess := range []string{id, request, minor.id, hash, token[:42], token + "A", strings.Repeat("A", 43), "", "%00", "../page.css"} {
		g := &guardian{t: t, url: base + "/consent/" + guess}
		r, err := http.Get(g.url)
		if err == nil && r.StatusCode == http.StatusOK && guess != "../page.css" {
			t.Errorf("%q opened something", guess)
		}
		if body := g.read(http.StatusNotFound, r, err); strings.Contains(body, "Aliya") {
			t.Errorf("%q told %s", guess, body)
		}
	}
}

// TestPageIsSafe: its headers, what other sites may send, and limits on size and number.
func TestPageIsSafe(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	g := c.guardians()
	minor := c.person("Aliya", 15)
	mama := g.asked(minor, "mama@example.org", "TAKING_PART")
	r, err := http.Get(mama.url)
	body := mama.read(http.StatusOK, r, err)
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
		request, err := http.NewRequest(http.MethodPost, mama.url, strings.NewReader("action=give&scope=TAKING_PART"))
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
		if response.StatusCode < 400 || c.count(`select count(*) from consents where state = 'GIVEN'`) > 0 {
			t.Errorf("%s: %d", name, response.StatusCode)
		}
	}
	mama.sends(http.StatusRequestEntityTooLarge, strings.Repeat("x", 9<<10))
}

// TestAskedTooOften: neither a person nor an address can be used to flood a mailbox.
func TestAskedTooOften(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	minor := c.person("Aliya", 15)
	g := c.guardians()
	for i := range 5 {
		g.asked(minor, fmt.Sprintf("mama+%d@example.org", i), "PHOTO")
	}
	minor.refused("ASKED_TOO_OFTEN", "requestConsent", vars{"guardianEmail": "papa@example.org", "scopes": []string{"PHOTO"}})
	c.person("Botagoz", 14).refused("ASKED_TOO_OFTEN", "requestConsent", vars{"guardianEmail": "mama@example.org", "scopes": []string{"NAME"}})
	minor.erase()
	c.person("Botagoz2", 14).refused("ASKED_TOO_OFTEN", "requestConsent", vars{"guardianEmail": "mama@example.org", "scopes": []string{"NAME"}})
}

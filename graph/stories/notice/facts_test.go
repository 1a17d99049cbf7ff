package notice

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/almaty"
)

// TestPlacesAreNamed: texts that send somebody to a shift say where it is.
func TestPlacesAreNamed(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift := c.Task(1, 48*time.Hour)
	c.Lead.Do("updateTask", hub.Vars{"id": task, "place": "The old gate"}, "task { id }")
	signup, _ := c.SignUp(c.Volunteer, shift)
	c.SignUp(c.Other, shift)
	c.Volunteer.Do("cancelSignup", hub.Vars{"id": signup}, "signup { id }")
	if text := c.Other.Hears("SEAT_OFFERED").Str("viewer.notices.nodes.0.text"); !strings.Contains(text, "\nWhere: The old gate\n") {
		t.Errorf("%q", text)
	}
	c.Other.Do("acceptOffer", hub.Vars{"id": c.Text(`select id from signups where state = 'OFFERED'`)}, "signup { id }")
	evening := c.Present().In(almaty.Zone).AddDate(0, 0, 1)
	c.Exec(`update shifts set starts_at = (date_trunc('day', $2::timestamptz at time zone 'Asia/Almaty') + interval '36 hours') at time zone 'Asia/Almaty',
		ends_at = (date_trunc('day', $2::timestamptz at time zone 'Asia/Almaty') + interval '38 hours') at time zone 'Asia/Almaty', place = 'The pond' where id = $1`, shift, evening)
	for _, hour := range []int{19, 24 + 9} {
		reminds(c.Hub, time.Date(evening.Year(), evening.Month(), evening.Day(), hour-5, 0, 0, 0, time.UTC))
	}
	a := c.Other.Must(`{ viewer { notices(filter: {unread: true}) { nodes { kind text } } } }`)
	for i, kind := range []string{"SHIFT_TODAY", "SHIFT_TOMORROW"} {
		n := a.At("viewer.notices.nodes").([]any)[i].(hub.Vars)
		if n["kind"] != kind || !strings.Contains(n["text"].(string), "\nWhere: The pond") {
			t.Errorf("%v", n)
		}
	}
}

// TestTheYoungAreToldOfConsents: given, declined and withdrawn by the guardian, recorded and withdrawn by a coordinator, and
// unanswered.
func TestTheYoungAreToldOfConsents(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	g := c.Guardians()
	minor := c.Aged(c.Crowd(1)[0], 15)
	says := func(kind, text string) {
		t.Helper()
		a := minor.Hears("CONSENT_ANSWERED")
		if title := a.Str("viewer.notices.nodes.0.title"); title != kind || !strings.Contains(a.Str("viewer.notices.nodes.0.text"), text) {
			t.Errorf("%s", a.RawBody)
		}
	}
	mama := g.Asked(minor, "mama@example.org", "TAKING_PART", "PHOTO")
	minor.Hears()
	mama.Sends(http.StatusOK, "give", "TAKING_PART")
	a := minor.Hears("CONSENT_ANSWERED", "CONSENT_ANSWERED").Shows("viewer.notices.nodes.0.path", "/me")
	for _, want := range []string{"Your guardian has given consent", "You have consent: to taking part.", "Your guardian has not given consent",
		"There is no consent: to photographs."} {
		if !strings.Contains(a.RawBody, want) {
			t.Errorf("no %q in %s", want, a.RawBody)
		}
	}
	mama.Sends(http.StatusOK, "withdraw", "TAKING_PART")
	says("Your guardian’s consent was withdrawn", "Your sign-ups for upcoming shifts are cancelled.")
	c.Coordinator.Do("recordConsent", hub.Vars{"personId": minor.ID, "scopes": []string{"NAME"}, "seenOn": c.Today()}, "consents { id }")
	says("Your guardian has given consent", "to the name")
	id := c.Text(`select id from consents where scope = 'NAME'`)
	c.Coordinator.Do("withdrawConsent", hub.Vars{"id": id, "reason": "The mother came."}, "consents { id }")
	says("Your guardian’s consent was withdrawn", "to the name")
	g.Asked(minor, "mama@example.org", "TAKING_PART")
	id = c.Text(`select id from consents where state = 'ASKED'`)
	c.Coordinator.Do("withdrawConsent", hub.Vars{"id": id, "reason": "Another address."}, "consents { id }")
	minor.Hears() // nothing had been given, and nothing is lost
	g.Asked(minor, "mama@example.org", "PHOTO")
	c.Pass(14 * 24 * time.Hour)
	if err := c.Resolver.Consents.ExpireDue(t.Context(), c.Present()); err != nil {
		t.Fatal(err)
	}
	says("Your guardian has not answered in time", "photographs")
}

// Package minor has the stories of people who are not of age, and of their guardians.
package minor

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// TestAMinorsPath: from the sign-up that lacks consent, over the guardian's page, to the seat, and to the work that stays
// forbidden.
func TestAMinorsPath(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	g := c.Guardians()
	minor := c.Person("Aliya", 15)
	task, shift := c.Task(2, 72*time.Hour)

	minor.Refused("CONSENT_MISSING", "signUp", hub.Vars{"shiftId": shift})
	if told := minor.Actions(shift)["SIGN_UP"]; told != "CONSENT_MISSING" || allowed(c, minor, task) {
		t.Errorf("told %v", told)
	}
	minor.Refused("INVALID", "requestConsent", hub.Vars{"guardianEmail": "aliya@example.org", "scopes": []string{"TAKING_PART"}})
	minor.Refused("INVALID", "requestConsent", hub.Vars{"guardianEmail": "nobody", "scopes": []string{}})
	c.Other.Refused("NOT_A_MINOR", "requestConsent", hub.Vars{"guardianEmail": "mama@example.org", "scopes": []string{"TAKING_PART"}})

	mama := g.Asked(minor, "Mama@example.org", "TAKING_PART", "PHOTO")
	if text := mama.Mail.Body; !strings.Contains(text, "Aliya T.") || strings.Contains(text, "Testova") ||
		!strings.Contains(text, "to photographs, to taking part") || !strings.Contains(text, "(version 2)") {
		t.Error(text)
	}
	mama.Sees(http.StatusOK, "ru", "Aliya T.", "Версия текста: 2", `value="TAKING_PART"`, `value="PHOTO"`, "При отзыве согласия на участие")
	minor.Refused("CONSENT_MISSING", "signUp", hub.Vars{"shiftId": shift})
	mama.Sends(http.StatusUnprocessableEntity, "give")
	mama.Sends(http.StatusConflict, "give", "XX")
	mama.Sends(http.StatusUnprocessableEntity, "agree", "TAKING_PART")
	mama.Sends(http.StatusUnprocessableEntity, "", "TAKING_PART")
	minor.Must(`{ viewer { consents { state } } }`).Shows("viewer.consents", []hub.Vars{{"state": "ASKED"}, {"state": "ASKED"}})
	mama.Sends(http.StatusOK, "give", "TAKING_PART")
	mama.Sees(http.StatusOK, "en", "To taking part: consent given", "To photographs: consent not given", "Version of the text: 2")
	mama.Sends(http.StatusConflict, "give", "PHOTO")

	minor.Must(`{ viewer { consents { scope state textVersion language guardianEmail history { nodes { verb actingAs by { id } } } } } }`).
		Shows("viewer.consents.0.scope", "TAKING_PART").Shows("viewer.consents.0.state", "GIVEN").
		Shows("viewer.consents.0.textVersion", "2").Shows("viewer.consents.0.language", "EN").
		Shows("viewer.consents.0.history.nodes.1", hub.Vars{"verb": "GIVE_CONSENT", "actingAs": "GUARDIAN", "by": nil}).
		Shows("viewer.consents.1.state", "DECLINED")
	c.Officer.Must(`{ auditEntries(filter: {action: "requestConsent"}, first: 1) { nodes { fields } } }`).
		Shows("auditEntries.nodes.0.fields", []any{"guardianEmail", "scopes", "textVersion.2"})
	c.Exec(`update consents set text_version = '1'`) // given before there was another version of the text
	mama.Sees(http.StatusOK, "ru", "Версия текста: 1", "Отзыв согласия на участие отменяет", "На участие: согласие дано")
	minor.Refused("CONSENT_GIVEN", "requestConsent", hub.Vars{"guardianEmail": "papa@example.org", "scopes": []string{"TAKING_PART"}})
	if _, state := c.SignUp(minor, shift); state != "CONFIRMED" || allowed(c, minor, task) {
		t.Error(state)
	}
	keptFromHazards(c, minor)
}

// keptFromHazards: consent does not allow work that the law closes.
func keptFromHazards(c *hub.City, minor *hub.Caller) {
	c.T.Helper()
	_, heavy := workFor(c, "HAZARDOUS", c.Present().Add(100*time.Hour))
	minor.Refused("WORK_FORBIDDEN", "signUp", hub.Vars{"shiftId": heavy})
	if err := bySQL(c.Hub, minor, heavy, "CONFIRMED"); err == nil {
		c.T.Error("the database let a minor to forbidden work")
	}
}

// TestConsentAge: the age on the day of the shift counts, and the city sets the age from which no consent is needed.
func TestConsentAge(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	night := nightShift(c.Present())
	_, shift := workFor(c, "STANDARD", night)
	who := c.Crowd(1)[0]
	for _, s := range []struct {
		setting int
		born    time.Time
		reason  any
	}{
		{16, night.AddDate(-16, 0, 1), "CONSENT_MISSING"}, {16, night.AddDate(-16, 0, 0), nil},
		{18, night.AddDate(-18, 0, 1), "CONSENT_MISSING"}, {18, night.AddDate(-18, 0, 0), nil},
		{14, night.AddDate(-14, 0, 1), "CONSENT_MISSING"}, {14, night.AddDate(-14, 0, 0), nil}, {0, night.AddDate(-7, 0, 0), nil},
	} {
		c.Resolver.Signups.ConsentAge = s.setting
		c.Born(who, s.born)
		if told := who.Actions(shift)["SIGN_UP"]; told != s.reason {
			t.Errorf("%d, born %v: told %v", s.setting, s.born, told)
		}
	}
	c.Resolver.Signups.ConsentAge = 16
	c.Born(who, night.AddDate(-16, 0, 0))
	c.SignUp(who, shift)
	earlier := night.AddDate(0, 0, -1)
	c.Lead.Refused("CONSENT_MISSING", "updateShift", hub.Vars{"id": shift, "startsAt": earlier.Format(time.RFC3339),
		"endsAt": earlier.Add(time.Hour).Format(time.RFC3339)})
}

// TestAnOfferNeedsConsent: somebody who joined the waiting list with consent cannot take the seat without.
func TestAnOfferNeedsConsent(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	people := c.Crowd(2)
	minor := c.Aged(people[1], 15)
	_, shift := c.Task(1, 72*time.Hour)
	c.Coordinator.Do("recordConsent", hub.Vars{"personId": minor.ID, "scopes": []string{"TAKING_PART"}, "seenOn": c.Today()}, "consents { id }")
	first, _ := c.SignUp(people[0], shift)
	waiting, _ := c.SignUp(minor, shift)
	people[0].Do("cancelSignup", hub.Vars{"id": first}, "signup { state }")
	c.Exec(`update consents set state = 'WITHDRAWN', revoked_at = now()`)
	if told := minor.Actions(waiting)["ACCEPT_OFFER"]; told != "CONSENT_MISSING" {
		t.Errorf("told %v", told)
	}
	minor.Refused("CONSENT_MISSING", "acceptOffer", hub.Vars{"id": waiting})
	minor.Do("declineOffer", hub.Vars{"id": waiting}, "signup { state }")
}

// TestPapers: a coordinator of any centre, and nobody else, vouches for a paper.
func TestPapers(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	minor := c.Aged(c.Crowd(1)[0], 14)
	paper := func(day string) hub.Vars {
		return hub.Vars{"personId": minor.ID, "scopes": []string{"TAKING_PART", "NAME", "NAME"}, "seenOn": day, "note": " Шкаф 2 "}
	}
	elsewhere := c.Granted("Elsewhere", "COORDINATOR TURKSIB-1")
	for _, who := range []*hub.Caller{c.Lead, c.Officer, c.NgoLead, minor} {
		who.Refused("FORBIDDEN", "recordConsent", paper(c.Today()))
	}
	c.Visitor().Refused("UNAUTHENTICATED", "recordConsent", paper(c.Today()))
	elsewhere.Refused("INVALID", "recordConsent", paper(c.Present().AddDate(0, 0, 2).Format(time.DateOnly)))
	elsewhere.Refused("INVALID", "recordConsent", paper("2020-01-01"))
	elsewhere.Refused("NOT_FOUND", "recordConsent", hub.Vars{"personId": c.Team, "scopes": []string{"NAME"}, "seenOn": c.Today()})
	elsewhere.Refused("NOT_A_MINOR", "recordConsent", hub.Vars{"personId": c.Other.ID, "scopes": []string{"NAME"}, "seenOn": c.Today()})
	a := elsewhere.Do("recordConsent", paper(c.Today()), `consents { id scope state seenOn note guardianEmail recordedBy { id }
		history { nodes { verb actingAs } } availableActions { action allowed } person { displayName } }`)
	a.Shows("recordConsent.consents.0.scope", "NAME").Shows("recordConsent.consents.1.scope", "TAKING_PART").
		Shows("recordConsent.consents.0.note", "Шкаф 2").Shows("recordConsent.consents.0.recordedBy.id", elsewhere.ID).
		Shows("recordConsent.consents.0.seenOn", c.Today()).Shows("recordConsent.consents.0.history.nodes.0.verb", "RECORD_CONSENT").
		Shows("recordConsent.consents.0.person.displayName", "Person0 C.")
	id := a.Str("recordConsent.consents.1.id")
	elsewhere.Refused("CONSENT_GIVEN", "recordConsent", paper(c.Today()))
	for _, who := range []*hub.Caller{c.Lead, c.Officer, c.Other, c.Visitor()} {
		who.Must(`query($id: ID!) { node(id: $id) { id } }`, hub.Vars{"id": id}).Shows("node", nil)
	}
	c.Lead.Refused("NOT_FOUND", "withdrawConsent", hub.Vars{"id": id, "reason": "Nosy."})
	minor.Do("withdrawConsent", hub.Vars{"id": id, "reason": "Басқа жоспар."}, "consents { state reason revokedBy { id } }").
		Shows("withdrawConsent.consents.0", hub.Vars{"state": "WITHDRAWN", "reason": "Басқа жоспар.", "revokedBy": hub.Vars{"id": minor.ID}})
	minor.Refused("WRONG_STATE", "withdrawConsent", hub.Vars{"id": id, "reason": "Again."})
}

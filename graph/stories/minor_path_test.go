package stories

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/almaty"
)

// TestAMinorsPath: from the sign-up that lacks consent, over the guardian's page, to the seat, and to the work that stays
// forbidden.
func TestAMinorsPath(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	g := c.guardians()
	minor := c.person("Aliya", 15)
	task, shift := c.task(2, 72*hour)

	minor.refused("CONSENT_MISSING", "signUp", vars{"shiftId": shift})
	if told := minor.actions(shift)["SIGN_UP"]; told != "CONSENT_MISSING" || c.allowed(minor, task) {
		t.Errorf("told %v", told)
	}
	minor.refused("INVALID", "requestConsent", vars{"guardianEmail": "aliya@example.org", "scopes": []string{"TAKING_PART"}})
	minor.refused("INVALID", "requestConsent", vars{"guardianEmail": "nobody", "scopes": []string{}})
	c.other.refused("NOT_A_MINOR", "requestConsent", vars{"guardianEmail": "mama@example.org", "scopes": []string{"TAKING_PART"}})

	mama := g.asked(minor, "Mama@example.org", "TAKING_PART", "PHOTO")
	if text := mama.mail.body; !strings.Contains(text, "Aliya T.") || strings.Contains(text, "Testova") ||
		!strings.Contains(text, "to photographs, to taking part") || !strings.Contains(text, "(version 2)") {
		t.Error(text)
	}
	mama.sees(http.StatusOK, "ru", "Aliya T.", "Версия текста: 2", `value="TAKING_PART"`, `value="PHOTO"`, "При отзыве согласия на участие")
	minor.refused("CONSENT_MISSING", "signUp", vars{"shiftId": shift})
	mama.sends(http.StatusUnprocessableEntity, "give")
	mama.sends(http.StatusConflict, "give", "XX")
	mama.sends(http.StatusUnprocessableEntity, "agree", "TAKING_PART")
	mama.sends(http.StatusUnprocessableEntity, "", "TAKING_PART")
	minor.must(`{ viewer { consents { state } } }`).shows("viewer.consents", []vars{{"state": "ASKED"}, {"state": "ASKED"}})
	mama.sends(http.StatusOK, "give", "TAKING_PART")
	mama.sees(http.StatusOK, "en", "To taking part: consent given", "To photographs: consent not given", "Version of the text: 2")
	mama.sends(http.StatusConflict, "give", "PHOTO")

	minor.must(`{ viewer { consents { scope state textVersion language guardianEmail history { nodes { verb actingAs by { id } } } } } }`).
		shows("viewer.consents.0.scope", "TAKING_PART").shows("viewer.consents.0.state", "GIVEN").
		shows("viewer.consents.0.textVersion", "2").shows("viewer.consents.0.language", "EN").
		shows("viewer.consents.0.history.nodes.1", vars{"verb": "GIVE_CONSENT", "actingAs": "GUARDIAN", "by": nil}).
		shows("viewer.consents.1.state", "DECLINED")
	c.officer.must(`{ auditEntries(filter: {action: "requestConsent"}, first: 1) { nodes { fields } } }`).
		shows("auditEntries.nodes.0.fields", []any{"guardianEmail", "scopes", "textVersion.2"})
	c.exec(`update consents set text_version = '1'`) // given before there was another version of the text
	mama.sees(http.StatusOK, "ru", "Версия текста: 1", "Отзыв согласия на участие отменяет", "На участие: согласие дано")
	minor.refused("CONSENT_GIVEN", "requestConsent", vars{"guardianEmail": "papa@example.org", "scopes": []string{"TAKING_PART"}})
	if _, state := c.signUp(minor, shift); state != "CONFIRMED" || c.allowed(minor, task) {
		t.Error(state)
	}
	c.keptFromHazards(minor)
}

// keptFromHazards: consent does not allow work that the law closes.
func (c *city) keptFromHazards(minor *caller) {
	c.t.Helper()
	_, heavy := c.workFor("HAZARDOUS", time.Now().Add(100*hour))
	minor.refused("WORK_FORBIDDEN", "signUp", vars{"shiftId": heavy})
	if err := c.bySQL(minor, heavy, "CONFIRMED"); err == nil {
		c.t.Error("the database let a minor to forbidden work")
	}
}

// TestConsentAge: the age on the day of the shift counts, and the city sets the age from which no consent is needed.
func TestConsentAge(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	night := nightShift()
	_, shift := c.workFor("STANDARD", night)
	who := c.crowd(1)[0]
	for _, s := range []struct {
		setting int
		born    time.Time
		reason  any
	}{
		{16, night.AddDate(-16, 0, 1), "CONSENT_MISSING"}, {16, night.AddDate(-16, 0, 0), nil},
		{18, night.AddDate(-18, 0, 1), "CONSENT_MISSING"}, {18, night.AddDate(-18, 0, 0), nil},
		{14, night.AddDate(-14, 0, 1), "CONSENT_MISSING"}, {14, night.AddDate(-14, 0, 0), nil}, {0, night.AddDate(-7, 0, 0), nil},
	} {
		c.r.Signups.ConsentAge = s.setting
		c.born(who, s.born)
		if told := who.actions(shift)["SIGN_UP"]; told != s.reason {
			t.Errorf("%d, born %v: told %v", s.setting, s.born, told)
		}
	}
	c.r.Signups.ConsentAge = 16
	c.born(who, night.AddDate(-16, 0, 0))
	c.signUp(who, shift)
	earlier := night.AddDate(0, 0, -1)
	c.lead.refused("CONSENT_MISSING", "updateShift", vars{"id": shift, "startsAt": earlier.Format(time.RFC3339),
		"endsAt": earlier.Add(hour).Format(time.RFC3339)})
}

// TestAnOfferNeedsConsent: somebody who joined the waiting list with consent cannot take the seat without.
func TestAnOfferNeedsConsent(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	people := c.crowd(2)
	minor := c.aged(people[1], 15)
	_, shift := c.task(1, 72*hour)
	c.coordinator.do("recordConsent", vars{"personId": minor.id, "scopes": []string{"TAKING_PART"}, "seenOn": today()}, "consents { id }")
	first, _ := c.signUp(people[0], shift)
	waiting, _ := c.signUp(minor, shift)
	people[0].do("cancelSignup", vars{"id": first}, "signup { state }")
	c.exec(`update consents set state = 'WITHDRAWN', revoked_at = now()`)
	if told := minor.actions(waiting)["ACCEPT_OFFER"]; told != "CONSENT_MISSING" {
		t.Errorf("told %v", told)
	}
	minor.refused("CONSENT_MISSING", "acceptOffer", vars{"id": waiting})
	minor.do("declineOffer", vars{"id": waiting}, "signup { state }")
}

func today() string { return almaty.Day(time.Now()) }

// TestPapers: a coordinator of any centre, and nobody else, vouches for a paper.
func TestPapers(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	minor := c.aged(c.crowd(1)[0], 14)
	paper := func(day string) vars {
		return vars{"personId": minor.id, "scopes": []string{"TAKING_PART", "NAME", "NAME"}, "seenOn": day, "note": " Шкаф 2 "}
	}
	elsewhere := c.granted("Elsewhere", "COORDINATOR TURKSIB-1")
	for _, who := range []*caller{c.lead, c.officer, c.ngoLead, minor} {
		who.refused("FORBIDDEN", "recordConsent", paper(today()))
	}
	c.visitor().refused("UNAUTHENTICATED", "recordConsent", paper(today()))
	elsewhere.refused("INVALID", "recordConsent", paper(time.Now().AddDate(0, 0, 2).Format(time.DateOnly)))
	elsewhere.refused("INVALID", "recordConsent", paper("2020-01-01"))
	elsewhere.refused("NOT_FOUND", "recordConsent", vars{"personId": c.team, "scopes": []string{"NAME"}, "seenOn": today()})
	elsewhere.refused("NOT_A_MINOR", "recordConsent", vars{"personId": c.other.id, "scopes": []string{"NAME"}, "seenOn": today()})
	a := elsewhere.do("recordConsent", paper(today()), `consents { id scope state seenOn note guardianEmail recordedBy { id }
		history { nodes { verb actingAs } } availableActions { action allowed } person { displayName } }`)
	a.shows("recordConsent.consents.0.scope", "NAME").shows("recordConsent.consents.1.scope", "TAKING_PART").
		shows("recordConsent.consents.0.note", "Шкаф 2").shows("recordConsent.consents.0.recordedBy.id", elsewhere.id).
		shows("recordConsent.consents.0.seenOn", today()).shows("recordConsent.consents.0.history.nodes.0.verb", "RECORD_CONSENT").
		shows("recordConsent.consents.0.person.displayName", "Person0 C.")
	id := a.str("recordConsent.consents.1.id")
	elsewhere.refused("CONSENT_GIVEN", "recordConsent", paper(today()))
	for _, who := range []*caller{c.lead, c.officer, c.other, c.visitor()} {
		who.must(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": id}).shows("node", nil)
	}
	c.lead.refused("NOT_FOUND", "withdrawConsent", vars{"id": id, "reason": "Nosy."})
	minor.do("withdrawConsent", vars{"id": id, "reason": "Басқа жоспар."}, "consents { state reason revokedBy { id } }").
		shows("withdrawConsent.consents.0", vars{"state": "WITHDRAWN", "reason": "Басқа жоспар.", "revokedBy": vars{"id": minor.id}})
	minor.refused("WRONG_STATE", "withdrawConsent", vars{"id": id, "reason": "Again."})
}

package minor

import (
	"testing"

	"jastarhub/graph/stories/hub"
)

// TestFindingWhomAPaperIsAbout: a coordinator of any centre, and nobody else, finds a minor by the account's exact address. Each
// search is recorded in the audit log, and a hundred a day are free.
func TestFindingWhomAPaperIsAbout(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	minor, adult := c.Aged(c.Crowd(1)[0], 14), c.Other
	elsewhere := c.Granted("Elsewhere", "COORDINATOR TURKSIB-1")
	find := `query($email: String!) { minor(email: $email) { id displayName ageBand email givenName consents { scope } contact { email } } }`
	code := func(who *hub.Caller, email, want string) {
		t.Helper()
		if a := who.Ask(find, hub.Vars{"email": email}); a.Code() != want {
			t.Errorf("%s: %s; want %s", email, a.RawBody, want)
		}
	}
	code(c.Visitor(), minor.ID+"@example.org", "UNAUTHENTICATED")
	for _, who := range []*hub.Caller{c.Lead, c.Officer, minor, adult} {
		code(who, minor.ID+"@example.org", "FORBIDDEN")
	}
	elsewhere.Must(find, hub.Vars{"email": " " + minor.ID + "@Example.org"}).Shows("minor", hub.Vars{"id": minor.ID, "displayName": "Person0 C.",
		"ageBand": "FROM_14_TO_15", "email": nil, "givenName": nil, "consents": []hub.Vars{}, "contact": nil})
	code(elsewhere, "nobody@example.org", "NOT_FOUND")
	code(elsewhere, hub.Email("Other"), "NOT_FOUND")
	code(elsewhere, minor.ID, "INVALID")
	c.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"personId": elsewhere.ID, "action": "minor"}}).Shows("auditEntries.nodes", []hub.Vars{
		looked(elsewhere, "NOT_FOUND"), looked(elsewhere, "NOT_FOUND"), looked(elsewhere, nil, minor.ID)})
	c.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"personId": c.Lead.ID, "action": "minor"}}).Shows("auditEntries.nodes.0.outcome", "FORBIDDEN")

	for range 97 {
		code(elsewhere, "nobody@example.org", "NOT_FOUND")
	}
	code(elsewhere, minor.ID+"@example.org", "TRY_LATER")
	code(c.Coordinator, minor.ID+"@example.org", "")
}

func looked(who *hub.Caller, outcome any, found ...string) hub.Vars {
	return hub.Vars{"person": hub.Vars{"id": who.ID}, "roles": []string{"COORDINATOR"}, "action": "minor", "subjects": append([]string{}, found...),
		"fields": []string{"email"}, "requestId": "story-request", "outcome": outcome}
}

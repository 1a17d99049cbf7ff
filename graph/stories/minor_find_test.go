package stories

import "testing"

// TestFindingWhomAPaperIsAbout: a coordinator of any centre, and nobody else, finds a minor by the account's exact address. Each
// search is recorded in the audit log, and a hundred a day are free.
func TestFindingWhomAPaperIsAbout(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	minor, adult := c.aged(c.crowd(1)[0], 14), c.other
	elsewhere := c.granted("Elsewhere", "COORDINATOR TURKSIB-1")
	find := `query($email: String!) { minor(email: $email) { id displayName ageBand email givenName consents { scope } contact { email } } }`
	code := func(who *caller, email, want string) {
		t.Helper()
		if a := who.ask(find, vars{"email": email}); a.code() != want {
			t.Errorf("%s: %s; want %s", email, a.rawBody, want)
		}
	}
	code(c.visitor(), minor.id+"@example.org", "UNAUTHENTICATED")
	for _, who := range []*caller{c.lead, c.officer, minor, adult} {
		code(who, minor.id+"@example.org", "FORBIDDEN")
	}
	elsewhere.must(find, vars{"email": " " + minor.id + "@Example.org"}).shows("minor", vars{"id": minor.id, "displayName": "Person0 C.",
		"ageBand": "FROM_14_TO_15", "email": nil, "givenName": nil, "consents": []vars{}, "contact": nil})
	code(elsewhere, "nobody@example.org", "NOT_FOUND")
	code(elsewhere, email("Other"), "NOT_FOUND")
	code(elsewhere, minor.id, "INVALID")
	c.officer.must(auditQuery, vars{"f": vars{"personId": elsewhere.id, "action": "minor"}}).shows("auditEntries.nodes", []vars{
		looked(elsewhere, "NOT_FOUND"), looked(elsewhere, "NOT_FOUND"), looked(elsewhere, nil, minor.id)})
	c.officer.must(auditQuery, vars{"f": vars{"personId": c.lead.id, "action": "minor"}}).shows("auditEntries.nodes.0.outcome", "FORBIDDEN")

	for range 97 {
		code(elsewhere, "nobody@example.org", "NOT_FOUND")
	}
	code(elsewhere, minor.id+"@example.org", "TRY_LATER")
	code(c.coordinator, minor.id+"@example.org", "")
}

func looked(who *caller, outcome any, found ...string) vars {
	return vars{"person": vars{"id": who.id}, "roles": []string{"COORDINATOR"}, "action": "minor", "subjects": append([]string{}, found...),
		"fields": []string{"email"}, "requestId": "story-request", "outcome": outcome}
}

package stories

import (
	"context"
	"strings"
	"testing"
	"time"
)

// What must not be seen: the family name of a minor, and anybody's address and birth date.
const (
	minorsFamily, minorsBirth = "Zqminorova", "2010-11-23"
	adultsBirth, mailHost     = "1987-10-29", "zqmail.example.org"
)

// masked fills a city in which each volunteer, author and member is a minor.
func masked(t *testing.T) *world {
	w := newWorld(t)
	w.furnish()
	for name, g := range w.goods() {
		if name != "signOut" && !strings.HasPrefix(name, "erase") {
			g.who.must(document(name, "__typename"), vars{"in": g.in})
		}
	}
	w.exec(`update people set email = id || '@` + mailHost + `', family_name = 'Zqadultova', birth_date = '` + adultsBirth + `'`)
	w.exec(`update people set family_name = '`+minorsFamily+`', birth_date = '`+minorsBirth+`' where id in (
		select author_id from proposals union select person_id from memberships where role = 'MEMBER' union select person_id from signups
		union select person_id from consents) and id not in ($1, $2, $3, $4, $5)`,
		w.officer.id, w.coordinator.id, w.ngoLead.id, w.lead.id, w.roles["insider"].id)
	w.exec(`update consents set guardian_email = 'mama@` + mailHost + `' where guardian_email is not null`)
	if n := w.count(`select count(*) from people where family_name = $1`, minorsFamily); n < 10 {
		t.Fatalf("%d minors", n)
	}
	return w
}

// TestNobodySeesMoreOfAPerson walks the whole schema as a visitor, as somebody who takes part in nothing, and as those who have a
// role. There, minors have no family name; nobody has a birth date; and addresses are only in contacts and consents, for those
// who may see these.
func TestNobodySeesMoreOfAPerson(t *testing.T) {
	t.Parallel()
	w := masked(t)
	own := w.crowd(1)[0]
	w.exec(`update people set email = id || '@own.example', birth_date = '1990-01-02' where id in ($1, $2, $3, $4)`,
		own.id, w.officer.id, w.coordinator.id, w.lead.id)
	for name, who := range map[string]*caller{"visitor": w.visitor(), "stranger": own, "lead": w.lead, "coordinator": w.coordinator,
		"officer": w.officer} {
		secrets := []string{minorsFamily, minorsBirth, adultsBirth}
		if name == "visitor" || name == "stranger" || name == "officer" {
			secrets = append(secrets, mailHost)
		}
		asked, shown := 0, 0
		w.everywhere(who, name == "officer", func(query string, a *answer) {
			asked++
			shown += strings.Count(a.rawBody, "displayName")
			for _, secret := range secrets {
				if i := strings.Index(a.rawBody, secret); i >= 0 {
					t.Errorf("%s sees %s: %.300s in %s", name, secret, query, a.rawBody[max(0, i-200):i+50])
				}
			}
		})
		if asked < 100 || shown < 50 {
			t.Errorf("%s asked %d times and saw %d names", name, asked, shown)
		}
	}
	if strings.Contains(w.log.String(), mailHost) {
		t.Error("an address is in the log")
	}
}

// everywhere queries all objects of all types, and all root fields.
func (w *world) everywhere(who *caller, audit bool, look func(query string, a *answer)) {
	w.t.Helper()
	for _, def := range theSchema().GetPossibleTypes(theSchema().Types["Node"]) {
		for _, fields := range perField(def) {
			query := `query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on ` + def.Name + " { " + fields + " } } }"
			look(query, who.ask(query, vars{"ids": w.idsOf(def.Name)}))
		}
	}
	for _, root := range theSchema().Query.Fields {
		if root.Name == "auditEntries" && !audit || strings.HasPrefix(root.Name, "__") || root.Arguments.ForName("id") != nil ||
			root.Arguments.ForName("ids") != nil {
			continue
		}
		query := "{ " + root.Name + map[bool]string{true: "(year: 2026)"}[root.Arguments.ForName("year") != nil] + " { " + everything(root.Type.Name(), 1) + " } }"
		look(query, who.ask(query))
	}
}

// TestMailsNameNobody: no email has more about a minor than the first name and an initial, and none has anybody's birth date, or
// an address other than the one it goes to.
func TestMailsNameNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	minor := w.born(w.known(1)[0], time.Date(2010, 11, 23, 0, 0, 0, 0, time.UTC))
	w.exec(`update people set family_name = $2, email = 'minor@`+mailHost+`' where id = $1`, minor.id, minorsFamily)
	w.enrol(minor, w.team, "MEMBER")
	scopes := []any{"TAKING_PART", "PHOTO", "NAME"}
	minor.do("requestConsent", vars{"guardianEmail": "mama@" + mailHost, "scopes": scopes}, "consents { id }")
	consent := w.coordinator.do("recordConsent", vars{"personId": minor.id, "scopes": scopes, "seenOn": today()}, "consents { id }").
		str("recordConsent.consents.0.id")
	minor.do("withdrawConsent", vars{"id": consent, "reason": "Changed plans."}, "consents { id }")
	minor.do("changeEmail", vars{"email": "other@" + mailHost, "password": password}, "email")
	minor.do("changePassword", vars{"password": password, "newPassword": password}, "ended")
	w.visitor().do("requestPasswordReset", vars{"email": "minor@" + mailHost}, "accepted")
	minor.erase()
	if err := w.r.Consents.ExpireDue(context.Background(), time.Now().Add(20*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	all := w.mails()
	for _, m := range all {
		text := m.subject + m.body
		for _, secret := range []string{minorsFamily, minorsBirth, "23\u00a0қараша", "23\u00a0ноября", "23\u00a0November", mailHost} {
			if strings.Contains(text, secret) {
				t.Errorf("%s to %s: %s", secret, m.to, text)
			}
		}
	}
	if len(all) < 8 {
		t.Errorf("only %d mails", len(all))
	}
}

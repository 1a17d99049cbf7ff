package walks

import (
	"context"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// What must not be seen: the family name of a minor, and anybody's address and birth date.
const (
	minorsFamily, minorsBirth = "Zqminorova", "2010-11-23"
	adultsBirth, mailHost     = "1987-10-29", "zqmail.example.org"
)

// masked fills a city in which each volunteer, author and member is a minor.
func masked(t *testing.T) *hub.World {
	w := hub.NewWorld(t)
	furnish(w)
	for name, g := range goods(w) {
		if name != "signOut" && !strings.HasPrefix(name, "erase") {
			g.Who.Must(hub.Document(name, "__typename"), hub.Vars{"in": g.In})
		}
	}
	w.Exec(`update people set email = id || '@` + mailHost + `', family_name = 'Zqadultova', birth_date = '` + adultsBirth + `'`)
	w.Exec(`update people set family_name = '`+minorsFamily+`', birth_date = '`+minorsBirth+`' where id in (
		select author_id from proposals union select person_id from memberships where role = 'MEMBER' union select person_id from signups
		union select person_id from consents) and id not in ($1, $2, $3, $4, $5)`,
		w.Officer.ID, w.Coordinator.ID, w.NgoLead.ID, w.Lead.ID, w.Roles["insider"].ID)
	w.Exec(`update consents set guardian_email = 'mama@` + mailHost + `' where guardian_email is not null`)
	if n := w.Count(`select count(*) from people where family_name = $1`, minorsFamily); n < 10 {
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
	own := w.Crowd(1)[0]
	w.Exec(`update people set email = id || '@own.example', birth_date = '1990-01-02' where id in ($1, $2, $3, $4)`,
		own.ID, w.Officer.ID, w.Coordinator.ID, w.Lead.ID)
	for name, who := range map[string]*hub.Caller{"visitor": w.Visitor(), "stranger": own, "lead": w.Lead, "coordinator": w.Coordinator,
		"officer": w.Officer} {
		secrets := []string{minorsFamily, minorsBirth, adultsBirth}
		if name == "visitor" || name == "stranger" || name == "officer" {
			secrets = append(secrets, mailHost)
		}
		asked, shown := 0, 0
		everywhere(w, who, name == "officer", func(query string, a *hub.Answer) {
			asked++
			shown += strings.Count(a.RawBody, "displayName")
			for _, secret := range secrets {
				if i := strings.Index(a.RawBody, secret); i >= 0 {
					t.Errorf("%s sees %s: %.300s in %s", name, secret, query, a.RawBody[max(0, i-200):i+50])
				}
			}
		})
		if asked < 100 || shown < 50 {
			t.Errorf("%s asked %d times and saw %d names", name, asked, shown)
		}
	}
	if strings.Contains(w.Log.String(), mailHost) {
		t.Error("an address is in the log")
	}
}

// everywhere queries all objects of all types, and all root fields.
func everywhere(w *hub.World, who *hub.Caller, audit bool, look func(query string, a *hub.Answer)) {
	w.T.Helper()
	for _, def := range hub.Schema().GetPossibleTypes(hub.Schema().Types["Node"]) {
		for _, fields := range perField(def) {
			query := `query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on ` + def.Name + " { " + fields + " } } }"
			look(query, who.Ask(query, hub.Vars{"ids": idsOf(w, def.Name)}))
		}
	}
	for _, root := range hub.Schema().Query.Fields {
		if root.Name == "auditEntries" && !audit || strings.HasPrefix(root.Name, "__") || root.Arguments.ForName("id") != nil ||
			root.Arguments.ForName("ids") != nil {
			continue
		}
		query := "{ " + root.Name + map[bool]string{true: "(year: 2026)"}[root.Arguments.ForName("year") != nil] + " { " + everything(root.Type.Name(), 1) + " } }"
		look(query, who.Ask(query))
	}
}

// TestMailsNameNobody: no email has more about a minor than the first name and an initial, and none has anybody's birth date, or
// an address other than the one it goes to.
func TestMailsNameNobody(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	minor := w.Born(w.Known(1)[0], time.Date(2010, 11, 23, 0, 0, 0, 0, time.UTC))
	w.Exec(`update people set family_name = $2, email = 'minor@`+mailHost+`' where id = $1`, minor.ID, minorsFamily)
	w.Enrol(minor, w.Team, "MEMBER")
	scopes := []any{"TAKING_PART", "PHOTO", "NAME"}
	minor.Do("requestConsent", hub.Vars{"guardianEmail": "mama@" + mailHost, "scopes": scopes}, "consents { id }")
	consent := w.Coordinator.Do("recordConsent", hub.Vars{"personId": minor.ID, "scopes": scopes, "seenOn": w.Today()}, "consents { id }").
		Str("recordConsent.consents.0.id")
	minor.Do("withdrawConsent", hub.Vars{"id": consent, "reason": "Changed plans."}, "consents { id }")
	minor.Do("changeEmail", hub.Vars{"email": "other@" + mailHost, "password": hub.Password}, "email")
	minor.Do("changePassword", hub.Vars{"password": hub.Password, "newPassword": hub.Password}, "ended")
	w.Visitor().Do("requestPasswordReset", hub.Vars{"email": "minor@" + mailHost}, "accepted")
	minor.Erase()
	if err := w.Resolver.Consents.ExpireDue(context.Background(), w.Present().Add(20*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	all := w.Mails()
	for _, m := range all {
		text := m.Subject + m.Body
		for _, secret := range []string{minorsFamily, minorsBirth, "23\u00a0қараша", "23\u00a0ноября", "23\u00a0November", mailHost} {
			if strings.Contains(text, secret) {
				t.Errorf("%s to %s: %s", secret, m.To, text)
			}
		}
	}
	if len(all) < 8 {
		t.Errorf("only %d mails", len(all))
	}
}

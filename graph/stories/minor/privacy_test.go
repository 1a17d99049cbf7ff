package minor

import (
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// TestContacts: the person's own, and those of people in the lead's team or with a seat on its shift, until that ends. Reading
// minors' contacts is recorded in the audit log.
func TestContacts(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	people := c.Crowd(3)
	member, guest, asking := c.Aged(people[0], 16), people[1], people[2]
	joined := c.Enrol(member, c.Team, "MEMBER")
	asking.Do("requestMembership", hub.Vars{"teamId": c.Team}, "membership { id }")
	_, shift := c.Task(1, 72*time.Hour)
	seat, _ := c.SignUp(guest, shift)
	waiting, _ := c.SignUp(asking, shift)
	read := `query($ids: [ID!]!) { nodes(ids: $ids) { ... on Membership { person { contact { email } displayName ageBand email } }
		... on Signup { person { contact { email } displayName ageBand } } } }`
	ids := hub.Vars{"ids": []string{joined, seat, waiting}}
	for _, who := range []*hub.Caller{c.Lead, c.NgoLead} {
		a := who.Must(read, ids).Shows("nodes.0.person.contact.email", member.ID+"@example.org").Shows("nodes.0.person.displayName", "Person0 C.").
			Shows("nodes.0.person.ageBand", "FROM_16_TO_17").Shows("nodes.0.person.email", nil).
			Shows("nodes.1.person.contact.email", guest.ID+"@example.org").Shows("nodes.1.person.ageBand", "FROM_25_TO_35").
			Shows("nodes.2.person.contact", nil)
		one := who.Must(read, hub.Vars{"ids": []string{joined}})
		if two := who.Must(read, hub.Vars{"ids": []string{joined, c.Enrol(c.Crowd(1)[0], c.Team, "MEMBER")}}); two.Took() != one.Took() || a.Took() > one.Took()+4 {
			t.Errorf("%d statements for one, %d for two", one.Took(), two.Took())
		}
	}
	audited := func(subject *hub.Caller, n int) {
		c.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"subjectId": subject.ID, "action": "Person.contact", "personId": c.Lead.ID}}).
			Shows("auditEntries.totalCount", n)
	}
	audited(member, 3)
	audited(guest, 0)
	for _, who := range []*hub.Caller{c.Coordinator, c.Officer} {
		who.Must(read, ids).Shows("nodes.0.person.contact", nil).Shows("nodes.1.person.contact", nil)
	}
	member.Must(`{ viewer { contact { email } ageBand } }`).Shows("viewer.contact.email", member.ID+"@example.org")
	guest.Do("cancelSignup", hub.Vars{"id": seat}, "signup { state }")
	member.Do("leaveTeam", hub.Vars{"id": joined}, "membership { state }")
	c.Lead.Must(read, ids).Shows("nodes.0.person.contact", nil).Shows("nodes.1.person.contact", nil)
	audited(member, 3)
}

// TestAgeBands, at the limits of every band.
func TestAgeBands(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	who := h.Crowd(1)[0]
	for age, want := range map[int]string{13: "UNDER_14", 14: "FROM_14_TO_15", 15: "FROM_14_TO_15", 16: "FROM_16_TO_17", 17: "FROM_16_TO_17",
		18: "FROM_18_TO_24", 24: "FROM_18_TO_24", 25: "FROM_25_TO_35", 35: "FROM_25_TO_35", 36: "OVER_35", 90: "OVER_35"} {
		h.Aged(who, age).Must(`{ viewer { ageBand } }`).Shows("viewer.ageBand", want)
	}
}

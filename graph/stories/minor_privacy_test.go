package stories

import "testing"

// TestContacts: the person's own, and those of people in the lead's team or with a seat on its shift, until that ends. Reading
// minors' contacts is recorded in the audit log.
func TestContacts(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	people := c.crowd(3)
	member, guest, asking := c.aged(people[0], 16), people[1], people[2]
	joined := c.enrol(member, c.team, "MEMBER")
	asking.do("requestMembership", vars{"teamId": c.team}, "membership { id }")
	_, shift := c.task(1, 72*hour)
	seat, _ := c.signUp(guest, shift)
	waiting, _ := c.signUp(asking, shift)
	read := `query($ids: [ID!]!) { nodes(ids: $ids) { ... on Membership { person { contact { email } displayName ageBand email } }
		... on Signup { person { contact { email } displayName ageBand } } } }`
	ids := vars{"ids": []string{joined, seat, waiting}}
	for _, who := range []*caller{c.lead, c.ngoLead} {
		a := who.must(read, ids).shows("nodes.0.person.contact.email", member.id+"@example.org").shows("nodes.0.person.displayName", "Person0 C.").
			shows("nodes.0.person.ageBand", "FROM_16_TO_17").shows("nodes.0.person.email", nil).
			shows("nodes.1.person.contact.email", guest.id+"@example.org").shows("nodes.1.person.ageBand", "FROM_25_TO_35").
			shows("nodes.2.person.contact", nil)
		one := who.must(read, vars{"ids": []string{joined}})
		if two := who.must(read, vars{"ids": []string{joined, c.enrol(c.crowd(1)[0], c.team, "MEMBER")}}); two.took() != one.took() || a.took() > one.took()+4 {
			t.Errorf("%d statements for one, %d for two", one.took(), two.took())
		}
	}
	audited := func(subject *caller, n int) {
		c.officer.must(auditQuery, vars{"f": vars{"subjectId": subject.id, "action": "Person.contact", "personId": c.lead.id}}).
			shows("auditEntries.totalCount", n)
	}
	audited(member, 3)
	audited(guest, 0)
	for _, who := range []*caller{c.coordinator, c.officer} {
		who.must(read, ids).shows("nodes.0.person.contact", nil).shows("nodes.1.person.contact", nil)
	}
	member.must(`{ viewer { contact { email } ageBand } }`).shows("viewer.contact.email", member.id+"@example.org")
	guest.do("cancelSignup", vars{"id": seat}, "signup { state }")
	member.do("leaveTeam", vars{"id": joined}, "membership { state }")
	c.lead.must(read, ids).shows("nodes.0.person.contact", nil).shows("nodes.1.person.contact", nil)
	audited(member, 3)
}

// TestAgeBands, at the limits of every band.
func TestAgeBands(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	who := h.crowd(1)[0]
	for age, want := range map[int]string{13: "UNDER_14", 14: "FROM_14_TO_15", 15: "FROM_14_TO_15", 16: "FROM_16_TO_17", 17: "FROM_16_TO_17",
		18: "FROM_18_TO_24", 24: "FROM_18_TO_24", 25: "FROM_25_TO_35", 35: "FROM_25_TO_35", 36: "OVER_35", 90: "OVER_35"} {
		h.aged(who, age).must(`{ viewer { ageBand } }`).shows("viewer.ageBand", want)
	}
}

package proposal

import (
	"testing"

	"jastarhub/graph/stories/hub"
)

// TestDeadlines submits on a Friday: weekends and holidays do not count, nor does the time for which the author is asked.
func TestDeadlines(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	at := c.Comes
	for _, day := range []string{"2030-03-08", "2030-03-21", "2030-03-22", "2030-03-25"} { // Nauryz from Thursday to Saturday
		c.Officer.Do("setSpecialDay", hub.Vars{"day": day, "works": false, "name": hub.SomeName}, "specialDay { id }")
	}
	const due = `query($id: ID!) { proposal(id: $id) { reactBy decideBy overdue } }`
	at("2030-03-01 23:30") // a Friday
	id := c.Propose(c.Other)
	shows := func(reactBy string, decideBy any, overdue bool) {
		t.Helper()
		c.Visitor().Must(due, hub.Vars{"id": id}).Shows("proposal", hub.Vars{"reactBy": reactBy, "decideBy": decideBy, "overdue": overdue})
	}
	const reactBy, decideBy = "2030-03-11T18:59:59Z", "2030-03-28T18:59:59Z" // without 8 March and Nauryz
	shows(reactBy, decideBy, false)
	at("2030-03-11 23:59")
	shows(reactBy, decideBy, false)
	at("2030-03-12 00:00")
	shows(reactBy, decideBy, true)
	c.Coordinator.Do("reviewProposal", hub.Vars{"id": id}, "proposal { overdue }").Shows("reviewProposal.proposal.overdue", false)
	at("2030-03-14 10:00") // a Thursday
	c.Coordinator.Do("askForInfo", hub.Vars{"id": id, "question": "Which yard?"}, "proposal { id }")
	at("2030-04-01 10:00") // a Monday
	shows(reactBy, nil, false)
	c.Other.Do("answerInfo", hub.Vars{"id": id, "answer": "The second."}, "proposal { decideBy overdue }").
		Shows("answerInfo.proposal", hub.Vars{"decideBy": "2030-04-10T18:59:59Z", "overdue": false}) // 9 working days later
	at("2030-04-11 00:00")
	shows(reactBy, "2030-04-10T18:59:59Z", true)
	c.Coordinator.Do("acceptProposal", hub.Vars{"id": id}, "proposal { overdue }").Shows("acceptProposal.proposal.overdue", false)
}

func TestOverdueFirst(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	ids := make([]string, 4)
	for i := range ids {
		ids[i] = c.Propose(c.Other)
		c.Exec(`update proposals set react_by = now() + ($2 || ' days')::interval, decide_by = now() + interval '30 days' where id = $1`, ids[i], 3-2*i)
	}
	c.Coordinator.Do("reviewProposal", hub.Vars{"id": ids[0]}, "proposal { id }") // due in 30 days
	c.Other.Do("withdrawProposal", hub.Vars{"id": ids[1]}, "proposal { id }")
	nodes := func(order ...int) (list []hub.Vars) {
		for _, i := range order {
			list = append(list, hub.Vars{"id": ids[i]})
		}
		return list
	}
	const query = `query($centre: ID, $overdue: Boolean, $after: String) { proposals(order: DUE_FIRST, first: 3, after: $after, filter: {centreId: $centre, overdue: $overdue}) {
		totalCount nodes { id } pageInfo { endCursor } } }`
	for _, centre := range []any{nil, c.Centre("AUEZOV-1")} {
		a := c.Coordinator.Must(query, hub.Vars{"centre": centre}).Shows("proposals.totalCount", 3).Shows("proposals.nodes", nodes(3, 2, 0))
		c.Coordinator.Must(query, hub.Vars{"centre": centre, "after": a.Str("proposals.pageInfo.endCursor")}).Shows("proposals.nodes", []hub.Vars{})
		c.Coordinator.Must(query, hub.Vars{"centre": centre, "overdue": true}).Shows("proposals.totalCount", 2).Shows("proposals.nodes", nodes(3, 2))
		c.Coordinator.Must(query, hub.Vars{"centre": centre, "overdue": false}).Shows("proposals.totalCount", 1).Shows("proposals.nodes", nodes(0))
	}
	c.Coordinator.Must(query, hub.Vars{"centre": c.Centre("MEDEU-1")}).Shows("proposals.totalCount", 0)
}

func TestSimilarProposals(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	propose := func(district, title, text string, point any) string {
		return c.Other.Do("submitProposal", hub.Vars{"districtId": c.District(district), "title": title, "text": text, "point": point}, "proposal { id }").
			Str("submitProposal.proposal.id")
	}
	here, near, far := hub.Vars{"lat": 43.2000, "lon": 76.9000}, hub.Vars{"lat": 43.2020, "lon": 76.9000}, hub.Vars{"lat": 43.2040, "lon": 76.9000} // 222 and 445 m
	nowhere := propose("AUEZOV", "Балалар алаңын тазалау", "Алаңды шөп басып кеткен.", nil)
	placed := propose("AUEZOV", "Балалар алаңын тазалау керек", "Алаңды шөп басып кеткен.", here)
	worded := propose("AUEZOV", "Ауладағы мәселе", "Подъезд алдындағы балалар алаңын шөп басып кеткен, тазалау керек.", nil)
	gone := propose("AUEZOV", "Балалар алаңын тазалау", "Алаңды шөп басып кеткен.", here)
	c.Other.Do("withdrawProposal", hub.Vars{"id": gone}, "proposal { id }")
	hidden := propose("AUEZOV", "Балалар алаңын тазалау", "Алаңды шөп басып кеткен.", here)
	c.Coordinator.Do("hideContent", hub.Vars{"subjectId": hidden, "reason": "SPAM", "words": "Again and again."}, "decision { id }")
	propose("MEDEU", "Балалар алаңын тазалау", "Алаңды шөп басып кеткен.", here)
	propose("AUEZOV", "Кітапхана кеші", "Жексенбіде кітап оқитын кеш өткізейік.", here)
	const query = `query($d: ID!, $title: String!, $text: String, $point: PointInput) {
		similarProposals(districtId: $d, title: $title, text: $text, point: $point) { id } }`
	finds := func(title string, text, point any, ids ...string) {
		t.Helper()
		want := []hub.Vars{}
		for _, id := range ids {
			want = append(want, hub.Vars{"id": id})
		}
		c.Visitor().Must(query, hub.Vars{"d": c.District("AUEZOV"), "title": title, "text": text, "point": point}).Shows("similarProposals", want)
	}
	const title = "балалар аланын ТАЗАЛАУ" // folded
	finds(title, nil, nil, nowhere, placed)
	finds(title, nil, near, nowhere, placed)
	finds(title, nil, far, nowhere)
	finds("Подъезд алды", "Подъезд алдындағы балалар алаңын шөп басып кеткен.", nil, worded, nowhere, placed)
	finds("Велосипед жолы", nil, nil)
	for range 6 {
		propose("AUEZOV", "Балалар алаңын тазалау", "Алаңды шөп басып кеткен.", nil)
	}
	a := c.Visitor().Must(query, hub.Vars{"d": c.District("AUEZOV"), "title": title})
	if n := len(a.At("similarProposals").([]any)); n != 5 {
		t.Errorf("%d similar ones: %s", n, a.RawBody)
	}
}

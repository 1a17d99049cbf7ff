package stories

import (
	"testing"
	"time"

	"jastarhub/internal/almaty"
)

// comes sets the hub's clock to a time in Almaty.
func (c *city) comes(day string) {
	then, err := time.ParseInLocation("2006-01-02 15:04", day, almaty.Zone)
	if err != nil {
		c.t.Fatal(err)
	}
	c.clock.Store(&then)
	c.exec(`update sessions set created_at = $1, last_seen_at = $1`, then)
}

// TestDeadlines submits on a Friday: weekends and holidays do not count, nor does the time for which the author is asked.
func TestDeadlines(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	at := c.comes
	for _, day := range []string{"2030-03-08", "2030-03-21", "2030-03-22", "2030-03-25"} { // Nauryz from Thursday to Saturday
		c.officer.do("setSpecialDay", vars{"day": day, "works": false, "name": someName}, "specialDay { id }")
	}
	const due = `query($id: ID!) { proposal(id: $id) { reactBy decideBy overdue } }`
	at("2030-03-01 23:30") // a Friday
	id := c.propose(c.other)
	shows := func(reactBy string, decideBy any, overdue bool) {
		t.Helper()
		c.visitor().must(due, vars{"id": id}).shows("proposal", vars{"reactBy": reactBy, "decideBy": decideBy, "overdue": overdue})
	}
	const reactBy, decideBy = "2030-03-11T18:59:59Z", "2030-03-28T18:59:59Z" // without 8 March and Nauryz
	shows(reactBy, decideBy, false)
	at("2030-03-11 23:59")
	shows(reactBy, decideBy, false)
	at("2030-03-12 00:00")
	shows(reactBy, decideBy, true)
	c.coordinator.do("reviewProposal", vars{"id": id}, "proposal { overdue }").shows("reviewProposal.proposal.overdue", false)
	at("2030-03-14 10:00") // a Thursday
	c.coordinator.do("askForInfo", vars{"id": id, "question": "Which yard?"}, "proposal { id }")
	at("2030-04-01 10:00") // a Monday
	shows(reactBy, nil, false)
	c.other.do("answerInfo", vars{"id": id, "answer": "The second."}, "proposal { decideBy overdue }").
		shows("answerInfo.proposal", vars{"decideBy": "2030-04-10T18:59:59Z", "overdue": false}) // 9 working days later
	at("2030-04-11 00:00")
	shows(reactBy, "2030-04-10T18:59:59Z", true)
	c.coordinator.do("acceptProposal", vars{"id": id}, "proposal { overdue }").shows("acceptProposal.proposal.overdue", false)
}

func TestOverdueFirst(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	ids := make([]string, 4)
	for i := range ids {
		ids[i] = c.propose(c.other)
		c.exec(`update proposals set react_by = now() + ($2 || ' days')::interval, decide_by = now() + interval '30 days' where id = $1`, ids[i], 3-2*i)
	}
	c.coordinator.do("reviewProposal", vars{"id": ids[0]}, "proposal { id }") // due in 30 days
	c.other.do("withdrawProposal", vars{"id": ids[1]}, "proposal { id }")
	nodes := func(order ...int) (list []vars) {
		for _, i := range order {
			list = append(list, vars{"id": ids[i]})
		}
		return list
	}
	const query = `query($centre: ID, $overdue: Boolean, $after: String) { proposals(order: DUE_FIRST, first: 3, after: $after, filter: {centreId: $centre, overdue: $overdue}) {
		totalCount nodes { id } pageInfo { endCursor } } }`
	for _, centre := range []any{nil, c.centre("AUEZOV-1")} {
		a := c.coordinator.must(query, vars{"centre": centre}).shows("proposals.totalCount", 3).shows("proposals.nodes", nodes(3, 2, 0))
		c.coordinator.must(query, vars{"centre": centre, "after": a.str("proposals.pageInfo.endCursor")}).shows("proposals.nodes", []vars{})
		c.coordinator.must(query, vars{"centre": centre, "overdue": true}).shows("proposals.totalCount", 2).shows("proposals.nodes", nodes(3, 2))
		c.coordinator.must(query, vars{"centre": centre, "overdue": false}).shows("proposals.totalCount", 1).shows("proposals.nodes", nodes(0))
	}
	c.coordinator.must(query, vars{"centre": c.centre("MEDEU-1")}).shows("proposals.totalCount", 0)
}

func TestSimilarProposals(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	propose := func(district, title, text string, point any) string {
		return c.other.do("submitProposal", vars{"districtId": c.district(district), "title": title, "text": text, "point": point}, "proposal { id }").
			str("submitProposal.proposal.id")
	}
	here, near, far := vars{"lat": 43.2000, "lon": 76.9000}, vars{"lat": 43.2020, "lon": 76.9000}, vars{"lat": 43.2040, "lon": 76.9000} // 222 and 445 m
	nowhere := propose("AUEZOV", "Балалар алаңын тазалау", "Алаңды шөп басып кеткен.", nil)
	placed := propose("AUEZOV", "Балалар алаңын тазалау керек", "Алаңды шөп басып кеткен.", here)
	worded := propose("AUEZOV", "Ауладағы мәселе", "Подъезд алдындағы балалар алаңын шөп басып кеткен, тазалау керек.", nil)
	gone := propose("AUEZOV", "Балалар алаңын тазалау", "Алаңды шөп басып кеткен.", here)
	c.other.do("withdrawProposal", vars{"id": gone}, "proposal { id }")
	hidden := propose("AUEZOV", "Балалар алаңын тазалау", "Алаңды шөп басып кеткен.", here)
	c.coordinator.do("hideContent", vars{"subjectId": hidden, "reason": "SPAM", "words": "Again and again."}, "decision { id }")
	propose("MEDEU", "Балалар алаңын тазалау", "Алаңды шөп басып кеткен.", here)
	propose("AUEZOV", "Кітапхана кеші", "Жексенбіде кітап оқитын кеш өткізейік.", here)
	const query = `query($d: ID!, $title: String!, $text: String, $point: PointInput) {
		similarProposals(districtId: $d, title: $title, text: $text, point: $point) { id } }`
	finds := func(title string, text, point any, ids ...string) {
		t.Helper()
		want := []vars{}
		for _, id := range ids {
			want = append(want, vars{"id": id})
		}
		c.visitor().must(query, vars{"d": c.district("AUEZOV"), "title": title, "text": text, "point": point}).shows("similarProposals", want)
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
	a := c.visitor().must(query, vars{"d": c.district("AUEZOV"), "title": title})
	if n := len(a.at("similarProposals").([]any)); n != 5 {
		t.Errorf("%d similar ones: %s", n, a.rawBody)
	}
}

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/postgres"
)

// list is a question that a study asks with several sets of variables.
type list struct {
	name, document string
	limit          float64 // ms that each of its statements may take
	viewer         uuid.UUID
	variables      []map[string]any
}

// quick and patient are the limits, in ms: for the lists that everybody looks at, and for any combination of filters.
const quick, patient = 5, 20

// scene is whom and what the lists are about: of each kind the largest and the smallest.
type scene struct {
	lead, volunteer, worker                                   uuid.UUID
	districts, centres, teams, ngos, tasks, proposals, shifts []uuid.UUID
}

func newScene(ctx context.Context, db *postgres.DB) (*scene, error) {
	s, people, volunteers, workers := &scene{}, []uuid.UUID{}, []uuid.UUID{}, []uuid.UUID{}
	for statement, to := range map[string]*[]uuid.UUID{
		`select district_id from tasks group by 1 order by count(*) desc`: &s.districts,
		`select centre_id from tasks group by 1 order by count(*) desc`:   &s.centres,
		`select team_id from tasks group by 1 order by count(*) desc`:     &s.teams,
		`select id from ngos order by id`:                                 &s.ngos,
		`select task_id from progress_updates join tasks t on t.id = task_id where t.state = 'IN_PROGRESS' group by 1 order by count(*) desc limit 100`: &s.tasks,
		`select id from proposals order by support_count desc limit 100`:                                                                                &s.proposals,
		`select id from shifts order by waiting desc, taken desc limit 100`:                                                                             &s.shifts,
		`select person_id from signups group by 1 order by count(*) desc limit 10`:                                                                      &volunteers,
		`select person_id from hours where state <> 'PENDING' group by 1 order by count(*) desc limit 10`:                                               &workers,
		`select person_id from grants where role = 'CITY_OFFICER' and ended_at is null`:                                                                 &people,
	} {
		var err error
		if *to, err = ids(ctx, db, statement); err != nil {
			return nil, err
		}
	}
	s.lead, s.volunteer, s.worker = people[0], volunteers[0], workers[0]
	return s, signIn(ctx, db, map[uuid.UUID]bool{s.lead: true, s.volunteer: true, s.worker: true})
}

// filter is one condition of a list, with the values it is used with.
type filter struct {
	name, field string
	quick       bool
	values      []any
}

func (s *scene) taskFilters(now time.Time) []filter {
	day := func(n int) any { return now.AddDate(0, 0, n).Format(time.RFC3339) }
	near := func(lat, lon float64, metres int) any {
		return map[string]any{"point": map[string]any{"lat": lat, "lon": lon}, "metres": metres}
	}
	return []filter{
		{"district", "districtId", true, ends(s.districts)},
		{"centre", "centreId", true, ends(s.centres)},
		{"team", "teamId", true, ends(s.teams)},
		{"state", "states", true, []any{[]string{"OPEN"}, []string{"VERIFIED"}, []string{"DRAFT"}, []string{"CANCELLED"}, []string{"IN_PROGRESS"}, []string{"CLAIMED_DONE"}}},
		{"states", "states", true, []any{[]string{"OPEN", "IN_PROGRESS"}, []string{"CLAIMED_DONE", "VERIFIED"}, []string{"DRAFT", "CANCELLED"}}},
		{"focus", "focus", false, []any{"SOCIAL", "SPORT", "DIGITAL"}},
		{"from", "from", false, []any{day(-300), day(-30), day(0), day(7), day(60)}},
		{"to", "to", false, []any{day(-360), day(-300), day(-30), day(0), day(7)}},
		{"freeSeats", "freeSeats", false, []any{true}},
		{"allowedForMe", "allowedForMe", false, []any{true}},
		{"near", "near", false, []any{near(43.238, 76.945, 300), near(43.238, 76.945, 3000), near(43.238, 76.945, 50_000), near(43.4, 77.4, 2000)}},
		{"text", "text", false, []any{"Алматы", "ала", "а_а", "н а", ", к", "мен", "сурет", "qqqq", "қоқыс жинау"}},
	}
}

func (s *scene) proposalFilters() []filter {
	return []filter{
		{"district", "districtId", true, ends(s.districts)},
		{"centre", "centreId", true, ends(s.centres)},
		{"states", "states", true, []any{[]string{"SUBMITTED"}, []string{"ACCEPTED"}, []string{"NEEDS_INFO"}, []string{"SUBMITTED", "IN_REVIEW"}, []string{"WITHDRAWN", "MERGED"}}},
		{"overdue", "overdue", true, []any{true, false}},
		{"text", "text", false, []any{"Алматы", "ала", "н а", "сурет", "qqqq"}},
	}
}

// ends returns the first, the second, the middle and the last.
func ends(of []uuid.UUID) []any { return []any{of[0], of[1], of[len(of)/2], of[len(of)-1]} }

// lists returns all the questions of a study.
func (s *scene) lists() []list {
	all := s.combined("tasks", "TaskFilter", "TaskOrder", []string{"NEWEST", "OLDEST", "SOONEST", "MOST_NEEDED"}, s.taskFilters(time.Now()))
	all = append(all, s.combined("proposals", "ProposalFilter", "ProposalOrder", []string{"NEWEST", "MOST_SUPPORTED", "OLDEST", "DUE_FIRST"}, s.proposalFilters())...)
	return append(all, s.others()...)
}

// combined asks for a root list with none, one, two and some sets of three of its filters, in each of its orders.
func (s *scene) combined(root, input, enum string, orders []string, filters []filter) (all []list) {
	page := fmt.Sprintf(`query($f: %s, $o: %s!, $after: String) { %s(filter: $f, order: $o, after: $after) { nodes { id } pageInfo { endCursor } } }`, input, enum, root)
	count := fmt.Sprintf(`query($f: %s) { %s(filter: $f, first: 1) { totalCount } }`, input, root)
	dice := rand.New(rand.NewPCG(1, 1))
	for _, chosen := range choices(filters, dice) {
		names, limit := []string{root}, float64(quick)
		for _, f := range chosen {
			names = append(names, f.name)
			if !f.quick {
				limit = patient
			}
		}
		name, sets := strings.Join(names, " "), variants(chosen, dice)
		for _, order := range orders {
			l := list{name: name + " " + order, document: page, limit: limit, viewer: s.volunteer}
			for _, set := range sets {
				l.variables = append(l.variables, map[string]any{"f": set, "o": order})
			}
			all = append(all, l)
		}
		l := list{name: name + " totalCount", document: count, limit: patient, viewer: s.volunteer}
		for _, set := range sets {
			l.variables = append(l.variables, map[string]any{"f": set})
		}
		all = append(all, l)
	}
	return all
}

// choices returns no filter, each one, each two, and a dozen sets of three.
func choices(filters []filter, dice *rand.Rand) [][]filter {
	all := [][]filter{{}}
	for i, a := range filters {
		all = append(all, []filter{a})
		for _, b := range filters[i+1:] {
			if a.field != b.field {
				all = append(all, []filter{a, b})
			}
		}
	}
	for n := len(all) + 12; len(all) < n; {
		p := dice.Perm(len(filters))
		three := []filter{filters[p[0]], filters[p[1]], filters[p[2]]}
		if three[0].field != three[1].field && three[1].field != three[2].field && three[0].field != three[2].field {
			all = append(all, three)
		}
	}
	return all
}

// variants returns sets of values: all of one filter, some of several.
func variants(filters []filter, dice *rand.Rand) (sets []map[string]any) {
	n := 5
	if len(filters) < 2 {
		n = 1
		for _, f := range filters {
			n = len(f.values)
		}
	}
	for i := range n {
		set := map[string]any{}
		for _, f := range filters {
			if set[f.field] = f.values[i%len(f.values)]; len(filters) > 1 {
				set[f.field] = f.values[dice.IntN(len(f.values))]
			}
		}
		if from, ok := set["from"].(string); ok && set["to"] != nil && set["to"].(string) <= from {
			set["to"] = "2027-01-31T00:00:00Z"
		}
		sets = append(sets, set)
	}
	return sets
}

func (s *scene) others() []list {
	of := func(name, document string, viewer uuid.UUID, ids []uuid.UUID) list {
		l := list{name: name, document: document, limit: patient, viewer: viewer}
		for _, id := range slices.Compact(ids[:min(4, len(ids))]) {
			l.variables = append(l.variables, map[string]any{"id": id})
		}
		return l
	}
	return []list{
		of("district, centres, teams", `query($id: ID!) { teams(filter: {districtId: $id}) { totalCount nodes { centre { teamCount taskCounts { state } moveRequests { totalCount } history { totalCount nodes { id } } } ngo { teams(first: 5) { totalCount nodes { id } } } } } }`, s.lead, s.districts),
		of("centre, teams, tasks", `query($id: ID!) { centre(id: $id) { teams { totalCount nodes { memberCount taskCounts { state tasks } tasks(first: 20) { totalCount nodes { id } } hostings { totalCount nodes { id } } memberships(filter: {states: [ACTIVE]}, first: 20) { totalCount nodes { person { displayName } } } } } } }`, s.lead, s.centres),
		of("task, all below", `query($id: ID!) { task(id: $id) { signups(first: 100) { totalCount nodes { position person { displayName } history { totalCount nodes { id } } availableActions { action } } } updates(first: 100) { totalCount nodes { author { displayName } results { amount } } } shifts { totalCount nodes { mySignup { id } availableActions { action } } } history { totalCount nodes { by { displayName } } } proposal { supportedByMe } } }`, s.lead, s.tasks),
		of("task, sign-ups by state", `query($id: ID!) { task(id: $id) { signups(filter: {states: [CONFIRMED, WAITLISTED]}, first: 100) { totalCount nodes { id } } } }`, s.lead, s.tasks),
		of("shift, sign-ups", `query($id: ID!) { shift(id: $id) { signups(first: 100) { totalCount nodes { position person { displayName } } } waiting: signups(filter: {states: [WAITLISTED]}) { totalCount nodes { position } } } }`, s.lead, s.shifts),
		of("district, 100 tasks, all below", `query($id: ID!) { tasks(filter: {districtId: $id}, first: 100) { nodes { team { name } updates(first: 3) { totalCount nodes { author { displayName } } } shifts(first: 5) { totalCount nodes { mySignup { id } availableActions { action } } } history(first: 3) { totalCount nodes { id } } } } }`, s.volunteer, s.districts),
		of("viewer, all below", `{ viewer { signups(first: 100) { totalCount nodes { position availableActions { action } shift { task { team { name } } } } } upcoming: signups(filter: {states: [CONFIRMED, OFFERED, WAITLISTED]}) { totalCount nodes { id } } memberships { totalCount nodes { team { name } } } proposals { totalCount nodes { supportedByMe task { id } } } } }`, s.volunteer, s.districts[:1]),
		of("proposal, all below", `query($id: ID!) { proposal(id: $id) { supportedByMe availableActions { action } history { totalCount nodes { id } } task { id } overdue mergedInto { id } merged { totalCount nodes { id } } trail { totalCount nodes { next nextBy task { id } } } } }`, s.volunteer, s.proposals),
		of("similar proposals", `query($id: ID!) { short: similarProposals(districtId: $id, title: "Балалар алаңын тазалау") { id } long: similarProposals(districtId: $id, title: "Мусор во дворе", text: "`+strings.Repeat("Во дворе который месяц лежит мусор, дети играют рядом, уберите его. ", 20)+`", point: {lat: 43.238, lon: 76.945}) { id } }`, s.volunteer, s.districts),
		of("results", `query($id: ID!) { results(year: 2026) { amount } all: results { amount } node(id: $id) { ... on District { results(year: 2026) { amount } } } teams(filter: {districtId: $id}, first: 100) { nodes { results { amount } centre { results(year: 2026) { amount } } } } }`, s.volunteer, s.districts),
		of("viewer, merges to answer", `{ viewer { mergesToAnswer { totalCount nodes { mergedInto { id } } } } }`, s.volunteer, s.districts[:1]),
		of("task, hours", `query($id: ID!) { task(id: $id) { hours(first: 100) { totalCount nodes { signup { id } person { displayName } history { totalCount } availableActions { action } } } waiting: hours(filter: {states: [PENDING]}) { totalCount nodes { id } } team { hours { totalCount nodes { id } } waiting: hours(filter: {states: [PENDING]}) { totalCount nodes { id } } } signups(first: 100) { nodes { hours { minutes } } } } }`, s.lead, s.tasks),
		of("centre, hours", `query($id: ID!) { centre(id: $id) { workedHours { totalCount nodes { task { title } } } waiting: workedHours(filter: {states: [PENDING]}) { totalCount nodes { person { displayName } } } answered: workedHours(filter: {states: [APPROVED, ADJUSTED]}) { totalCount nodes { id } } } }`, s.lead, s.centres),
		of("record", `{ myRecord { minutes teams { team { name } } focuses { focus } months { month } } month: myRecord(from: "2026-09-01", to: "2026-09-30") { minutes } viewer { hours(first: 100) { totalCount nodes { task { title } } } waiting: hours(filter: {states: [PENDING]}) { totalCount nodes { id } } certificates { totalCount nodes { parts { teamName } } } } }`, s.worker, s.districts[:1]),
		of("node", `query($id: ID!) { node(id: $id) { id } }`, s.lead, s.tasks),
		of("teams of a focus", `{ teams(filter: {focus: ECOLOGICAL}, first: 100) { totalCount nodes { id } } ngos(filter: {focus: SPORT}) { totalCount nodes { id } } working: ngos(filter: {states: [ACTIVE]}) { totalCount nodes { id } } }`, s.lead, s.districts[:1]),
		{name: "search", document: `query($text: String!, $district: ID, $types: [SearchType!]) { search(text: $text, filter: {districtId: $district, types: $types}) { id } }`, limit: patient, viewer: s.volunteer,
			variables: []map[string]any{{"text": "мкр"}, {"text": "сквореешники"}, {"text": "помощь пожилым соседям"}, {"text": "карттарга комек"}, {"text": "шағын ауданы"}, {"text": "ыыы эээ"},
				{"text": "мкр", "district": s.districts[0]}, {"text": "команда", "types": []string{"TEAM", "CENTRE"}}}},
		of("indicators", `{ indicators(year: 2026) { fact } }`, s.lead, s.districts[:1]),
	}
}

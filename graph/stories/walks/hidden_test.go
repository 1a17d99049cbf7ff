package walks

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/lang"
	"jastarhub/internal/notice"
	"jastarhub/internal/outbox"
	"jastarhub/internal/postgres"
)

// hiddenWord is in every text that will be hidden, and in no other.
const hiddenWord = "Жасырынқанат"

// sung are subjects with the word, each beside others that stay.
type sung struct {
	*hub.World
	subjects map[string]string // by their type
	task     string            // one that stays
	near     *hub.Caller       // in the hidden team, and on all hidden shifts
}

// sing puts the word into a proposal that became a task, a task with a shift and an update, a shift and an update of a task that
// stays, a team and an NGO with what belongs to them, and a person's name.
func sing(t testing.TB) *sung {
	t.Helper()
	s := &sung{World: hub.NewWorld(t), subjects: map[string]string{}}
	s.near = s.Crowd(1)[0]
	s.task = s.PutTask("OPEN")
	s.subjects["PROPOSAL"] = s.PutProposal("ACCEPTED")
	s.Exec(`update tasks set proposal_id = $1 where id = $2`, s.subjects["PROPOSAL"], s.task)
	s.Exec(`update proposals set title = $2, text = $2, place = $2 where id = $1`, s.subjects["PROPOSAL"], hiddenWord)
	s.subjects["TASK"] = s.canaryTask(s.Team, s.Ngo)
	s.subjects["SHIFT"] = s.canaryShift(s.task)
	s.subjects["PROGRESS_UPDATE"] = s.canaryUpdate(s.task)
	s.subjects["TEAM"] = s.canaryTeam(s.Ngo)
	s.subjects["NGO"] = s.PutNgo("ACTIVE")
	s.Exec(`update ngos set name_kk = $2, name_ru = $2, name_en = $2, mission = $2 where id = $1`, s.subjects["NGO"], hiddenWord)
	s.canaryTeam(s.subjects["NGO"])
	named := s.Crowd(1)[0]
	s.subjects["PERSON"] = named.ID
	s.Exec(`update people set given_name = $2, family_name = $2 where id = $1`, named.ID, hiddenWord)
	s.Exec(`update proposals set author_id = $1 where id = $2`, named.ID, s.PutProposal("IN_REVIEW"))
	s.Exec(`insert into moves (id, subject_id, verb, to_state, by_id, acting_as, at) values (gen_random_uuid(), $1, 'OPEN_TASK', 'OPEN', $2, 'LEAD', now())`, s.task, named.ID)
	return s
}

func (s *sung) canaryTeam(ngo string) (id string) {
	id = postgres.NewID().String()
	s.Exec(`insert into teams (id, ngo_id, name_kk, name_ru, name_en, about, language, created_at) values ($1, $2, $3, $3, $3, $3, 'KK', now())`, id, ngo, hiddenWord)
	s.Exec(`insert into hostings (id, team_id, centre_id, state, asked_at, started_at) values ($1, $2, $3, 'ACTIVE', now(), now())`,
		postgres.NewID(), id, s.Centre("AUEZOV-1"))
	s.Exec(`insert into hostings (id, team_id, centre_id, state, asked_at) values ($1, $2, $3, 'REQUESTED', now())`,
		postgres.NewID(), id, s.Centre("MEDEU-1"))
	s.Enrol(s.near, id, "MEMBER")
	s.canaryTask(id, ngo)
	return id
}

func (s *sung) canaryTask(team, ngo string) (id string) {
	id = s.PutTask("OPEN")
	s.Exec(`update task_counts set tasks = tasks - 1 where team_id = $1 and state = 'OPEN'`, s.Team) // the task goes to another team
	s.Exec(`insert into task_counts values ($1, $2, 'OPEN', 1) on conflict (team_id, centre_id, state) do update set tasks = task_counts.tasks + 1`, s.Team, s.Centre("AUEZOV-1"))
	s.Exec(`update tasks set team_id = $2, ngo_id = $3, title = $4, description = $4, place = $4 where id = $1`, id, team, ngo, hiddenWord)
	s.canaryShift(id)
	s.canaryUpdate(id)
	return id
}

func (s *sung) canaryShift(task string) (id string) {
	id = s.PutShift(task, fmt.Sprintf("%d hours", 50+5*s.Count(`select count(*) from shifts`)), 5)
	s.Exec(`update shifts set place = $2 where id = $1`, id, hiddenWord)
	s.PutSignup(s.near, id, "CONFIRMED")
	var starts time.Time
	if err := s.DB.Get(&starts, `select starts_at from shifts where id = $1`, id); err != nil {
		s.T.Fatal(err)
	}
	for _, kind := range []notice.NoticeKind{notice.SignupConfirmed, notice.ShiftTomorrow, notice.ShiftChanged} {
		news := notice.News{Kind: kind, About: notice.AboutShift(hub.RowID(id)), Details: notice.Details{When: &starts}}
		if kind == notice.ShiftChanged {
			news.Details.Was, news.Details.Is = &notice.Facts{Place: hiddenWord + "-2"}, &notice.Facts{Place: hiddenWord}
		}
		if err := s.DB.Tx(s.T.Context(), func(tx *sqlx.Tx) error {
			return notice.Tell(s.T.Context(), tx, nil, s.Present(), news, notice.People(hub.RowID(s.near.ID)))
		}); err != nil {
			s.T.Fatal(err)
		}
	}
	return id
}

// letters renders messages about everything that the person near it was told, as they would be sent now, and returns the kinds of
// those with the hiddenWord.
func (s *sung) letters() (heard []string) {
	s.T.Helper()
	var told []struct {
		ID   uuid.UUID
		Kind string
	}
	if err := s.DB.Select(&told, `select id, kind from notices where person_id = $1 order by kind`, s.near.ID); err != nil {
		s.T.Fatal(err)
	}
	for _, channel := range []outbox.Channel{outbox.Email, outbox.Telegram} {
		for _, n := range told {
			letter := &outbox.Letter{Channel: channel, Kind: outbox.Kind(n.Kind), Language: lang.Russian, Data: []byte(`{}`),
				NoticeID: uuid.NullUUID{UUID: n.ID, Valid: true}, PersonID: uuid.NullUUID{UUID: hub.RowID(s.near.ID), Valid: true}}
			if err := s.Resolver.Notices.WriteLetters("https://hub.example")(s.T.Context(), s.Present(), []*outbox.Letter{letter}); err != nil {
				s.T.Fatal(err)
			}
			if strings.Contains(letter.Subject+letter.Body, hiddenWord) {
				heard = append(heard, string(channel)+" "+n.Kind)
			}
		}
	}
	return heard
}

func (s *sung) canaryUpdate(task string) (id string) {
	id = postgres.NewID().String()
	s.Exec(`insert into progress_updates (id, task_id, author_id, text, language, created_at) values ($1, $2, $3, $4, 'KK', now())`,
		id, task, s.Lead.ID, hiddenWord)
	return id
}

// walk reads, as somebody, everything that the schema leads to: all objects by their ids with everything two levels below them,
// all root fields, all searches for the hiddenWord. It returns the queries whose answers have the hiddenWord; lists must be as
// long as their counts.
func (s *sung) walk(who *hub.Caller) (heard []string) {
	s.T.Helper()
	listen := func(at string, a *hub.Answer) {
		if strings.Contains(a.RawBody, hiddenWord) {
			heard = append(heard, at)
		}
		s.lengths(at, a.Data)
	}
	for _, def := range hub.Schema().GetPossibleTypes(hub.Schema().Types["Node"]) {
		for _, query := range perField(def) {
			listen(def.Name+" "+query[:min(40, len(query))], who.Ask(`query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on `+def.Name+" { "+query+" } } }",
				hub.Vars{"ids": idsOf(s.World, def.Name)}))
		}
	}
	for _, root := range hub.Schema().Query.Fields {
		if strings.HasPrefix(root.Name, "__") {
			continue
		}
		for _, arg := range root.Arguments {
			filter := hub.Schema().Types[arg.Type.Name()]
			if arg.Name == "id" && root.Type.Name() != "Node" {
				for _, id := range idsOf(s.World, root.Type.Name()) {
					listen(root.Name+" by id", who.Ask(fmt.Sprintf("{ %s(id: %q) { %s } }", root.Name, id, everything(root.Type.Name(), 0))))
				}
			} else if filter != nil && filter.Fields.ForName("text") != nil {
				listen(root.Name+" with the text", who.Ask(fmt.Sprintf("{ %s(filter: {text: %q}) { %s } }", root.Name, hiddenWord, everything(root.Type.Name(), 1))))
			}
		}
		if root.Arguments.ForName("id") == nil && root.Arguments.ForName("ids") == nil {
			call := root.Name + map[bool]string{true: "(year: 2026)"}[root.Arguments.ForName("year") != nil]
			listen(root.Name, who.Ask("{ "+call+" { "+everything(root.Type.Name(), 1)+" } }"))
		}
	}
	return heard
}

// lengths checks that every complete list in the answer has as many rows as it counts.
func (s *sung) lengths(at string, v any) {
	s.T.Helper()
	switch v := v.(type) {
	case []any:
		for _, child := range v {
			s.lengths(at, child)
		}
	case hub.Vars:
		nodes, listed := v["nodes"].([]any)
		total, counted := v["totalCount"].(float64)
		if info, ok := v["pageInfo"].(hub.Vars); ok && listed && counted && info["hasNextPage"] == false && len(nodes) != int(total) {
			s.T.Errorf("%s: %d rows, counted %v", at, len(nodes), total)
		}
		for _, child := range v {
			s.lengths(at, child)
		}
	}
}

// TestAHiddenThingIsNowhere hides one of everything that can be reported: a stranger who found the hiddenWord on every path that
// leads to it finds it on none, and on all again when everything is shown.
func TestAHiddenThingIsNowhere(t *testing.T) {
	t.Parallel()
	s := sing(t)
	before := s.walk(s.Visitor())
	for _, way := range []string{"Proposal", "Task", "Shift", "ProgressUpdate", "Team", "Ngo", "Person", "Hosting", "Centre", "District",
		"proposals with the text", "tasks with the text", "proposal by id", "team by id", "ngo by id", "task by id", "shift by id", "teams", "ngos"} {
		if !strings.Contains(strings.Join(before, "\n"), way) && way != "Person" {
			t.Errorf("nothing is heard by %s, so nothing would be missed", way)
		}
	}
	told := s.walk(s.near)
	if !strings.Contains(strings.Join(told, "\n"), "Person __typename notices") {
		t.Error("nothing is heard by notices, so nothing would be missed")
	}
	written := s.letters()
	for _, kind := range []string{"EMAIL SHIFT_CHANGED", "EMAIL SHIFT_TOMORROW", "TELEGRAM SIGNUP_CONFIRMED", "TELEGRAM SHIFT_CHANGED"} {
		if !strings.Contains(strings.Join(written, "\n"), kind) {
			t.Errorf("nothing is heard by %s, so nothing would be missed", kind)
		}
	}
	decisions := map[string]string{}
	for subject, id := range s.subjects {
		decisions[subject] = s.Officer.Do("hideContent", hub.Vars{"subjectId": id, "reason": "INSULT", "words": "No canaries here."}, "decision { id subjectType }").
			Shows("hideContent.decision.subjectType", subject).Str("hideContent.decision.id")
	}
	for who, c := range map[string]*hub.Caller{"a visitor": s.Visitor(), "who coordinates and leads elsewhere": s.Roles[hub.Elsewhere], "who is near": s.near} {
		for _, way := range s.walk(c) {
			t.Errorf("%s hears the hiddenWord: %s", who, way)
		}
	}
	for _, letter := range s.letters() {
		t.Errorf("somebody near is sent the hiddenWord: %s", letter)
	}
	s.concerned(decisions)
	s.seesTheHours()
	for _, id := range decisions {
		s.Officer.Do("showContent", hub.Vars{"id": id, "reason": "They may sing."}, "decision { state }")
	}
	if after := s.walk(s.Visitor()); len(after) != len(before) {
		t.Errorf("heard %d times, before %d", len(after), len(before))
	}
}

// concerned checks that owners are told by the hidden object itself which decision hides it.
func (s *sung) concerned(decisions map[string]string) {
	s.T.Helper()
	for subject, name := range map[string]string{"PROPOSAL": "Proposal", "TASK": "Task", "SHIFT": "Shift", "PROGRESS_UPDATE": "ProgressUpdate", "TEAM": "Team", "NGO": "Ngo"} {
		seers := []*hub.Caller{s.Officer, s.Coordinator, map[bool]*hub.Caller{true: s.Roles["author"], false: s.NgoLead}[subject == "PROPOSAL"]}
		if subject == "NGO" {
			seers[1] = s.NgoLead
		}
		for _, who := range seers {
			who.Must(`query($id: ID!) { node(id: $id) { ... on `+name+` { hidden { id words } } } }`, hub.Vars{"id": s.subjects[subject]}).
				Shows("node.hidden", hub.Vars{"id": decisions[subject], "words": "No canaries here."})
		}
	}
}

// seesTheHours: people who are signed up see when it is, may cancel, and may not sign up again.
func (s *sung) seesTheHours() {
	s.T.Helper()
	a := s.near.Must(`{ viewer { signups { totalCount nodes { id state startsAt shift { id } } } } }`)
	for _, g := range a.At("viewer.signups.nodes").([]any) {
		if g := g.(hub.Vars); g["shift"] != nil || g["startsAt"] == nil || g["state"] != "CONFIRMED" {
			s.T.Errorf("%v", g)
		}
	}
	s.near.Do("cancelSignup", hub.Vars{"id": a.Str("viewer.signups.nodes.0.id")}, "signup { state shift { id } }").
		Shows("cancelSignup.signup", hub.Vars{"state": "CANCELLED", "shift": nil})
	s.Roles["stranger"].Refused("NOT_FOUND", "signUp", hub.Vars{"shiftId": s.subjects["SHIFT"]})
	s.Lead.Refused("SIGNUP_CLOSED", "signUp", hub.Vars{"shiftId": s.subjects["SHIFT"]})
}

package walks

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/postgres"
)

// everything selects all fields of a type, with depth levels of nouns below it.
func everything(typeName string, depth int) string {
	def := hub.Schema().Types[typeName]
	parts := []string{"__typename"}
	for _, f := range def.Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		sub := hub.Schema().Types[f.Type.Name()]
		if !sub.IsCompositeType() {
			parts = append(parts, f.Name)
			continue
		}
		left := depth
		switch {
		case f.Name == "node" && strings.HasSuffix(typeName, "Edge"):
			parts = append(parts, "node { __typename }") // nodes has the same
			continue
		case isNoun(sub):
			left--
		}
		if left >= 0 {
			parts = append(parts, f.Name+" { "+everything(sub.Name, left)+" }")
		}
	}
	return strings.Join(parts, " ")
}

// selection is everything with that many levels of nouns, or as many as fit into the limit on tokens.
func selection(typeName string, depth int) string {
	all := everything(typeName, depth)
	if len(strings.Fields(all)) > 950 {
		return selection(typeName, depth-1)
	}
	return all
}

// isNoun reports whether a type's own fields lead on to others; forms such as connections and points do not count.
func isNoun(def *ast.Definition) bool {
	return slices.Contains(def.Interfaces, "Node") || slices.Contains([]string{"Node", "Move", "TrailStep", "Claim", "Photo", "PhotoConnection", "CheckedInMinor"}, def.Name)
}

// seen records which fields were answered on an object, and which with a value.
type seen struct {
	t              testing.TB
	answered, held map[string]bool
	refusable      map[string]bool // names of fields that are documented to answer FORBIDDEN
}

func newSeen(t testing.TB) *seen {
	s := &seen{t: t, answered: map[string]bool{}, held: map[string]bool{}, refusable: map[string]bool{}}
	for _, def := range hub.Schema().Types {
		for _, f := range def.Fields {
			if strings.Contains(f.Description, "FORBIDDEN") {
				s.refusable[f.Name] = true
			}
		}
	}
	return s
}

// look walks an answer. Only documented refusals, with their paths, are allowed.
func (s *seen) look(at string, a *hub.Answer) {
	s.t.Helper()
	for _, e := range a.Errors {
		last := ""
		if len(e.Path) > 0 {
			last, _ = e.Path[len(e.Path)-1].(string)
		}
		if e.Extensions.Code != "FORBIDDEN" || !s.refusable[last] {
			s.t.Errorf("%s: %.600s", at, a.RawBody)
			return
		}
	}
	s.value(a.Data)
}

func (s *seen) value(v any) {
	switch v := v.(type) {
	case []any:
		for _, child := range v {
			s.value(child)
		}
	case hub.Vars:
		for name, child := range v {
			if on, ok := v["__typename"].(string); ok {
				s.answered[on+"."+name] = true
				if child != nil {
					s.held[on+"."+name] = true
				}
			}
			s.value(child)
		}
	}
}

// missing returns the fields of object types that were not answered, or never held anything. Streams have stories of their own.
func (s *seen) missing(in map[string]bool) (names []string) {
	for _, def := range hub.Schema().Types {
		if def.Kind != ast.Object || strings.HasPrefix(def.Name, "__") || slices.Contains([]string{"Query", "Mutation", "Subscription"}, def.Name) {
			continue
		}
		for _, f := range def.Fields {
			if name := def.Name + "." + f.Name; !in[name] {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// TestEveryFieldWorks fills a city by every mutation and selects everything that each answers; then it reads all objects and root
// fields, with everything two levels below them, as each of the five kinds of users.
func TestEveryFieldWorks(t *testing.T) {
	t.Parallel()
	w, s := hub.NewWorld(t), newSeen(t)
	furnish(w)
	for name, g := range goods(w) {
		payload := hub.Schema().Mutation.Fields.ForName(name).Type.Name()
		s.look(name, g.Who.Ask(hub.Document(name, selection(payload, 2)), hub.Vars{"in": g.In}))
	}
	nowhere := hub.Vars{"ids": []any{postgres.NewID().String()}}
	for _, name := range []string{"approveHours", "checkInMany"} {
		s.look(name, w.Lead.Ask(hub.Document(name, everything(hub.Schema().Mutation.Fields.ForName(name).Type.Name(), 2)), hub.Vars{"in": nowhere}))
	}
	w.Other.Refused("NOT_OFFICER", "createNgo", hub.Vars{"name": hub.SomeName, "focus": "MEDIA"})
	hideEach(w) // again: the newest are read
	queries := 0
	for name, who := range viewers(w) {
		queries += readsAll(w, name, who, s.look)
	}
	if names := s.missing(s.answered); len(names) > 0 {
		t.Errorf("never answered: %v", names)
	}
	if names := s.missing(s.held); len(names) > 0 {
		t.Errorf("always null: %v", names)
	}
	t.Logf("%d queries, %d fields", queries, len(s.answered))
}

// readsAll reads, as one viewer, all objects and root fields with everything two levels below them, and returns the number of
// queries.
func readsAll(w *hub.World, name string, who *hub.Caller, look func(at string, a *hub.Answer)) (queries int) {
	w.T.Helper()
	for _, def := range hub.Schema().GetPossibleTypes(hub.Schema().Types["Node"]) {
		ids := idsOf(w, def.Name)
		if def.Name == "Person" {
			ids = []string{who.ID}
		}
		if len(ids) == 0 || ids[0] == "" {
			continue
		}
		for _, query := range perField(def) {
			queries++
			look(name+" "+def.Name, who.Ask(`query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on `+def.Name+" { "+query+" } } }", hub.Vars{"ids": ids}))
		}
	}
	for _, root := range hub.Schema().Query.Fields {
		if strings.Contains(root.Description, "NOT_OFFICER") && name != "officer" || root.Name == "minor" && name != "coordinator" ||
			root.Name == "checkInCode" && name != "ngo lead" || root.Name == "myRecord" && name == "visitor" ||
			root.Arguments.ForName("id") != nil || root.Arguments.ForName("ids") != nil || strings.HasPrefix(root.Name, "__") {
			continue
		}
		for _, call := range callsOf(w, root.Name) {
			queries++
			if of := root.Type.Name(); hub.Schema().Types[of].IsCompositeType() {
				call += " { " + selection(of, 1) + " }"
			}
			look(name+" "+call, who.Ask("{ "+call+" }"))
		}
	}
	return queries
}

// callsOf returns calls of a root field with the arguments that it needs.
func callsOf(w *hub.World, root string) []string {
	switch root {
	case "similarProposals":
		return []string{fmt.Sprintf(`similarProposals(districtId: %q, title: "Жаңа орындық")`, w.District("AUEZOV"))}
	case "indicators", "specialDays":
		return []string{root + "(year: 2026)"}
	case "pendingIdentity":
		return []string{fmt.Sprintf("pendingIdentity(token: %q)", w.PutVouched())}
	case "certificate":
		return []string{fmt.Sprintf("certificate(number: %q)", w.PutCertificate(w.Volunteer))}
	case "checkInCode":
		return []string{fmt.Sprintf("checkInCode(shiftId: %q)", w.PutShift(w.PutTask("OPEN"), "1 hour", 5))}
	case "myRecord":
		from, to := w.Days()
		return []string{fmt.Sprintf("myRecord(from: %q, to: %q)", from, to)}
	case "search":
		return []string{`search(text: "қала")`}
	case "minor":
		return []string{fmt.Sprintf("minor(email: %q)", w.MinorsAddress())}
	case "invitation":
		var calls []string
		for _, role := range []string{"CONSULTANT", "NGO_LEAD", "TEAM_LEAD"} {
			calls = append(calls, fmt.Sprintf("invitation(token: %q)", w.LinkOf(w.PutOffer(role, "SENT"))))
		}
		return calls
	}
	return []string{root}
}

// perField returns selections of one field each, with everything one level below what it leads to.
func perField(def *ast.Definition) (queries []string) {
	queries = append(queries, everything(def.Name, 0))
	for _, f := range def.Fields {
		sub, depth := hub.Schema().Types[f.Type.Name()], 2
		if isNoun(sub) {
			depth = 1
		}
		if sub.IsCompositeType() {
			queries = append(queries, fmt.Sprintf("__typename %s { %s }", f.Name, selection(sub.Name, depth)))
		}
	}
	return queries
}

func viewers(w *hub.World) map[string]*hub.Caller {
	return map[string]*hub.Caller{"visitor": w.Visitor(), "volunteer": w.Volunteer, "ngo lead": w.NgoLead, "coordinator": w.Coordinator, "officer": w.Officer}
}

// furnish adds what no mutation adds.
func furnish(w *hub.World) {
	w.Exec(`update centres set opened_on = '2026-03-01', address = 'Абай, 1', lat = 43.2, lon = 76.9, capacity = 80, opening_hours = '9–18'`)
	w.Exec(`update indicators set year = extract(year from now() at time zone 'Asia/Almaty') where year = 2026 and code = 'CENTRES_OPEN'`)
	w.Exec(`update people set district_id = $1 `, w.District("MEDEU"))
	shift := w.PutShift(w.PutTask("OPEN"), "40 hours", 1)
	w.Exec(`update shifts set place = 'The gate', lat = 43.2, lon = 76.9 where id = $1`, shift)
	w.SignUp(w.Volunteer, shift)
	w.SignUp(w.Other, shift)
	w.PutSignup(w.Roles["stranger"], w.PutShift(w.PutTask("OPEN"), "40 hours", 1), "OFFERED")
	w.Exec(`insert into hostings (id, team_id, centre_id, state, asked_at, started_at, ended_at)
		select $1, team_id, $2, 'ENDED', started_at - interval '1 year', started_at - interval '1 year', started_at from hostings
		where team_id = $3`, postgres.NewID(), w.Centre("MEDEU-1"), w.Team)
	w.Enrol(w.Volunteer, w.Team, "MEMBER")
	w.Propose(w.Volunteer)
	w.Closed(w.Roles["author"])
	w.Exec(`update grants set ended_at = now() where id = $1`, w.PutGrant("NGO_LEAD"))
	w.PutIdentity(w.Volunteer)
	w.PutOffer("CONSULTANT", "SENT")
	w.PutOffer("TEAM_LEAD", "SENT")
	w.PutConsent(w.Volunteer.ID, "PHOTO", "WITHDRAWN", w.Coordinator.ID, w.Volunteer.ID)
	w.PutConsent(w.Volunteer.ID, "NAME", "ASKED", "", "")
	hideEach(w)
	w.PutSuspension("")
	w.Tell("SHIFT_CANCELLED", time.Time{}, w.Volunteer, w.Other, w.Lead, w.Coordinator, w.Officer)
	w.Exec(`update notices set read_at = now()`)
	w.PutLink(w.Volunteer)
	w.PutDead()
	w.Exec(`update signups set coming_at = now()`)
	revoked(w)
	w.Exec(`update reports set decision_id = $2 where id = $1`, w.PutReport("UPHELD"), w.PutDecision("IN_FORCE"))
	for _, n := range nouns {
		for state := range strings.FieldsSeq(n.states) {
			n.put(w, state)
		}
	}
}

// hideEach hides one more of each type that can be hidden.
func hideEach(w *hub.World) {
	for _, hide := range []func() string{w.HiddenProposal, w.HiddenTask, w.HiddenShift, w.HiddenUpdate, w.HiddenTeam, w.HiddenNgo} {
		hide()
	}
}

// idsOf returns objects of a type, newest first.
func idsOf(w *hub.World, typeName string) (ids []string) {
	table := map[string]string{"ProgressUpdate": "progress_updates", "Person": "people", "Hours": "hours", "SpecialDay": "special_days"}[typeName]
	if table == "" {
		table = strings.ToLower(typeName) + "s"
	}
	if err := w.DB.Select(&ids, `select id from `+table+` order by id desc limit 50`); err != nil {
		w.T.Fatal(err)
	}
	return ids
}

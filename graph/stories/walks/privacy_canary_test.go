package walks

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/grant"
)

// canaries puts a unique text into a good input wherever the schema has a text; path leads to the input.
func canaries(of *ast.Definition, path string, in hub.Vars) (changed hub.Vars, written []string) {
	changed = maps.Clone(in)
	for name, value := range in {
		f := of.Fields.ForName(name)
		at := path + "." + name
		def := hub.Schema().Types[f.Type.Name()]
		switch child := value.(type) {
		case hub.Vars:
			in, more := canaries(def, at, child)
			changed[name], written = in, append(written, more...)
		case []any:
			changed[name], written = canariesIn(def, at, child, written)
		case string:
			if text := canary(at); def.Name == "String" && text != "" {
				changed[name], written = text, append(written, at)
			}
		}
	}
	return changed, written
}

func canariesIn(def *ast.Definition, at string, list []any, written []string) ([]any, []string) {
	changed := slices.Clone(list)
	for i, each := range list {
		if child, ok := each.(hub.Vars); ok {
			in, more := canaries(def, at, child)
			changed[i], written = in, append(written, more...)
		}
	}
	return changed, written
}

// canary returns the text for a path of an input, "" if only something else would be accepted.
func canary(at string) string {
	mutation, path, _ := strings.Cut(at, ".")
	text := "zq" + strings.ToLower(strings.ReplaceAll(mutation+path, ".", "")) + "qz"
	switch {
	case strings.HasSuffix(strings.ToLower(path), "password") || path == "token" || path == "bin" || path == "code" || path == "number":
		return ""
	case mutation == "register" && path == "email" || mutation == "changeEmail" && path == "email" || path == "guardianEmail":
		return text + "@example.org"
	case strings.HasSuffix(strings.ToLower(path), "email"):
		return ""
	}
	return text
}

// stays are the columns in which a text may be found after everybody has erased the account: it belonged to the city or a team.
var stays = map[string]string{
	"createNgo.name.kk": "ngos.name_kk", "createNgo.name.ru": "ngos.name_ru", "createNgo.name.en": "ngos.name_en", "createNgo.mission": "ngos.mission",
	"updateNgo.name.kk": "ngos.name_kk", "updateNgo.name.ru": "ngos.name_ru", "updateNgo.name.en": "ngos.name_en", "updateNgo.mission": "ngos.mission",
	"setSpecialDay.name.kk": "special_days.name_kk", "setSpecialDay.name.ru": "special_days.name_ru", "setSpecialDay.name.en": "special_days.name_en",
	"createTeam.name.kk": "teams.name_kk search_documents.document", "createTeam.name.ru": "teams.name_ru search_documents.document", "createTeam.name.en": "teams.name_en search_documents.document", "createTeam.about": "teams.about search_documents.document",
	"setNgoState.reason": "moves.words", "setCentreState.reason": "moves.words", "moveTeam.reason": "moves.words", "answerMove.reason": "moves.words",
	"askForInfo.question": "moves.words", "acceptProposal.words": "moves.words", "reassignProposal.reason": "moves.words",
	"declineProposal.words": "moves.words proposals.decline_words", "mergeProposal.words": "moves.words",
	"createTask.title": "tasks.title task_texts.text", "createTask.description": "tasks.description task_texts.text", "createTask.place": "tasks.place",
	"updateTask.title": "tasks.title task_texts.text", "updateTask.description": "tasks.description task_texts.text", "updateTask.place": "tasks.place",
	"createTask.shifts.place": "shifts.place", "addShift.shift.place": "shifts.place", "updateShift.place": "shifts.place",
	"cancelShift.reason": "moves.words shifts.cancel_reason", "cancelTask.reason": "moves.words tasks.cancel_reason shifts.cancel_reason",
	"claimDone.words": "moves.words shifts.cancel_reason task_claims.words", "claimDone.noPhotoReason": "task_claims.no_photo_reason", "postProgress.lowerReason": "progress_updates.lower_reason", "verifyTask.words": "moves.words", "sendBack.reason": "moves.words", "postProgress.text": "progress_updates.text",
	"erasePerson.reason": "erasures.reason",
	"answerReport.words": "moves.words", "hideContent.words": "moves.words decisions.words", "showContent.reason": "moves.words",
	"suspendPerson.words": "moves.words decisions.words", "endSuspension.reason": "moves.words", "answerAppeal.words": "moves.words decisions.answer",
	"withdrawInvitation.reason": "moves.words",
}

// notTheirs are texts of objects without an author: they are not in the download of the person who wrote them.
var notTheirs = []string{"createNgo.", "updateNgo.", "setSpecialDay.", "createTeam.", "createTask.shifts.", "addShift.", "updateShift."}

// TestNoTraceIsLeft lets people write canaries into every text that the API accepts, and finds each in the download of the person
// who wrote it. Then everybody has the account erased: of the canaries, the names and the addresses nothing is left in the
// database, except the texts in the table above. The city's figures stay the same.
func TestNoTraceIsLeft(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	attended(w)
	written := writes(w)
	w.Exec(`update people set given_name = 'zqgivenqz', family_name = 'zqfamilyqz' where erased_at is null`)
	if n := w.Count(`select count(*) from outbox where person_id is null and kind not in ('NO_ACCOUNT', 'INVITATION')`); n != 0 {
		t.Errorf("%d mails are nobody's", n)
	}
	w.Mails()
	figures := countFigures(w)
	succeed(w)
	erased := addresses(w)
	for _, address := range erased {
		if err := w.Resolver.Privacy.Erase(context.Background(), address, "They asked.", w.Present()); err != nil {
			t.Fatalf("%s: %v", address, err)
		}
	}
	w.Mails()
	w.Purge(14 * 24 * time.Hour)
	if after := countFigures(w); after != figures {
		t.Errorf("the figures were\n%s\nand are\n%s", figures, after)
	}
	compareTraces(w, written)
	compareAddresses(w, erased)
}

// attended returns people who were on a shift.
func attended(w *hub.World) {
	people := w.Crowd(4)
	for i, state := range []string{"CHECKED_IN", "COMPLETED", "NO_SHOW", "COMPLETED"} {
		w.PutSignup(people[i], w.PutShift(w.PutTask("IN_PROGRESS"), "-3 hours", 5), state)
	}
	furnish(w)
}

// writes runs every mutation with canaries, and returns those that were written.
func writes(w *hub.World) (written []string) {
	w.T.Helper()
	goods := goods(w)
	for _, mutation := range slices.Sorted(maps.Keys(goods)) {
		g := goods[mutation]
		of := hub.Schema().Types[strings.ToUpper(mutation[:1])+mutation[1:]+"Input"]
		in, canaries := canaries(of, mutation, g.In)
		g.Who.Do(mutation, in, "__typename")
		written = append(written, canaries...)
		isInTheDownload(w, mutation, g, canaries)
	}
	if len(written) < 50 {
		w.T.Errorf("only %d texts", len(written))
	}
	return written
}

func isInTheDownload(w *hub.World, mutation string, g hub.Good, canaries []string) {
	w.T.Helper()
	who := g.Who.ID
	if mutation == "register" {
		who = w.Text(`select id from people where email = $1`, canary("register.email"))
	}
	if len(canaries) == 0 {
		return
	}
	var data strings.Builder
	if err := w.Resolver.Privacy.Write(context.Background(), &data, uuid.MustParse(who), w.Present(), func() error { return nil }); err != nil {
		w.T.Fatal(err)
	}
	for _, at := range canaries {
		theirs := !slices.ContainsFunc(notTheirs, func(prefix string) bool { return strings.HasPrefix(at, prefix) })
		if mutation != "erasePerson" && strings.Contains(data.String(), canary(at)) != theirs {
			w.T.Errorf("%s in the download of its author: %v", at, !theirs)
		}
	}
}

// succeed gives the city an officer and every team a lead who stay.
func succeed(w *hub.World) {
	w.T.Helper()
	successor := w.Grant(w.Person("Successor", 40), grant.CityOfficer, "")
	var teams []string
	if err := w.DB.Select(&teams, `select id from teams`); err != nil {
		w.T.Fatal(err)
	}
	for _, team := range teams {
		w.Enrol(successor, team, "LEAD")
	}
}

// addresses returns the addresses of everybody except the successors.
func addresses(w *hub.World) (all []string) {
	w.T.Helper()
	if err := w.DB.Select(&all, `select email from people where email <> 'successor@example.org' order by id`); err != nil {
		w.T.Fatal(err)
	}
	return all
}

// countFigures returns what the city counts.
func countFigures(w *hub.World) string {
	indicators := w.Visitor().Must(`{ indicators(year: 2026) { code fact baseline target } }`).RawBody
	return indicators + w.Text(`select concat_ws(' ', (select count(*) from people where email is distinct from 'successor@example.org'),
		(select count(*) from signups), (select count(distinct person_id) from signups where state in ('CHECKED_IN', 'COMPLETED')),
		(select string_agg(concat(state, n), ' ' order by state) from (select state, count(*) as n from signups
			where state in ('CHECKED_IN', 'COMPLETED', 'NO_SHOW') group by 1) s),
		(select sum(checked_out_at - checked_in_at) from signups), (select sum(taken) from shifts where starts_at < now()),
		(select sum(support_count) from proposals), (select count(*) from supports where withdrawn_at is null),
		(select count(*) from proposals), (select string_agg(t::text, ' ' order by t) from task_counts t),
		(select sum(amount) from progress_results), (select count(*) from consents))`)
}

// compareTraces looks for canaries, names and addresses in every value of every table.
func compareTraces(w *hub.World, written []string) {
	w.T.Helper()
	found := traces(w, `zq[a-z0-9]+qz`)
	for _, at := range written {
		text := strings.TrimSuffix(canary(at), "@example.org")
		want := strings.Fields(stays[at])
		if got := found[text]; !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
			w.T.Errorf("%s is left in %v, want %v", at, got, want)
		}
		delete(found, text)
	}
	for at := range stays {
		if !slices.Contains(written, at) {
			w.T.Errorf("nobody writes %s", at)
		}
	}
	for text, where := range found {
		w.T.Errorf("%s is left in %v", text, where)
	}
}

// compareAddresses looks for addresses. Those of people who were invited and never had an account stay for a while.
func compareAddresses(w *hub.World, erased []string) {
	w.T.Helper()
	for address, where := range traces(w, `[^ "]+@example.org`) {
		invited := !slices.ContainsFunc(where, func(at string) bool { return at != "invitations.email" && at != "outbox.address" })
		if address != "successor@example.org" && (!invited || slices.Contains(erased, address)) {
			w.T.Errorf("%s is left in %v", address, where)
		}
	}
}

// traces returns the texts that match a pattern in the database, with their columns.
func traces(w *hub.World, pattern string) map[string][]string {
	w.T.Helper()
	var tables []string
	if err := w.DB.Select(&tables, `select tablename::text from pg_tables where schemaname = 'public'`); err != nil {
		w.T.Fatal(err)
	}
	found := map[string][]string{}
	for _, table := range tables {
		var rows []struct{ Text, Place string }
		if err := w.DB.Select(&rows, fmt.Sprintf(`select distinct m[1] as text, '%[1]s.' || e.key as place
			from %[1]s t, jsonb_each_text(to_jsonb(t)) e, regexp_matches(e.value, $1, 'g') m`, table), "("+pattern+")"); err != nil {
			w.T.Fatal(err)
		}
		for _, row := range rows {
			found[row.Text] = append(found[row.Text], row.Place)
		}
	}
	return found
}

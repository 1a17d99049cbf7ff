package stories

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

	"jastarhub/internal/grant"
)

// canaries puts a unique text into a good input wherever the schema has a text; path leads to the input.
func canaries(of *ast.Definition, path string, in vars) (changed vars, written []string) {
	changed = maps.Clone(in)
	for name, value := range in {
		f := of.Fields.ForName(name)
		at := path + "." + name
		def := theSchema().Types[f.Type.Name()]
		switch child := value.(type) {
		case vars:
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
		if child, ok := each.(vars); ok {
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
	w := newWorld(t)
	w.attended()
	written := w.writes()
	w.exec(`update people set given_name = 'zqgivenqz', family_name = 'zqfamilyqz' where erased_at is null`)
	if n := w.count(`select count(*) from outbox where person_id is null and kind not in ('NO_ACCOUNT', 'INVITATION')`); n != 0 {
		t.Errorf("%d mails are nobody's", n)
	}
	w.mails()
	figures := w.figures()
	w.succeed()
	erased := w.addresses()
	for _, address := range erased {
		if err := w.r.Privacy.Erase(context.Background(), address, "They asked.", time.Now()); err != nil {
			t.Fatalf("%s: %v", address, err)
		}
	}
	w.mails()
	w.purge(14 * 24 * time.Hour)
	if after := w.figures(); after != figures {
		t.Errorf("the figures were\n%s\nand are\n%s", figures, after)
	}
	w.compareTraces(written)
	w.compareAddresses(erased)
}

// attended returns people who were on a shift.
func (w *world) attended() {
	people := w.crowd(4)
	for i, state := range []string{"CHECKED_IN", "COMPLETED", "NO_SHOW", "COMPLETED"} {
		w.putSignup(people[i], w.putShift(w.putTask("IN_PROGRESS"), "-3 hours", 5), state)
	}
	w.furnish()
}

// writes runs every mutation with canaries, and returns those that were written.
func (w *world) writes() (written []string) {
	w.t.Helper()
	goods := w.goods()
	for _, mutation := range slices.Sorted(maps.Keys(goods)) {
		g := goods[mutation]
		of := theSchema().Types[strings.ToUpper(mutation[:1])+mutation[1:]+"Input"]
		in, canaries := canaries(of, mutation, g.in)
		g.who.do(mutation, in, "__typename")
		written = append(written, canaries...)
		w.isInTheDownload(mutation, g, canaries)
	}
	if len(written) < 50 {
		w.t.Errorf("only %d texts", len(written))
	}
	return written
}

func (w *world) isInTheDownload(mutation string, g good, canaries []string) {
	w.t.Helper()
	who := g.who.id
	if mutation == "register" {
		who = w.text(`select id from people where email = $1`, canary("register.email"))
	}
	if len(canaries) == 0 {
		return
	}
	var data strings.Builder
	if err := w.r.Privacy.Write(context.Background(), &data, uuid.MustParse(who), time.Now(), func() error { return nil }); err != nil {
		w.t.Fatal(err)
	}
	for _, at := range canaries {
		theirs := !slices.ContainsFunc(notTheirs, func(prefix string) bool { return strings.HasPrefix(at, prefix) })
		if mutation != "erasePerson" && strings.Contains(data.String(), canary(at)) != theirs {
			w.t.Errorf("%s in the download of its author: %v", at, !theirs)
		}
	}
}

// succeed gives the city an officer and every team a lead who stay.
func (w *world) succeed() {
	w.t.Helper()
	successor := w.grant(w.person("Successor", 40), grant.CityOfficer, "")
	var teams []string
	if err := w.db.Select(&teams, `select id from teams`); err != nil {
		w.t.Fatal(err)
	}
	for _, team := range teams {
		w.enrol(successor, team, "LEAD")
	}
}

// addresses returns the addresses of everybody except the successors.
func (w *world) addresses() (all []string) {
	w.t.Helper()
	if err := w.db.Select(&all, `select email from people where email <> 'successor@example.org' order by id`); err != nil {
		w.t.Fatal(err)
	}
	return all
}

// figures returns what the city counts.
func (w *world) figures() string {
	indicators := w.visitor().must(`{ indicators(year: 2026) { code fact baseline target } }`).rawBody
	return indicators + w.text(`select concat_ws(' ', (select count(*) from people where email is distinct from 'successor@example.org'),
		(select count(*) from signups), (select count(distinct person_id) from signups where state in ('CHECKED_IN', 'COMPLETED')),
		(select string_agg(concat(state, n), ' ' order by state) from (select state, count(*) as n from signups
			where state in ('CHECKED_IN', 'COMPLETED', 'NO_SHOW') group by 1) s),
		(select sum(checked_out_at - checked_in_at) from signups), (select sum(taken) from shifts where starts_at < now()),
		(select sum(support_count) from proposals), (select count(*) from supports where withdrawn_at is null),
		(select count(*) from proposals), (select string_agg(t::text, ' ' order by t) from task_counts t),
		(select sum(amount) from progress_results), (select count(*) from consents))`)
}

// compareTraces looks for canaries, names and addresses in every value of every table.
func (w *world) compareTraces(written []string) {
	w.t.Helper()
	found := w.traces(`zq[a-z0-9]+qz`)
	for _, at := range written {
		text := strings.TrimSuffix(canary(at), "@example.org")
		want := strings.Fields(stays[at])
		if got := found[text]; !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
			w.t.Errorf("%s is left in %v, want %v", at, got, want)
		}
		delete(found, text)
	}
	for at := range stays {
		if !slices.Contains(written, at) {
			w.t.Errorf("nobody writes %s", at)
		}
	}
	for text, where := range found {
		w.t.Errorf("%s is left in %v", text, where)
	}
}

// compareAddresses looks for addresses. Those of people who were invited and never had an account stay for a while.
func (w *world) compareAddresses(erased []string) {
	w.t.Helper()
	for address, where := range w.traces(`[^ "]+@example.org`) {
		invited := !slices.ContainsFunc(where, func(at string) bool { return at != "invitations.email" && at != "outbox.address" })
		if address != "successor@example.org" && (!invited || slices.Contains(erased, address)) {
			w.t.Errorf("%s is left in %v", address, where)
		}
	}
}

// traces returns the texts that match a pattern in the database, with their columns.
func (w *world) traces(pattern string) map[string][]string {
	w.t.Helper()
	var tables []string
	if err := w.db.Select(&tables, `select tablename::text from pg_tables where schemaname = 'public'`); err != nil {
		w.t.Fatal(err)
	}
	found := map[string][]string{}
	for _, table := range tables {
		var rows []struct{ Text, Place string }
		if err := w.db.Select(&rows, fmt.Sprintf(`select distinct m[1] as text, '%[1]s.' || e.key as place
			from %[1]s t, jsonb_each_text(to_jsonb(t)) e, regexp_matches(e.value, $1, 'g') m`, table), "("+pattern+")"); err != nil {
			w.t.Fatal(err)
		}
		for _, row := range rows {
			found[row.Text] = append(found[row.Text], row.Place)
		}
	}
	return found
}

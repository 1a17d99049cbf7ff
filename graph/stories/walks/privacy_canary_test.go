package walks

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
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

const canaryPattern = `zq[a-z0-9]+qz`

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

// wordsStay are mutations whose words are written for a team or the city: they stay in the history, in moves.words. Those of all
// others are blanked.
var wordsStay = strings.Fields(`acceptProposal answerAppeal answerMove answerReport askForInfo cancelShift cancelTask claimDone
	declineProposal endSuspension hideContent mergeProposal moveTeam reassignProposal sendBack setCentreState setNgoState showContent
	suspendPerson verifyTask withdrawInvitation`)

// ended are texts that end because erasure ends what they are about, each with its column.
var ended = map[string]string{"askForInfo.question": "proposals.question"} // the proposal is withdrawn

// TestNoTraceIsLeft lets people write canaries into every text that the API accepts, and finds each in the download of the person
// who wrote it, if the table has anything of people's. Then everybody has the account erased: of the canaries, the names and the
// addresses nothing is left, and nothing is lost, except as docs/privacy.md says of each column. The city's figures stay the same.
func TestNoTraceIsLeft(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	attended(w)
	written, downloads := writes(w)
	compareDownloads(w, downloads)
	w.Exec(`update people set given_name = 'zqgivenqz', family_name = 'zqfamilyqz' where erased_at is null`)
	if n := w.Count(`select count(*) from outbox where person_id is null and kind not in ('NO_ACCOUNT', 'INVITATION')`); n != 0 {
		t.Errorf("%d mails are nobody's", n)
	}
	w.Mails()
	figures := countFigures(w)
	succeed(w)
	before := traces(w, canaryPattern)
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
	compareTraces(w, written, before)
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

// writes runs every mutation with canaries, and returns those that were written, with the downloads of those who wrote them.
func writes(w *hub.World) (written []string, downloads map[string]string) {
	w.T.Helper()
	goods := goods(w)
	downloads = map[string]string{}
	for _, mutation := range slices.Sorted(maps.Keys(goods)) {
		g := goods[mutation]
		of := hub.Schema().Types[strings.ToUpper(mutation[:1])+mutation[1:]+"Input"]
		in, canaries := canaries(of, mutation, g.In)
		g.Who.Do(mutation, in, "__typename")
		written = append(written, canaries...)
		who := g.Who.ID
		if mutation == "register" {
			who = w.Text(`select id from people where email = $1`, canary("register.email"))
		}
		if len(canaries) > 0 {
			data := download(w, who)
			for _, at := range canaries {
				downloads[at] = data
			}
		}
	}
	if len(written) < 50 {
		w.T.Errorf("only %d texts", len(written))
	}
	return written, downloads
}

func download(w *hub.World, who string) string {
	w.T.Helper()
	var data strings.Builder
	if err := w.Resolver.Privacy.Write(context.Background(), &data, uuid.MustParse(who), w.Present(), func() error { return nil }); err != nil {
		w.T.Fatal(err)
	}
	return data.String()
}

// compareDownloads looks for texts in the downloads of those who wrote them: they are there if any of their tables has people's data.
func compareDownloads(w *hub.World, downloads map[string]string) {
	w.T.Helper()
	fate, places := fates(w.T), traces(w, canaryPattern)
	for at, data := range downloads {
		text := strings.TrimSuffix(canary(at), "@example.org")
		if len(places[text]) == 0 {
			w.T.Errorf("%s is in no table", at)
		}
		theirs := slices.ContainsFunc(places[text], func(column string) bool { return fate(column) != nobodys && fate(column) != copied })
		if strings.Contains(data, text) != theirs {
			w.T.Errorf("%s is in %v, and in the download of its author: %v", at, places[text], !theirs)
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

// compareTraces looks for canaries, and for names, in every value of every table.
func compareTraces(w *hub.World, written []string, before map[string][]string) {
	w.T.Helper()
	fate, after := fates(w.T), traces(w, canaryPattern)
	for _, at := range written {
		mutation, _, _ := strings.Cut(at, ".")
		text := strings.TrimSuffix(canary(at), "@example.org")
		original := func(column string) bool {
			return (fate(column) == "kept" || fate(column) == nobodys || column == "moves.words" && slices.Contains(wordsStay, mutation)) && ended[at] != column
		}
		for _, column := range before[text] {
			stays := original(column) || fate(column) == copied && slices.ContainsFunc(before[text], original)
			if left := slices.Contains(after[text], column); left != stays {
				w.T.Errorf("%s is left in %s: %v, and docs/privacy.md says of the column: %s. If that is right, and the words are written for a team or the city, add %s to wordsStay", at, column, left, fate(column), mutation)
			}
		}
		for _, column := range after[text] {
			if !slices.Contains(before[text], column) {
				w.T.Errorf("%s has come into %s", at, column)
			}
		}
		delete(after, text)
	}
	for text, where := range after {
		w.T.Errorf("%s is left in %v", text, where)
	}
	for _, mutation := range wordsStay {
		if !slices.ContainsFunc(written, func(at string) bool { return strings.HasPrefix(at, mutation+".") }) {
			w.T.Errorf("nobody writes words in %s: take it out of wordsStay", mutation)
		}
	}
}

const nobodys, copied = "nobody's", "as what it follows"

// fates returns what docs/privacy.md says that erasure does to a column ("tasks.title").
func fates(t testing.TB) func(column string) string {
	t.Helper()
	page, err := os.ReadFile("../../../docs/privacy.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rows, found := strings.Cut(string(page), "<!-- erasure -->")
	if !found {
		t.Fatal("docs/privacy.md says nothing about erasure")
	}
	all := map[string]string{}
	for line := range strings.Lines(rows) {
		if cells := strings.Split(line, " | "); len(cells) > 3 {
			for column := range strings.SplitSeq(cells[1], ", ") {
				fate := cells[2]
				if strings.HasPrefix(cells[3], "follows the titles and texts") {
					fate = copied
				}
				all[strings.TrimPrefix(cells[0], "| ")+"."+column] = fate
			}
		}
	}
	return func(column string) string {
		table, _, _ := strings.Cut(column, ".")
		return cmp.Or(all[column], all[table+".all"])
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

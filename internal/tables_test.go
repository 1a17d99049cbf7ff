package internal_test

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// owner says which package writes a table, and which others may read it, separated by spaces.
type owner struct{ writer, readers string }

// tables has every table and view of the database. Triggers fill those without a writer.
var tables = map[string]owner{
	"account_tokens":      {"account", ""},
	"attempts":            {"attempt", ""},
	"audit_entries":       {"audit", ""},
	"audit_subjects":      {"audit", ""},
	"centres":             {"centre", "grant graph indicator proposal search team"},
	"certificate_hours":   {"certificate", ""},
	"certificate_parts":   {"certificate", ""},
	"certificates":        {"certificate", "graph"},
	"claim_results":       {"task", ""},
	"consents":            {"consent", "consent/given graph notice"},
	"data_requests":       {"privacy", ""},
	"decisions":           {"moderation", "account graph mutation person"},
	"districts":           {"reference", "centre graph person proposal register task"},
	"erasures":            {"privacy", ""},
	"grants":              {"grant", "account consent graph moderation notice"},
	"hostings":            {"team", "centre graph membership moderation proposal search"},
	"hours":               {"hours", "certificate graph register"},
	"idempotency_keys":    {"mutation", ""},
	"identities":          {"identity", ""},
	"indicators":          {"reference", "graph indicator"},
	"invitations":         {"invitation", "graph"},
	"memberships":         {"membership", "account consent graph moderation notice person team"},
	"merge_questions":     {"proposal", ""},
	"moves":               {"history", "photo proposal"},
	"ngos":                {"ngo", "certificate grant graph hours indicator moderation register task team"},
	"notice_preferences":  {"notice", ""},
	"notices":             {"notice", ""},
	"oidc_flows":          {"oidc", ""},
	"outbox":              {"outbox", ""},
	"pending_identities":  {"identity", ""},
	"people":              {"person", "account consent grant graph identity membership moderation mutation notice outbox photo proposal signup"},
	"photo_minors":        {"photo", ""},
	"photos":              {"photo", ""},
	"progress_results":    {"progress", ""},
	"progress_updates":    {"progress", "graph photo"},
	"proposal_texts":      {"", "proposal"},
	"proposals":           {"proposal", "graph moderation notice photo task"},
	"recovery_codes":      {"factor", ""},
	"reports":             {"moderation", "audit graph"},
	"result_sums":         {"", "task"},
	"sealed_with":         {"factor", ""},
	"search_documents":    {"", "search"},
	"search_words":        {"", ""},
	"searchable":          {"", ""},
	"second_factors":      {"factor", ""},
	"sessions":            {"account", "mutation"},
	"shift_reminders":     {"signup", ""},
	"shifts":              {"shift", "consent graph hours notice person photo register signup task"},
	"signups":             {"signup", "consent graph hours notice person photo shift task"},
	"special_days":        {"workday", "graph"},
	"supports":            {"proposal", ""},
	"suspended_addresses": {"person", ""},
	"task_claims":         {"task", ""},
	"task_counts":         {"", "task"},
	"task_texts":          {"", "task"},
	"tasks":               {"task", "consent graph hours moderation notice person progress proposal register shift signup"},
	"teams":               {"team", "centre certificate consent graph indicator invitation membership moderation notice person register"},
	"telegram_bot":        {"notice", ""},
	"telegram_codes":      {"notice", ""},
	"telegram_links":      {"notice", "outbox"},
}

// strangers are the packages that write a table of another's, each with the reason; unknown are tables whose names are put in when the
// program runs.
var strangers = map[string]string{
	"moderation " + unknown:  "hides what can be reported: the column hidden_id is its own, in every table that has it",
	"reference centres":      "corrects the names that the city publishes, and adds new centres",
	"account people":         "how somebody signs in is its own: the columns email, email_verified_at, password_hash and links_since",
	"account data_requests":  "a change of the account ends every link, code and token in one statement",
	"account oidc_flows":     "a change of the account ends every link, code and token in one statement",
	"account second_factors": "a change of the account ends every link, code and token in one statement",
	"account telegram_codes": "a change of the account ends every link, code and token in one statement",
}

// everyTable are the packages that may read and write every table, each with the reason.
var everyTable = map[string]string{
	"bench":   "prepares and measures a whole city",
	"privacy": "copies and erases what every table holds of a person, by a list that a test compares with the database",
	"seed":    "fills an empty database with a whole city at once",
}

// TestTablesHaveOneOwner reads the SQL in the Go code: one package writes a table, and those that are listed read it. Whoever renames
// a column looks at these packages.
func TestTablesHaveOneOwner(t *testing.T) {
	t.Parallel()
	known := catalogued(t)
	for name := range known {
		if _, listed := tables[name]; !listed {
			t.Errorf("the table %s has no owner: add it to tables", name)
		}
	}
	wrote, read, strange, every := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, p := range program(t) {
		of := strings.TrimPrefix(p.path, "internal/")
		for _, file := range p.files {
			for _, text := range stringsIn(file, p.info) {
				at := p.positions.Position(text.at)
				for _, use := range uses(text.sql) {
					own, listed := tables[use.table]
					switch {
					case use.table != unknown && (!known[use.table] || !listed): // said above
					case use.writes && own.writer == of:
						wrote[use.table] = true
					case own.writer == of: // its own
					case strangers[of+" "+use.table] != "" && (use.writes || use.table == unknown):
						strange[of+" "+use.table] = true
					case everyTable[of] != "":
						every[of] = true
					case use.table == unknown:
						t.Errorf("%s: the name of a table is put in when the program runs: write it into the SQL, or name the package and the reason in everyTable", at)
					case use.writes:
						t.Errorf("%s: %s writes %s, whose owner is %s: call a function of that package, in your transaction", at, of, use.table, own.writer)
					default:
						if read[of+" "+use.table] = true; !slices.Contains(strings.Fields(own.readers), of) {
							t.Errorf("%s: %s reads %s, whose owner is %s: ask that package, or, where a join serves better, add the reader to tables", at, of, use.table, own.writer)
						}
					}
				}
			}
		}
	}
	for name, own := range tables {
		if !known[name] {
			t.Errorf("there is no table %s: take it out of tables", name)
		}
		if own.writer != "" && !wrote[name] {
			t.Errorf("%s does not write %s: take it out of tables", own.writer, name)
		}
		for _, reader := range strings.Fields(own.readers) {
			if !read[reader+" "+name] {
				t.Errorf("%s does not read %s: take it out of tables", reader, name)
			}
		}
	}
	for name := range strangers {
		if !strange[name] {
			t.Errorf("nobody needs the reason for %q", name)
		}
	}
	for name := range everyTable {
		if !every[name] {
			t.Errorf("%s uses no table of another's: it needs no reason", name)
		}
	}
}

// TestSharedSQLIsInTheStore: SQL that one use-case alone needs may be beside it; what several files of a package use is in its store.
// What other packages call is a use-case.
func TestSharedSQLIsInTheStore(t *testing.T) {
	t.Parallel()
	known := catalogued(t)
	for _, p := range program(t) {
		if everyTable[strings.TrimPrefix(p.path, "internal/")] != "" {
			continue
		}
		beside := map[types.Object]string{} // what has SQL outside of the store, and its file
		for _, file := range p.files {
			name := filepath.Base(p.positions.Position(file.Pos()).Filename)
			for _, d := range file.Decls {
				if strings.HasSuffix(name, "store.go") || !hasSQL(d, known) {
					continue
				}
				switch d := d.(type) {
				case *ast.FuncDecl:
					beside[p.info.Defs[d.Name]] = name
				case *ast.GenDecl:
					for _, s := range d.Specs {
						if v, is := s.(*ast.ValueSpec); is {
							beside[p.info.Defs[v.Names[0]]] = name
						}
					}
				}
			}
		}
		for _, file := range p.files {
			ast.Inspect(file, func(n ast.Node) bool {
				if called, is := n.(*ast.Ident); is {
					of, at := p.info.Uses[called], p.positions.Position(called.Pos())
					if where := beside[of]; where != "" && !of.Exported() && where != filepath.Base(at.Filename) {
						t.Errorf("%s uses %s of %s, which has SQL: move it into the store, %s/store.go or a file that ends in _store.go", at, called.Name, where, p.path)
					}
				}
				return true
			})
		}
	}
}

// hasSQL reports whether a string in the code, and not only one that it refers to, names a table.
func hasSQL(in ast.Node, known map[string]bool) (found bool) {
	ast.Inspect(in, func(n ast.Node) bool {
		if literal, is := n.(*ast.BasicLit); is && literal.Kind == token.STRING {
			found = found || slices.ContainsFunc(uses(literal.Value), func(u use) bool { return known[u.table] })
		}
		return true
	})
	return found
}

// TestUsesOfTables tries what the test above finds.
func TestUsesOfTables(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]string{
		`select a from tasks t left join shifts s on true`:               "tasks shifts",
		`with x as (insert into moves (id) select id from people) table`: "moves! people",
		`update only tasks set a = 1 from teams`:                         "tasks! teams",
		`delete from notices using people p`:                             "notices! people",
		`select from people p for no key update`:                         "people",
		`select from people p for update skip locked`:                    "people",
		`insert into grants (id) values (1) on conflict do update set a`: "grants!",
		`update ` + unknown + ` set a = 1`:                               unknown + "!",
		`select extract(year from at), count(*) from ` + unknown:         "at " + unknown,
	} {
		var got []string
		for _, use := range uses(sql) {
			name := use.table
			if use.writes {
				name += "!"
			}
			got = append(got, name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", sql, got, want)
		}
	}
}

func catalogued(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("../migrations/catalogue.sql")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, found := range regexp.MustCompile(`(?im)^create (?:table|(?:materialized )?view) (?:public\.)?(\w+)`).FindAllSubmatch(text, -1) {
		names[string(found[1])] = true
	}
	if len(names) < 50 {
		t.Fatalf("only %d tables", len(names))
	}
	return names
}

// unknown stands in a text for what is put in when the program runs.
const unknown = "…"

// use is a table that a statement names.
type use struct {
	table  string
	writes bool
}

var (
	naming  = regexp.MustCompile(`\b(for|key|do)?\s*\b(insert into|delete from|update|merge into|truncate|copy|from|join|using|table)\s+(?:only\s+|lateral\s+)?(` + unknown + `|\w+)`)
	reading = []string{"from", "join", "using", "table"}
)

func uses(sql string) (found []use) {
	for _, named := range naming.FindAllStringSubmatch(sql, -1) {
		if named[1] == "" || named[2] != "update" { // not a lock, and not what becomes of a row that exists
			found = append(found, use{named[3], !slices.Contains(reading, named[2])})
		}
	}
	return found
}

// text is a string in the code.
type text struct {
	sql string
	at  token.Pos
}

// stringsIn returns the strings in a piece of code: concatenations as one, with unknown in place of what is not constant.
func stringsIn(in ast.Node, info *types.Info) (all []text) {
	ast.Inspect(in, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.BasicLit, *ast.BinaryExpr:
		default:
			return true
		}
		e := n.(ast.Expr)
		if basic, is := info.TypeOf(e).(*types.Basic); !is || basic.Info()&types.IsString == 0 {
			return true
		}
		sql, rest := written(e, info)
		all = append(all, text{sql, e.Pos()})
		for _, e := range rest {
			all = append(all, stringsIn(e, info)...)
		}
		return false
	})
	return all
}

// written returns what is known of a string before the program runs, and the parts that are not.
func written(e ast.Expr, info *types.Info) (sql string, rest []ast.Expr) {
	if value := info.Types[e].Value; value != nil {
		return constant.StringVal(value), nil
	}
	sum, is := e.(*ast.BinaryExpr)
	if !is {
		return unknown, []ast.Expr{e}
	}
	left, before := written(sum.X, info)
	right, after := written(sum.Y, info)
	return left + right, append(before, after...)
}

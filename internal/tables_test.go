package internal_test

import (
	"cmp"
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

// readers says which packages read a table of another's, separated by spaces. The owner of a table is the package that writes it;
// triggers fill the others. graph finds out of what type an object is, in any table.
var readers = map[string]string{
	"centres":          "grant indicator proposal search team",
	"consents":         "consent/given notice",
	"decisions":        "account mutation person",
	"districts":        "centre person proposal register task",
	"grants":           "account consent moderation notice",
	"hostings":         "centre membership moderation proposal search",
	"hours":            "certificate register",
	"indicators":       "indicator",
	"memberships":      "account consent moderation notice person team",
	"moves":            "photo proposal",
	"ngos":             "certificate grant hours indicator moderation register task team",
	"people":           "account consent grant identity membership moderation mutation notice outbox photo proposal signup",
	"progress_updates": "photo",
	"proposal_texts":   "proposal",
	"proposals":        "moderation notice photo task",
	"reports":          "audit",
	"result_sums":      "task",
	"search_documents": "search",
	"sessions":         "mutation",
	"shifts":           "consent hours notice person photo register signup task",
	"signups":          "consent hours notice person photo shift task",
	"task_counts":      "task",
	"task_texts":       "task",
	"tasks":            "consent hours moderation notice person progress proposal register shift signup",
	"teams":            "centre certificate consent indicator invitation membership moderation notice person register",
	"telegram_links":   "outbox",
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
	writers, reads := map[string][]string{}, map[string]map[string]token.Position{} // by tables, and by tables and packages
	strange, every := map[string]bool{}, map[string]bool{}
	for _, p := range program(t) {
		of := strings.TrimPrefix(p.path, "internal/")
		for _, file := range p.files {
			for _, text := range stringsIn(file, p.info) {
				at := p.positions.Position(text.at)
				for _, use := range uses(text.sql) {
					switch {
					case use.table != unknown && !known[use.table]: // not a table
					case strangers[of+" "+use.table] != "" && (use.writes || use.table == unknown):
						strange[of+" "+use.table] = true
					case everyTable[of] != "":
						every[of] = true
					case use.table == unknown:
						t.Errorf("%s: the name of a table is put in when the program runs: write it into the SQL, or name the package and the reason in everyTable", at)
					case use.writes:
						if !slices.Contains(writers[use.table], of) {
							writers[use.table] = append(writers[use.table], of)
						}
					case of != "graph":
						if reads[use.table] == nil {
							reads[use.table] = map[string]token.Position{}
						}
						reads[use.table][of] = at
					}
				}
			}
		}
	}
	for name := range known {
		owner := strings.Join(writers[name], " and ")
		if len(writers[name]) > 1 {
			t.Errorf("%s write %s: let one of them write it, and the others call a function of that package, in their transaction", owner, name)
		}
		delete(reads[name], owner)
		for of, at := range reads[name] {
			if !slices.Contains(strings.Fields(readers[name]), of) {
				t.Errorf("%s: %s reads %s, which %s writes: ask that package, or, where a join serves better, add the reader to readers", at, of, name, cmp.Or(owner, "a trigger"))
			}
		}
	}
	for name, packages := range readers {
		for _, of := range strings.Fields(packages) {
			if _, read := reads[name][of]; !read {
				t.Errorf("%s does not read %s, or owns it: take it out of readers", of, name)
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

package hub

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// rewritten are the stories that change a time in a row, each with the reason why. In all others time passes by the hub's clock.
var rewritten = map[string]string{
	"account.TestAStrangerLocksNobodyOut":      "a limit that five hundred guesses would reach",
	"account.TestSessionsEnd":                  "sessions of any age that somebody used at any time",
	"hours.approved":                           "hours of today, whatever the hour is",
	"hub.signedInNow":                          "people stay signed in while time passes",
	"minor.TestTheDatabaseHoldsWhatTheLawSays": "what the database refuses",
	"moderation.TestASuspensionEndsByItself":   "a suspension for good, to be ended by its time",
	"moderation.TestTheDatabaseHoldsDecisions": "what the database refuses",
	"notice.signedUp":                          "an offer that lasts longer than any: nothing else may end it",
	"notice.tellings":                          "one row among many that share a world becomes late, or moves without a notice",
	"proposal.TestOverdueFirst":                "deadlines in another order than the proposals",
	"proposal.TestWhoIsToldOfTheLoop":          "one proposal among others becomes late",
	"rights.TestEveryMutationHasALimit":        "a wait that is full, for each mutation",
	"rights.fill":                              "a wait that is full, for each mutation",
	"signup.runOut":                            "one offer expires before others that were made at the same time",
	"task.TestNoHoursBeforeThereAreAny":        "what the database refuses",
	"task.ends":                                "processes of the program, which have the machine's clock",
	"task.passes":                              "processes of the program, which have the machine's clock",
}

// TestTimePassesByTheClock: a story that makes rows older proves nothing about the hub's own idea of time.
func TestTimePassesByTheClock(t *testing.T) {
	t.Parallel()
	catalogue, err := os.ReadFile("../../../migrations/catalogue.sql")
	if err != nil {
		t.Fatal(err)
	}
	times := map[string]bool{}
	for _, column := range regexp.MustCompile(`(?m)^\s+(\w+) timestamp`).FindAllStringSubmatch(string(catalogue), -1) {
		times[column[1]] = true
	}
	if len(times) < 50 {
		t.Fatalf("only %d columns", len(times))
	}
	update := regexp.MustCompile(`(?is)\bupdate\s+(?:\w+\s+)+?set\s+(.*)`)
	sets := regexp.MustCompile(`(\w+)\s*=\s*([^,]*)`)
	moved := regexp.MustCompile(`(?i)interval|\$\d`)
	files, err := filepath.Glob("../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, name := range files {
		positions := token.NewFileSet()
		file, err := parser.ParseFile(positions, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			where := filepath.Base(filepath.Dir(name)) + "." + nameOf(d)
			ast.Inspect(d, func(n ast.Node) bool {
				lit, ok := n.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					return true
				}
				text, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				for _, set := range update.FindAllStringSubmatch(text, -1) {
					assigned, _, _ := strings.Cut(set[1], " where ")
					for _, one := range sets.FindAllStringSubmatch(assigned, -1) {
						if !times[one[1]] || !moved.MatchString(one[2]) {
							continue
						}
						if found[where] = true; rewritten[where] == "" {
							t.Errorf("%s: %s sets %s: let time pass with Pass, Sleep or At", positions.Position(lit.Pos()), where, one[1])
						}
					}
				}
				return true
			})
		}
	}
	for where := range rewritten {
		if !found[where] {
			t.Errorf("%s changes no time: it needs no reason", where)
		}
	}
}

// nameOf returns the name of a function, or of the first thing that is declared.
func nameOf(d ast.Decl) string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return d.Name.Name
	case *ast.GenDecl:
		if value, ok := d.Specs[0].(*ast.ValueSpec); ok {
			return value.Names[0].Name
		}
	}
	return ""
}

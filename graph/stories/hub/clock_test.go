package hub

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
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

// realTime are the functions of stories that read the machine's clock, each with the reason why.
var realTime = map[string]string{
	"hub.Present":                      "the hub's clock, which goes on from the real time",
	"signup.TestTwoHundredForTenSeats": "how long it took, for the log",
	"signup.TestTwoHubsOnOneDatabase":  "how long it took, for the log",
}

// TestTimePassesByTheClock: a story that makes rows older, or has another time than the hub, proves nothing about the hub's own idea
// of time.
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
	update := regexp.MustCompile(`(?is)^\s+(?:\w+\s+)+?set\s+(.*?)(?:\swhere\s|$)`)
	sets := regexp.MustCompile(`(\w+)\s*=\s*([^,]*)`)
	moved := regexp.MustCompile(`(?i)interval|\$\d`)
	sqlClock := regexp.MustCompile(`(?i)\b(clock_timestamp|statement_timestamp|transaction_timestamp)\(\)|\b(current_timestamp|current_date|localtimestamp)\b`)
	files, err := filepath.Glob("../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	rows, reads := map[string]bool{}, map[string]bool{}
	for _, name := range files {
		positions := token.NewFileSet()
		file, err := parser.ParseFile(positions, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			where := filepath.Base(filepath.Dir(name)) + "." + nameOf(d)
			ast.Inspect(d, func(n ast.Node) bool {
				at := func() token.Position { return positions.Position(n.Pos()) }
				if of, ok := n.(*ast.SelectorExpr); ok && slices.Contains([]string{"time.Now", "time.Since", "time.Until"}, types.ExprString(of)) {
					if reads[where] = true; realTime[where] == "" {
						t.Errorf("%s: %s reads the machine's clock: take the hub's, Present", at(), where)
					}
				}
				lit, ok := n.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					return true
				}
				text, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				if clock := sqlClock.FindString(text); clock != "" && where != "hub.TestTimePassesByTheClock" {
					t.Errorf("%s: %s is the database's clock: now() is the hub's", at(), clock)
				}
				for _, part := range regexp.MustCompile(`(?i)\bupdate\b`).Split(text, -1)[1:] {
					set := update.FindStringSubmatch(part)
					if set == nil {
						continue
					}
					for _, one := range sets.FindAllStringSubmatch(set[1], -1) {
						if !times[one[1]] || !moved.MatchString(one[2]) {
							continue
						}
						if rows[where] = true; rewritten[where] == "" {
							t.Errorf("%s: %s sets %s: let time pass with Pass, Sleep or At", at(), where, one[1])
						}
					}
				}
				return true
			})
		}
	}
	for where := range rewritten {
		if !rows[where] {
			t.Errorf("%s changes no time: it needs no reason", where)
		}
	}
	for where := range realTime {
		if !reads[where] {
			t.Errorf("%s reads no clock: it needs no reason", where)
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

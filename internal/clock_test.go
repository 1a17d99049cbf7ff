package internal_test

import (
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"regexp"
	"strconv"
	"testing"
)

// realTime are the functions that read the machine's clock, each with the reason why. All others get the time with the call.
var realTime = map[string]string{
	"..present":                                "the program's clock, from which everything gets the time",
	"graph.eventWriter.write":                  "a deadline of the network",
	"internal/photo/photofiles.body":           "a deadline of the network",
	"internal/postgres.DB.Writable":            "how long ago the database refused to write",
	"internal/postgres.DB.written":             "how long ago the database refused to write",
	"internal/postgres.impatientConn.deadline": "a deadline of the network",
	"internal/postgres.transaction.Rollback":   "a deadline of the network",
	"internal/privacy/download.New":            "a deadline of the network",
	"internal/register.Service.Serve":          "a deadline of the network",
	"internal/seed.copyIn":                     "how long it took, for the log",
	"internal/seed.load":                       "how long it took, for the log",
	"internal/server.accessLog.ServeHTTP":      "how long it took, for the log",
}

// TestTimeComesFromOutside: nothing reads the machine's clock, in Go or in SQL, but a few functions that say why. So tests can let
// time pass, and everything in one request happens at one time.
func TestTimeComesFromOutside(t *testing.T) {
	t.Parallel()
	found := map[string]bool{}
	sqlClock := regexp.MustCompile(`(?i)\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\(\)|\b(current_timestamp|current_date|localtimestamp)\b`)
	catalogue, err := os.ReadFile("../migrations/catalogue.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, clock := range sqlClock.FindAllString(string(catalogue), -1) {
		t.Errorf("migrations/catalogue.sql: %s is the machine's clock: let the statement that fires the trigger bring the time", clock)
	}
	for _, p := range program(t) {
		if p.path == "bench" {
			continue // measures
		}
		for _, file := range p.files {
			for _, d := range file.Decls {
				name := p.path + "." + nameOf(d)
				ast.Inspect(d, func(n ast.Node) bool {
					what := ""
					switch n := n.(type) {
					case *ast.Ident:
						if f, ok := p.info.Uses[n].(*types.Func); ok && f.Pkg() != nil && f.Pkg().Path() == "time" {
							switch f.FullName() {
							case "time.Now", "time.Since", "time.Until":
								what = f.FullName()
							}
						}
					case *ast.BasicLit:
						if text, err := strconv.Unquote(n.Value); err == nil && sqlClock.MatchString(text) {
							what = fmt.Sprintf("%q", sqlClock.FindString(text))
						}
					}
					if what == "" {
						return true
					}
					if found[name] = true; realTime[name] == "" {
						t.Errorf("%s: %s reads the machine's clock with %s: take the time from the caller", p.positions.Position(n.Pos()), name, what)
					}
					return true
				})
			}
		}
	}
	for name := range realTime {
		if !found[name] {
			t.Errorf("%s reads no clock: it needs no reason", name)
		}
	}
}

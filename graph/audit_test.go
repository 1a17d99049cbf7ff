package graph

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// audits is the number of checks in the version of graphql-http that is pinned in clients/package.json.
const audits = 61

// TestAudit checks the edge against the GraphQL-over-HTTP specification, as implemented by the npm package graphql-http.
func TestAudit(t *testing.T) {
	_, noNode := exec.LookPath("node")
	if _, err := os.Stat("clients/node_modules/graphql-http"); err != nil || noNode != nil {
		t.Skip("The GraphQL-over-HTTP audit is left out: install Node 20 or newer with npm, and run make test.")
	}
	e := newEdge(t, func(o *Options) { o.Introspection = true })
	cmd := exec.CommandContext(t.Context(), "node", "audit.mjs", e.url)
	cmd.Dir = "clients"
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != audits {
		t.Errorf("%d audits, want %d", len(lines), audits)
	}
	for _, line := range lines {
		if id, status, _ := strings.Cut(line, " "); !strings.HasPrefix(status, "ok") {
			t.Errorf("%s: %s", id, status)
		}
	}
}

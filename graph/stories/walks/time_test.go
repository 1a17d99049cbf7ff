package walks

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph/stories/hub"
)

// TestNoTimeIsFinerThanTheDatabases: what the hub checks is what the database stores, wherever a client sends a time.
func TestNoTimeIsFinerThanTheDatabases(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	task := w.PutTask("OPEN")
	shift := w.PutShift(w.PutTask("OPEN"), "60 hours", 5)
	start := w.Present().Add(70 * time.Hour).Truncate(time.Second)
	for _, c := range []struct{ starts, ends, code string }{
		{start.Format(time.RFC3339), start.Add(1).Format(time.RFC3339Nano), "INVALID"},
		{start.Format(time.RFC3339), start.Add(499).Format(time.RFC3339Nano), "INVALID"},
		{start.Add(-400).Format(time.RFC3339Nano), start.Add(499).Format(time.RFC3339Nano), "INVALID"},
		{start.Format(time.RFC3339), start.Add(time.Microsecond).Format(time.RFC3339Nano), "INVALID"},
		{start.Format(time.RFC3339), start.Add(5*time.Minute - 501).Format(time.RFC3339Nano), "INVALID"},
		{start.Format(time.RFC3339), start.Add(24*time.Hour + 501).Format(time.RFC3339Nano), "INVALID"},
		{start.Format(time.RFC3339), start.Add(5*time.Minute - 500).Format(time.RFC3339Nano), ""},
		{start.Format(time.RFC3339), start.Add(24*time.Hour + 499).Format(time.RFC3339Nano), ""},
	} {
		when := hub.Vars{"startsAt": c.starts, "endsAt": c.ends, "capacity": 2}
		for verb, in := range map[string]hub.Vars{
			"addShift":    {"taskId": task, "shift": when},
			"updateShift": {"id": shift, "startsAt": c.starts, "endsAt": c.ends},
			"createTask":  {"teamId": w.Team, "title": "Арық тазалау", "description": "Қолғап алып келіңіз.", "shifts": []hub.Vars{when}},
		} {
			a := w.Lead.Ask(hub.Document(verb, "__typename"), hub.Vars{"in": in})
			if a.Code() != c.code || c.code != "" && !strings.HasSuffix(badField(a), "endsAt") {
				t.Errorf("%s from %s to %s: %s", verb, c.starts, c.ends, a.RawBody)
			}
		}
	}
	near := hub.Vars{"from": start.Format(time.RFC3339), "to": start.Add(1).Format(time.RFC3339Nano)}
	for of, query := range map[string]string{
		"TaskFilter":  `query($filter: TaskFilter) { tasks(filter: $filter) { totalCount } }`,
		"AuditFilter": `query($filter: AuditFilter) { auditEntries(filter: $filter) { totalCount } }`,
	} {
		if a := w.Officer.Ask(query, hub.Vars{"filter": near}); a.Code() != "INVALID" || badField(a) != "filter.to" {
			t.Errorf("%s: %s", of, a.RawBody)
		}
	}
	tried := map[string]bool{"NewShiftInput.startsAt": true, "NewShiftInput.endsAt": true, "UpdateShiftInput.startsAt": true, "UpdateShiftInput.endsAt": true,
		"TaskFilter.from": true, "TaskFilter.to": true, "AuditFilter.from": true, "AuditFilter.to": true,
		// These are compared with the present, or with stored times, and with no other time in the input.
		"MarkNoticesReadInput.upTo": true, "SuspendPersonInput.until": true, "ShiftFilter.from": true}
	for _, of := range hub.Schema().Types {
		for _, field := range of.Fields {
			if of.Kind == ast.InputObject && field.Type.Name() == "DateTime" && !tried[of.Name+"."+field.Name] {
				t.Errorf("%s.%s is not looked at", of.Name, field.Name)
			}
			if slices.ContainsFunc(field.Arguments, func(a *ast.ArgumentDefinition) bool {
				return a.Type.Name() == "DateTime" && !tried[of.Name+"."+field.Name+"."+a.Name]
			}) {
				t.Errorf("%s.%s is not looked at", of.Name, field.Name)
			}
		}
	}
}

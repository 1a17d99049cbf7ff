// Package rights goes over all mutations and protected fields: who may, how often, and what the audit says.
package rights

import (
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/postgres"
)

// as returns the person of a column.
func as(w *hub.World, column string, r right) *hub.Caller { return w.Roles[r.role(column)] }

// role returns the role of hub.NewWorld for a column.
func (r right) role(column string) string {
	switch column {
	case "person":
		return "stranger"
	case "owner":
		return r.owner
	}
	return column
}

// TestMutationsAreForWhomTheyAreFor lets everybody try every mutation: those who may are not refused, each on an object of their
// own; those who may not get exactly the code of the table, all on one object, which stays as it is.
func TestMutationsAreForWhomTheyAreFor(t *testing.T) {
	t.Parallel()
	w, tried, let := hub.NewWorld(t), 0, 0
	for _, r := range rights {
		refusing := r.fresh(w, "visitor")
		for _, may := range []bool{false, true} {
			for _, column := range columns {
				want, there := r.answer(column)
				if !there || may != (want == "") {
					continue
				}
				in := refusing
				if may {
					in = r.fresh(w, r.role(column))
					let++
				}
				tried++
				tries(w, r, column, want, in)
			}
		}
	}
	t.Logf("%d pairs of mutation and role, %d of them may", tried, let)
}

func tries(w *hub.World, r right, column, want string, in hub.Vars) {
	w.T.Helper()
	mutation, _, _ := strings.Cut(r.what, " ")
	who := as(w, column, r)
	switch mutation {
	case "signOut", "confirmSecondFactor", "acceptInvitation":
		who = anotherSession(w, who)
		defer w.Exec(`update sessions set ended_at = null where person_id::text = $1`, who.ID)
	case "eraseAccount":
		who = double(w, who)
	}
	a := who.Ask(hub.Document(mutation, hub.Selected(mutation)), hub.Vars{"in": in}).OfRow(mutation, "")
	if a.Code() != want {
		w.T.Errorf("%s by %s: %q, want %q: %.300s", r.what, column, a.Code(), want, a.RawBody)
	}
	if want != "" && !hub.Documented(mutation, want) {
		w.T.Errorf("the schema does not say that %s answers %s", mutation, want)
	}
	hidesNothing(w, r, mutation, column, want, in, a)
}

// hidesNothing checks that a hidden object is answered like one that does not exist.
func hidesNothing(w *hub.World, r right, mutation, column, want string, in hub.Vars, a *hub.Answer) {
	w.T.Helper()
	if want != "NOT_FOUND" {
		return
	}
	nowhere := hub.Vars{}
	for name, value := range in {
		nowhere[name] = value
		switch name {
		case "id", "taskId":
			nowhere[name] = postgres.NewID().String()
		case "ids":
			nowhere[name] = []any{postgres.NewID().String()}
		case "rows":
			nowhere[name] = []any{hub.Vars{"id": postgres.NewID().String(), "minutes": 60}}
		}
	}
	if b := as(w, column, r).Ask(hub.Document(mutation, hub.Selected(mutation)), hub.Vars{"in": nowhere}); a.RawBody != b.RawBody {
		w.T.Errorf("%s by %s: %s, and of nothing %s", r.what, column, a.RawBody, b.RawBody)
	}
}

// anotherSession returns the same person with a session of its own.
func anotherSession(w *hub.World, who *hub.Caller) *hub.Caller {
	if who.Token == "" {
		return who
	}
	id := postgres.NewID()
	secret := sha256.Sum256([]byte(id.String()))
	hash := sha256.Sum256(secret[:])
	w.Exec(`insert into sessions (id, token_hash, person_id, created_at, last_seen_at) values ($1, $2, $3, now(), now())`, id, hash[:], who.ID)
	return &hub.Caller{Hub: w.Hub, ID: who.ID, Token: base64.RawURLEncoding.EncodeToString(secret[:])}
}

// TestEverythingHasARight fails for a mutation or a field that the tables do not name, and for one that is named and no longer
// exists.
func TestEverythingHasARight(t *testing.T) {
	t.Parallel()
	var there, named []string
	for def := range hub.Own {
		form := strings.HasSuffix(def.Name, "Connection") || strings.HasSuffix(def.Name, "Edge") || strings.HasSuffix(def.Name, "Payload")
		if def.Kind != ast.Object || form {
			continue
		}
		for _, f := range def.Fields {
			if !strings.HasPrefix(f.Name, "__") {
				there = append(there, def.Name+"."+f.Name)
			}
		}
	}
	for _, r := range rights {
		mutation, _, _ := strings.Cut(r.what, " ")
		named = append(named, "Mutation."+mutation)
	}
	for _, s := range shown {
		for name := range strings.FieldsSeq(s.fields) {
			named = append(named, s.typeName+"."+name)
		}
	}
	for _, f := range protected() {
		if name, _, _ := strings.Cut(f.what, " "); strings.Contains(name, ".") {
			named = append(named, name)
		}
	}
	for _, name := range there {
		if !slices.Contains(named, name) {
			t.Errorf("the tables of rights do not say who may: %s", name)
		}
	}
	for _, name := range named {
		if !slices.Contains(there, name) {
			t.Errorf("the tables of rights name %s, which the schema does not have", name)
		}
	}
}

var write = flag.Bool("write", false, "write the tables of rights into docs/security.md")

// TestTheTablesOfRightsAreWritten compares docs/security.md with the tables.
func TestTheTablesOfRightsAreWritten(t *testing.T) {
	t.Parallel()
	const path, from = "../../../docs/security.md", "<!-- the tables of rights -->\n"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, after, found := strings.Cut(string(text), from)
	if !found {
		t.Fatalf("no %s in %s", from, path)
	}
	want := tables()
	if *write {
		if err := os.WriteFile(path, []byte(before+from+want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if after != want {
		t.Errorf("%s does not have the tables of the tests: run go test ./graph/stories/rights -run TablesOfRights -write", path)
	}
}

func tables() string {
	var b strings.Builder
	head := func(first string) {
		fmt.Fprintf(&b, "\n| %s | %s |\n|%s\n", first, strings.Join(columns, " | "), strings.Repeat("---|", len(columns)+1))
	}
	head("mutation")
	for _, r := range rights {
		r.line(&b)
	}
	head("field, or object by its id")
	for _, f := range protected() {
		f.line(&b)
	}
	b.WriteString("\n| type | who sees the object | fields seen with it |\n|---|---|---|\n")
	for _, s := range shown {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", s.typeName, s.who, s.fields)
	}
	return b.String()
}

func (r right) line(b *strings.Builder) {
	fmt.Fprintf(b, "| %s |", r.what)
	for _, column := range columns {
		code, there := r.answer(column)
		switch {
		case !there:
			code = "—"
		case code == "":
			code = "yes"
		}
		fmt.Fprintf(b, " %s |", code)
	}
	b.WriteString("\n")
}

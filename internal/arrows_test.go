// Package internal_test checks what must hold for all packages together.
package internal_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

const module = "jastarhub"

// forTests is a library that the program itself must not use: an OpenID provider.
const forTests = "github.com/zitadel/"

// around are the internal packages that are not nouns of the domain.
var around = []string{"almaty", "attempt", "audit", "auth", "database", "email", "fault", "geo", "history", "httpfault", "humancode", "lang", "letters", "live", "mutants", "mutation", "paging", "postgres",
	"reference", "rule", "say", "secret", "seed", "server", "telegram", "tokens", "worker"}

// arrows lists which packages must not import which. A package stands for the packages below it too; "nouns" are all internal
// packages that are not listed in around.
var arrows = []struct{ from, notTo []string }{
	// A use-case does not depend on GraphQL, HTTP or the program.
	{[]string{"nouns"}, []string{"graph", "server", "worker", "seed", "database", "reference"}},
	// The packages that every noun is built from depend on no noun.
	{[]string{"almaty", "attempt", "audit", "auth", "email", "fault", "geo", "history", "httpfault", "humancode", "lang", "letters", "live", "mutation", "paging", "postgres",
		"rule", "say", "secret", "telegram", "tokens"}, []string{"nouns", "graph"}},
	// The smallest packages do not depend on the database.
	{[]string{"almaty", "auth", "email", "fault", "geo", "humancode", "lang", "letters", "rule", "say", "secret", "telegram", "tokens"}, []string{"postgres"}},
	// GraphQL does not depend on what serves it.
	{[]string{"graph"}, []string{"server", "worker", "seed", "database", "postgres/embedded"}},
	// The packages around the handlers work with any handler.
	{[]string{"server", "worker", "database", "seed", "reference"}, []string{"graph"}},
	{[]string{"server", "worker", "database"}, []string{"nouns", "seed"}},
	// server.go alone puts these together.
	{[]string{"server"}, []string{"worker", "database"}},
	{[]string{"worker"}, []string{"server", "database"}},
	// What is for tests stays in tests.
	{append([]string{"nouns", "graph", "."}, around...), []string{"postgres/postgrestest", "graph/stories", "auth/who"}},
}

// between lists which nouns a noun's package imports, separated by spaces. All others hold each other's ids, and the graph joins them.
var between = map[string]string{
	"account":              "factor outbox person",
	"certificate":          "account httpfile notice person",
	"consent":              "notice outbox person photo signup",
	"consent/guardianpage": "consent",
	"grant":                "account factor notice person",
	"httpfile":             "account",
	"hours":                "certificate ngo notice",
	"identity":             "account outbox person",
	"invitation":           "account grant membership outbox person team",
	"membership":           "notice person team",
	"moderation":           "account grant notice outbox person signup",
	"notice":               "outbox",
	"oidc":                 "account identity",
	"person":               "outbox",
	"photo":                "consent/given person",
	"photo/photofiles":     "account photo progress proposal task",
	"privacy":              "account certificate consent grant invitation membership person photo proposal signup",
	"privacy/download":     "httpfile privacy",
	"progress":             "photo task",
	"proposal":             "notice photo workday",
	"register":             "account httpfile person work",
	"shift":                "notice signup",
	"signup":               "consent/given hours notice person work",
	"signup/reminderpage":  "notice signup",
	"task":                 "consent/given ngo notice photo proposal shift signup team work",
	"team":                 "ngo",
}

func TestArrows(t *testing.T) {
	packages := packages(t)
	for _, arrow := range arrows {
		for _, p := range packages {
			if !in(arrow.from, p.ImportPath) || in([]string{"graph/stories"}, p.ImportPath) {
				continue
			}
			for _, imported := range p.Imports {
				if in(arrow.notTo, imported) || strings.HasPrefix(imported, forTests) {
					t.Errorf("%s imports %s", p.ImportPath, imported)
				}
			}
		}
	}
}

func TestArrowsBetweenNouns(t *testing.T) {
	t.Parallel()
	left := maps.Clone(between)
	for _, p := range packages(t) {
		if !in([]string{"nouns"}, p.ImportPath) {
			continue
		}
		var imported []string
		for _, path := range p.Imports {
			if in([]string{"nouns"}, path) {
				imported = append(imported, strings.TrimPrefix(path, module+"/internal/"))
			}
		}
		slices.Sort(imported)
		noun := strings.TrimPrefix(p.ImportPath, module+"/internal/")
		want := between[noun]
		if delete(left, noun); strings.Join(imported, " ") != want {
			t.Errorf("%s imports %q, and may import %q: a noun holds the ids of others, and the graph joins them. Move what both need into a package below both, or, where the arrow is meant, add it to the table", noun, strings.Join(imported, " "), want)
		}
	}
	for noun := range left {
		t.Errorf("there is no package %s: take it out of the table", noun)
	}
}

// in reports whether a package is one of those named, or below one.
func in(names []string, importPath string) bool {
	path, ours := strings.CutPrefix(importPath, module)
	if !ours {
		return false
	}
	if path == "" {
		return slices.Contains(names, ".")
	}
	path = strings.TrimPrefix(strings.TrimPrefix(path, "/"), "internal/")
	first, _, _ := strings.Cut(path, "/")
	isNoun := strings.HasPrefix(importPath, module+"/internal/") && !slices.Contains(around, first)
	return slices.ContainsFunc(names, func(name string) bool {
		return name == "nouns" && isNoun || path == name || strings.HasPrefix(path, name+"/")
	})
}

// packages returns those of the program.
func packages(t *testing.T) (all []goPackage) {
	t.Helper()
	compiled, err := compile()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range slices.Sorted(maps.Keys(compiled)) {
		if strings.HasPrefix(path, module) {
			all = append(all, compiled[path])
		}
	}
	if len(all) < 10 {
		t.Fatalf("only %d packages", len(all))
	}
	return all
}

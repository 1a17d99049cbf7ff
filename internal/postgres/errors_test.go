package postgres_test

import (
	"os"
	"regexp"
	"testing"

	"jastarhub/internal/postgres"
)

func TestConstraintsWithACodeExist(t *testing.T) {
	catalogue, err := os.ReadFile("../../migrations/catalogue.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range postgres.Constraints() {
		if !regexp.MustCompile(`\b` + name + `\b`).Match(catalogue) {
			t.Errorf("the database has no constraint %s", name)
		}
	}
}

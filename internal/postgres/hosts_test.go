package postgres

import (
	"fmt"
	"slices"
	"testing"

	"github.com/lib/pq"
)

func TestHostsOfAURL(t *testing.T) {
	for address, want := range map[string][]string{
		"postgres://hub@one/db":                                        {"one:5432"},
		"postgres://hub@one:6000/db?sslmode=disable":                   {"one:6000"},
		"postgres://hub@one:5432,two:5433/db":                          {"one:5432", "two:5433"},
		"postgresql://hub:p%40ss@one,two:5433/db?sslmode=disable":      {"one:5432", "two:5433"},
		"postgres://hub@one,two/db":                                    {"one:5432", "two:5432"},
		"postgres://hub@one,two/db?port=6000,6001":                     {"one:6000", "two:6001"},
		"postgres://hub@[::1]:6000,[2001:db8::1]:6001,10.0.0.1/db":     {"::1:6000", "2001:db8::1:6001", "10.0.0.1:5432"},
		"postgres://one:6000,two:6001":                                 {"one:6000", "two:6001"},
		"postgres:///db?host=/run/a,/run/b&user=hub":                   {"/run/a:5432", "/run/b:5432"},
		`host=one,two port=6000,6001 user=hub password='it\'s; a\\b' `: {"one:6000", "two:6001"},
		"host=one,two hostaddr=10.0.0.1,10.0.0.2 user=hub":             {"one:5432", "two:5432"},
	} {
		c, err := newConnector(address, Options{Name: "hub"})
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		var got []string
		for _, h := range c.hosts {
			got = append(got, h.name)
			alone, err := pq.NewConfig(h.address)
			if err != nil || len(alone.Multi) > 0 || fmt.Sprintf("%s:%d", alone.Host, alone.Port) != h.name || alone.ApplicationName != "hub listener" {
				t.Errorf("%s alone is %s: %v", h.name, h.address, err)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", address, got, want)
		}
	}
	for _, address := range []string{"postgres://hub@one:x,two:5433/db", "postgres://hub@one,two/db?port=1,2,3", "nonsense"} {
		if _, err := newConnector(address, Options{}); err == nil {
			t.Errorf("%s is taken", address)
		}
	}
}

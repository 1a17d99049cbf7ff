package server_test

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"jastarhub/internal/server"
)

// routes has a path of each handler that the server consists of, by its option.
var routes = map[string]string{"GraphQL": "/graphql", "SignIn": "/oidc/callback", "Consent": "/consent/x", "Coming": "/coming/x", "Data": "/me/data.json",
	"Photos": "/photos/x/1600.jpg", "Printed": "/certificates/x.pdf", "Register": "/register.csv"}

// TestPanicsAreInternal: whichever handler panics, the client gets INTERNAL with an id, which is in one line of the log with the
// reason.
func TestPanicsAreInternal(t *testing.T) {
	kind := reflect.TypeFor[http.Handler]()
	for i := range reflect.TypeFor[server.Options]().NumField() {
		field := reflect.TypeFor[server.Options]().Field(i)
		if field.Type != kind {
			continue
		}
		path, known := routes[field.Name]
		if !known {
			t.Errorf("no path leads to %s", field.Name)
			continue
		}
		var o server.Options
		reflect.ValueOf(&o).Elem().Field(i).Set(reflect.ValueOf(http.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Disposition", "attachment")
			panic("a mistake of " + field.Name)
		}))))
		h := serve(t, o)
		answer, body := h.do(http.MethodGet, path)
		var told struct {
			Errors []struct {
				Extensions struct{ Code, ID string }
			}
		}
		if err := json.Unmarshal([]byte(body), &told); err != nil || answer.StatusCode != http.StatusInternalServerError || len(told.Errors) != 1 ||
			told.Errors[0].Extensions.Code != "INTERNAL" || told.Errors[0].Extensions.ID == "" || answer.Header.Get("Content-Disposition") != "" {
			t.Errorf("%s: %d %v %s", path, answer.StatusCode, answer.Header, body)
			continue
		}
		log := h.log.String()
		if id := told.Errors[0].Extensions.ID; strings.Count(log, id) != 1 || strings.Count(log, "a mistake of "+field.Name) != 1 || !strings.Contains(log, "status=500") {
			t.Errorf("%s: logged %s", path, log)
		}
	}
}

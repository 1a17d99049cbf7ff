package graph

import "testing"

func TestPersistedOperations(t *testing.T) {
	const hash = "b94d27"
	ask := map[string]string{
		"the hash":               `{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "b94d27"}}}`,
		"another hash":           `{"extensions": {"persistedQuery": {"sha256Hash": "0"}}}`,
		"a document":             `{"query": "{ language }"}`,
		"a document and a hash":  `{"query": "{ language }", "extensions": {"persistedQuery": {"sha256Hash": "b94d27"}}}`,
		"nothing":                `{"extensions": {}}`,
		"a hash of another type": `{"extensions": {"persistedQuery": {"sha256Hash": 7}}}`,
	}
	for _, only := range []bool{false, true} {
		e := newEdge(t, func(o *Options) { o.Operations = Operations{Texts: map[string]string{hash: "{ hello }"}, Only: only} })
		want := map[string]string{"the hash": `{"hello":"visitor"}`, "another hash": "OPERATION_UNKNOWN", "a document": `{"language":"KK"}`,
			"a document and a hash": `{"language":"KK"}`, "nothing": "BAD_REQUEST", "a hash of another type": "BAD_REQUEST"}
		if only {
			want["a document"], want["a document and a hash"], want["nothing"] = "OPERATION_UNKNOWN", "OPERATION_UNKNOWN", "OPERATION_UNKNOWN"
		}
		for name, body := range ask {
			a := e.post(body)
			got := string(a.Data)
			if len(a.Errors) > 0 {
				got = a.codes()
			}
			if got != want[name] {
				t.Errorf("%s, only persisted ones %v: got %d %s", name, only, a.status, a.body)
			}
		}
	}
}

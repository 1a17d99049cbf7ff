package graph

import "testing"

func TestPersistedOperations(t *testing.T) {
	const hash = "001c3174e099bd72b729d0c0a529ba9f5a740c446e2a6e1d71b283cb84ec3065"
	ask := map[string]string{
		"the hash":                `{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "` + hash + `"}}}`,
		"another hash":            `{"extensions": {"persistedQuery": {"sha256Hash": "0"}}}`,
		"a hash of another text":  `{"query": "{ language }", "extensions": {"persistedQuery": {"sha256Hash": "0"}}}`,
		"a document":              `{"query": "{ language }"}`,
		"the app's with its text": `{"query": "{ hello }", "extensions": {"persistedQuery": {"sha256Hash": "` + hash + `"}}}`,
		"nothing":                 `{"extensions": {}}`,
		"a hash of another type":  `{"extensions": {"persistedQuery": {"sha256Hash": 7}}}`,
	}
	for _, only := range []bool{false, true} {
		e := newEdge(t, func(o *Options) { o.Operations = Operations{Texts: map[string]string{hash: "{ hello }"}, Only: only} })
		want := map[string]string{"the hash": `{"hello":"visitor"}`, "another hash": "PERSISTED_QUERY_NOT_FOUND", "a document": `{"language":"KK"}`,
			"the app's with its text": `{"hello":"visitor"}`, "a hash of another text": "BAD_REQUEST", "nothing": "BAD_REQUEST", "a hash of another type": "BAD_REQUEST"}
		if only {
			for _, name := range []string{"another hash", "a document", "the app's with its text", "a hash of another text", "nothing"} {
				want[name] = "OPERATION_UNKNOWN"
			}
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

// As Apollo's clients do it: the hash alone, after a refusal with the document, from then on the hash alone.
func TestAutomaticPersistedQueries(t *testing.T) {
	e := newEdge(t)
	const hash = `"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "aff1af717ffe13667f7a350ecf3b351aa1d47fcc1c9a0d3bafe1b991f03e905b"}}}`
	if a := e.post(`{` + hash); a.codes() != "PERSISTED_QUERY_NOT_FOUND" || a.Errors[0].Message != "PersistedQueryNotFound" {
		t.Errorf("before: got %s", a.body)
	}
	for _, body := range []string{`{"query": "{ language }", ` + hash, `{` + hash} {
		if a := e.post(body); string(a.Data) != `{"language":"KK"}` {
			t.Errorf("%s: got %s", body, a.body)
		}
	}
}

package hub

import (
	"net/http"
	"strconv"

	"jastarhub/internal/postgres"
)

const statements = "Hub-Statements"

// counted adds a header with the number of SQL statements that an answer took, including the session's.
func counted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, counter := postgres.WithCounter(r.Context())
		next.ServeHTTP(&counting{w, counter}, r.WithContext(ctx))
	})
}

type counting struct {
	http.ResponseWriter
	counter *postgres.Counter
}

func (c *counting) WriteHeader(status int) {
	c.Header().Set(statements, strconv.Itoa(c.counter.N()))
	c.ResponseWriter.WriteHeader(status)
}

func (c *counting) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// Took returns how many SQL statements the answer took.
func (a *Answer) Took() int {
	a.T.Helper()
	n, err := strconv.Atoi(a.Header.Get(statements))
	if err != nil {
		a.T.Fatal(err)
	}
	return n
}

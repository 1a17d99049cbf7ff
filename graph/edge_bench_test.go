package graph

import (
	"context"
	"syscall"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
)

// BenchmarkAttacks measures what a refusal costs in CPU time of all threads, including the sender's part: for valid and large
// documents, for some that the parser just accepts, and for larger ones.
func BenchmarkAttacks(b *testing.B) {
	e := newEdge(b, func(o *Options) { o.Unmetered = true })
	for name, attack := range attacks {
		b.Run(name, func(b *testing.B) {
			var most time.Duration
			for _, n := range []int{100, 250, 9_000, 20_000} {
				document := attack(n)
				before := used(b)
				for range b.N {
					e.query(document, nil, signedIn...)
				}
				most = max(most, (used(b)-before)/time.Duration(b.N))
			}
			b.ReportMetric(most.Seconds()*1000, "cpu-ms/op")
		})
	}
}

// used returns the CPU time of the process.
func used(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkLimits measures the total cost of the limits for a task list that passes them.
func BenchmarkLimits(b *testing.B) {
	doc, err := parser.ParseQuery(&ast.Source{Input: taskList})
	if err != nil || len(validator.ValidateWithRules(realSchema, doc, validation())) > 0 {
		b.Fatal(err)
	}
	l := &limiter{schema: realSchema, buckets: &buckets{}}
	now := time.Now()
	for b.Loop() {
		now = now.Add(time.Second) // so that the bucket is never empty
		ctx := context.WithValue(b.Context(), requestKey{}, &request{Now: now})
		params := &graphql.RawParams{Query: taskList}
		op := &graphql.OperationContext{Doc: doc, Operation: doc.Operations[0], Variables: map[string]any{"first": int64(20)}}
		if err := l.MutateOperationParameters(ctx, params); err != nil {
			b.Fatal(err)
		}
		if err := l.MutateOperationContext(ctx, op); err != nil {
			b.Fatal(err)
		}
	}
}

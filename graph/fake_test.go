package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph/scalar"
	"jastarhub/internal/fault"
)

// fakeSchema resolves the root fields as generated code does.
type fakeSchema struct {
	schema  *ast.Schema
	hang    chan struct{}
	changes atomic.Int64 // number of mutations that were run
}

func (s *fakeSchema) Schema() *ast.Schema { return s.schema }

func (s *fakeSchema) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (s *fakeSchema) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	return func(ctx context.Context) *graphql.Response {
		if op.Operation.Operation == ast.Mutation {
			s.changes.Add(1)
		}
		ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: "Query"})
		data := map[string]any{}
		for _, field := range graphql.CollectFields(op, op.Operation.SelectionSet, nil) {
			var b bytes.Buffer
			graphql.ResolveField(ctx, op, field,
				func(ctx context.Context, field graphql.CollectedField) (*graphql.FieldContext, error) {
					return s.arguments(ctx, op, field)
				},
				func(ctx context.Context) (any, error) { return s.resolve(ctx, field.Name) }, nil,
				func(_ context.Context, _ ast.SelectionSet, v any) graphql.Marshaler {
					return graphql.MarshalString(v.(string))
				}, true, field.Definition.Type.NonNull).MarshalGQL(&b)
			data[field.Alias] = json.RawMessage(b.Bytes())
		}
		body, _ := json.Marshal(data)
		return &graphql.Response{Data: body}
	}
}

// arguments reads the one argument that gqlgen reads in these tests: an id by default.
func (s *fakeSchema) arguments(ctx context.Context, op *graphql.OperationContext, field graphql.CollectedField) (*graphql.FieldContext, error) {
	fc := &graphql.FieldContext{Field: field}
	raw := field.ArgumentMap(op.Variables)
	if field.Name == "node" {
		ctx = graphql.WithFieldContext(ctx, fc)
		_, err := graphql.ProcessArgField(ctx, raw, "id", func(ctx context.Context, v any) (uuid.UUID, error) {
			id, err := scalar.UnmarshalID(v)
			return id, graphql.ErrorOnPath(ctx, err)
		})
		if err != nil {
			op.Error(ctx, err)
			return nil, err
		}
	}
	fc.Args = raw
	return fc, nil
}

func (s *fakeSchema) resolve(ctx context.Context, name string) (any, error) {
	in, args := from(ctx), graphql.GetFieldContext(ctx).Args
	switch name {
	case "hello":
		if in.Actor == nil {
			return "visitor", nil
		}
		return in.Actor.PersonID.String(), nil
	case "language":
		return string(in.Language), nil
	case "change", "other":
		return fmt.Sprintf("%x", call(ctx).Hash), nil
	case "signIn":
		in.session.keep(args["token"].(string), in.Now.Add(time.Hour))
	case "signOut":
		in.session.drop()
	case "noKey":
		return "done", in.noKey()
	case "needed":
		return nil, nil
	case "slow":
		select {
		case <-s.hang:
			return "at last", nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	case "aside":
		return "done", in.aside(func() error {
			s.changes.Add(1)
			<-s.hang
			return nil
		})
	case "fails":
		return nil, fails(args["how"].(string))
	}
	return "done", nil
}

func fails(how string) error {
	switch how {
	case "list":
		return fault.List{fault.Field("title", "must not be empty"), fault.Field("name.kk", "is too long")}
	case "longList":
		return fault.List(slices.Repeat([]*fault.Fault{fault.Field("title", "must not be empty")}, 12))
	case "state":
		return fault.New(fault.WrongState)
	case "panic":
		panic("a secret in a panic")
	case "time":
		return context.DeadlineExceeded
	}
	return errors.New("a secret about table people")
}

package graph

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"jastarhub/internal/fault"
)

// presenter turns errors into what a client may see: a code, a sentence and, for bad input, the field.
type presenter struct{ log *slog.Logger }

// present shows one error; a fault.List becomes one GraphQL error for each fault.
func (p presenter) present(ctx context.Context, err error) *gqlerror.Error {
	raised, ok := errors.AsType[*gqlerror.Error](err)
	if !ok {
		raised = gqlerror.WrapPath(graphql.GetPath(ctx), err)
	}
	if list, ok := errors.AsType[fault.List](err); ok && len(list) > 0 {
		last := len(list) - 1
		for _, f := range list[:last] {
			graphql.AddError(ctx, because(raised, f))
		}
		raised = because(raised, list[last])
	}
	if from(ctx).errors.Add(1) > mostErrors {
		return nil
	}
	return p.show(ctx, raised)
}

func because(raised *gqlerror.Error, f *fault.Fault) *gqlerror.Error {
	return &gqlerror.Error{Err: f, Message: f.Text, Path: raised.Path, Locations: raised.Locations}
}

func (p presenter) show(ctx context.Context, raised *gqlerror.Error) *gqlerror.Error {
	path, argument := split(ctx, raised.Path)
	f, id := p.faultOf(ctx, raised, argument), ""
	if f == nil {
		f, id = fault.New(fault.Internal), rand.Text()
		p.logged(ctx, id, raised)
	}
	shown := &gqlerror.Error{Message: f.Text, Path: path, Locations: raised.Locations, Extensions: f.Extensions()}
	if id != "" {
		shown.Extensions["id"] = id
	}
	return shown
}

// faultOf returns what the error means to people, nil if it is an internal error.
func (p presenter) faultOf(ctx context.Context, raised *gqlerror.Error, argument string) *fault.Fault {
	f, isFault := errors.AsType[*fault.Fault](raised)
	switch {
	case argument != "" && (!isFault || f.Field == ""):
		text := "is not valid"
		if isFault {
			text = f.Text
		}
		return fault.Field(argument, text)
	case isFault:
		if f.Code == fault.Busy || f.Code == fault.Timeout {
			p.log.WarnContext(ctx, "refused", "code", f.Code, "error", raised.Err)
		}
		return f
	case errors.Is(raised, context.DeadlineExceeded), errors.Is(raised, context.Canceled) && ctx.Err() != nil:
		return fault.New(fault.Timeout)
	}
	switch raised.Extensions["code"] {
	case errcode.ParseFailed:
		if strings.HasPrefix(raised.Message, "exceeded token limit") {
			return fault.New(fault.TooManyTokens)
		}
		return fault.Because(fault.GraphqlParseFailed, bounded(raised.Message))
	case errcode.ValidationFailed:
		return fault.Because(fault.GraphqlValidationFailed, bounded(raised.Message))
	}
	return nil
}

func (p presenter) logged(ctx context.Context, id string, raised *gqlerror.Error) {
	attributes := []any{"id", id, "error", raised.Err, "path", raised.Path.String()}
	if raised.Err == nil {
		attributes[3] = raised.Message
	}
	if panicked, ok := errors.AsType[*panicError](raised); ok {
		attributes = append(attributes, "stack", string(panicked.stack))
	}
	p.log.ErrorContext(ctx, "internal error", attributes...)
}

// split divides the path of an error about an argument into the path of the field in the response and the path of the value below
// the argument. Errors of resolvers have the path of the field itself.
func split(ctx context.Context, path ast.Path) (response ast.Path, argument string) {
	fc := graphql.GetFieldContext(ctx)
	if fc == nil || fc.Field.Field == nil {
		return nil, ""
	}
	response = fc.Path()
	takesArguments := fc.Field.Definition != nil && len(fc.Field.Definition.Arguments) > 0
	// Args is nil if gqlgen could not read the arguments.
	if !takesArguments || fc.Args != nil || len(path) <= len(response) {
		return path, ""
	}
	var names []string
	for _, part := range path[len(response):] {
		switch part := part.(type) {
		case ast.PathName:
			names = append(names, string(part))
		case ast.PathIndex:
			names = append(names, strconv.Itoa(int(part)))
		}
	}
	return response, fieldName(names)
}

// bounded shortens a parser's or validator's sentence, which quotes the document.
func bounded(text string) string {
	const most = 200
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// panicError is a panic in a resolver.
type panicError struct {
	value any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprint("panic: ", e.value) }

func recovered(_ context.Context, value any) error { return &panicError{value, debug.Stack()} }

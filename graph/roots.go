package graph

import (
	"context"
	"time"

	"jastarhub/internal/account"
	"jastarhub/internal/lang"
	"jastarhub/internal/person"
)

// rooted returns a list of a root field: an empty one is not null, which a refused one is.
func rooted[T any](rows []T, err error) ([]T, error) {
	if rows == nil && err == nil {
		rows = []T{}
	}
	return rows, err
}

// viewer returns the signed-in person, nil for a visitor.
func (r *Resolver) viewer(ctx context.Context) (*person.Person, error) {
	actor := from(ctx).Actor
	if actor == nil {
		return nil, nil
	}
	return r.People.Get(ctx, actor.PersonID)
}

// browserSession is how long a browser keeps the cookie; the session itself may end before.
const browserSession = 90 * 24 * time.Hour

// begin runs a mutation that begins a session, stores the session in the browser, and continues as the person who signed in.
func begin[In any](ctx context.Context, accounts *account.Service, in In,
	enter func(context.Context, account.Visit, In) (*account.SessionPayload, error)) (*account.SessionPayload, error) {
	begun, err := visit(ctx, in, enter)
	if err != nil {
		return nil, err
	}
	return begun, from(ctx).goOn(ctx, accounts, begun.Token)
}

// goOn stores a session in the browser and continues in it.
func (q *request) goOn(ctx context.Context, accounts *account.Service, token string) (err error) {
	q.session.keep(token, q.Now.Add(browserSession))
	q.Actor, err = accounts.Authenticate(ctx, token, q.Now)
	return err
}

// signOut removes the session from the browser too.
func (r *Resolver) signOut(ctx context.Context, in account.SignOutInput) (*account.SignOutPayload, error) {
	q := from(ctx)
	if err := q.noKey(); err != nil {
		return nil, err
	}
	ended, err := r.Accounts.SignOut(ctx, call(ctx), in)
	if err == nil {
		q.session.drop()
	}
	return ended, err
}

// named returns a curated name in the language asked for, otherwise in the request's.
func named(ctx context.Context, text lang.Text, asked *lang.Language) string {
	if asked != nil {
		return text.In(*asked)
	}
	return text.In(from(ctx).Language)
}

package graph

import (
	"context"

	"github.com/google/uuid"

	"jastarhub/internal/account"
	"jastarhub/internal/audit"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/privacy"
)

// visit runs a change of accounts that takes no idempotency key: the caller need not have an account, and the hash of an input
// that contains a password must not be stored.
func visit[In, Out any](ctx context.Context, in In, change func(context.Context, account.Visit, In) (*Out, error)) (*Out, error) {
	q := from(ctx)
	if err := q.noKey(); err != nil {
		return nil, err
	}
	return change(ctx, account.Visit{Call: call(ctx), Address: q.Address, Browser: q.browser, Language: q.Language, Aside: q.aside}, in)
}

// confirm turns a second factor on and continues in the new session.
func (r *Resolver) confirm(ctx context.Context, in account.ConfirmSecondFactorInput) (*account.ConfirmSecondFactorPayload, error) {
	confirmed, err := visit(ctx, in, r.Accounts.ConfirmSecondFactor)
	if err != nil {
		return nil, err
	}
	return confirmed, from(ctx).goOn(ctx, r.Accounts, confirmed.Token)
}

// eraseAccount removes the session from the browser too.
func (r *Resolver) eraseAccount(ctx context.Context, in privacy.EraseAccountInput) (*privacy.EraseAccountPayload, error) {
	erased, err := visit(ctx, in, r.Privacy.EraseAccount)
	if err == nil {
		from(ctx).session.drop()
	}
	return erased, err
}

func (r *Resolver) sessionsOf(ctx context.Context, people []uuid.UUID) (map[uuid.UUID][]*account.Session, error) {
	return r.Accounts.SessionsOf(ctx, from(ctx).Actor, people, from(ctx).Now)
}

func (r *Resolver) contactsOf(ctx context.Context, q *request, people []*person.Person) ([]*person.Contact, error) {
	found, err := r.People.ContactsOf(ctx, q.Actor, people, audit.New(q.Actor, q.Now, q.ID, "Person.contact", nil, nil))
	return paging.Align(paging.IDs(people, idOf[person.Person]()), found, func(c *person.Contact) uuid.UUID { return c.PersonID }), err
}

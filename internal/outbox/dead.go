package outbox

import (
	"cmp"
	"context"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
)

// Service is what officers do with messages that could not be delivered.
type Service struct{ DB *postgres.DB }

// DeadLetter is a message that the hub has given up.
type DeadLetter struct {
	ID        uuid.UUID     `db:"id"`
	Channel   Channel       `db:"channel"`
	Kind      string        `db:"kind"`
	PersonID  uuid.NullUUID `db:"person_id"`
	Lasting   bool          `db:"lasting"`
	Attempts  int           `db:"attempts"`
	CreatedAt time.Time     `db:"created_at"`
	FailedAt  *time.Time    `db:"failed_at"`
	Quoted    string        `db:"last_error"`
	Address   *string       `db:"address"`
}

// DeadLetterConnection is a page of such messages.
type DeadLetterConnection = paging.Connection[DeadLetter]

// DeadLetterEdge is such a message with its place in a list.
type DeadLetterEdge = paging.Edge[DeadLetter]

// SendAgainInput names the message.
type SendAgainInput struct{ ID uuid.UUID }

// SendAgainPayload is the message that is due again.
type SendAgainPayload struct{ Letter *DeadLetter }

const SendAgain rule.Verb = "SEND_AGAIN"

// Error returns what went wrong, without the address.
func (d *DeadLetter) Error() string {
	if d.Address == nil {
		return d.Quoted
	}
	name, _, _ := strings.Cut(*d.Address, "@")
	return regexp.MustCompile(`(?i)`+regexp.QuoteMeta(*d.Address)+`|`+regexp.QuoteMeta(name)).ReplaceAllString(d.Quoted, "…")
}

// refuse returns why the actor may not have the message sent again. The data of an email that opens an account is no longer there.
func (d *DeadLetter) refuse(a *auth.Actor) fault.Code {
	return cmp.Or(rule.OnlyOfficers(a), fault.When(d.FailedAt == nil || !d.Lasting, fault.WrongState))
}

// Actions returns what the actor may do.
func (d *DeadLetter) Actions(a *auth.Actor) []*rule.Action {
	return []*rule.Action{rule.For(SendAgain, d.refuse(a))}
}

var newestDead = paging.Order{Name: "dead-letters-newest"}

const selectDead = `select o.id, o.channel, o.kind, o.person_id, o.address is null as lasting, o.attempts, o.created_at, o.failed_at,
	coalesce(o.last_error, '') as last_error, coalesce(o.address, p.email) as address
	from outbox o left join people p on p.id = o.person_id`

// Dead reads a page of the messages that were given up, newest first. Codes: UNAUTHENTICATED, NOT_OFFICER, INVALID.
func (s *Service) Dead(ctx context.Context, a *auth.Actor, first int, after *string) (*DeadLetterConnection, error) {
	if a == nil {
		return nil, fault.New(fault.Unauthenticated)
	}
	if err := fault.If(rule.OnlyFor(a, (*auth.Actor).IsOfficer, fault.NotOfficer)); err != nil {
		return nil, err
	}
	args, err := paging.Parse(first, after, newestDead)
	if err != nil {
		return nil, err
	}
	q := postgres.Select(selectDead).Where(`o.failed_at is not null`)
	if args.After != nil {
		q.Where(`o.id < ?`, args.After.ID)
	}
	rows, err := postgres.Read[DeadLetter](ctx, s.DB, q.Add(`order by o.id desc limit ?`, args.Limit()))
	return paging.Of(rows, args, paging.ByID(func(d *DeadLetter) uuid.UUID { return d.ID }), func(ctx context.Context) (int, error) {
		return postgres.Count(ctx, s.DB, postgres.Select(`select count(*) from outbox where failed_at is not null`))
	}), err
}

// SendAgain makes a message that was given up due again. Codes: NOT_OFFICER, NOT_FOUND, WRONG_STATE.
func (s *Service) SendAgain(ctx context.Context, c mutation.Call, in SendAgainInput) (*SendAgainPayload, error) {
	read := func(ctx context.Context, ids []uuid.UUID) ([]*DeadLetter, error) { return dead(ctx, s.DB, ids[0], "") }
	readable := func(_ *DeadLetter, a *auth.Actor) bool { return a.IsOfficer() }
	payload := func(rows []*DeadLetter) *SendAgainPayload { return &SendAgainPayload{Letter: rows[0]} }
	id, err := c.Do(ctx, s.DB, nil, func(tx *sqlx.Tx) (uuid.UUID, error) {
		if err := fault.If(rule.OnlyFor(c.Actor, (*auth.Actor).IsOfficer, fault.NotOfficer)); err != nil {
			return uuid.Nil, err
		}
		found, err := dead(ctx, tx, in.ID, `for no key update of o`)
		if err != nil {
			return uuid.Nil, err
		}
		d := found[0]
		if err := fault.If(d.refuse(c.Actor)); err != nil {
			return uuid.Nil, err
		}
		_, err = tx.ExecContext(ctx, `update outbox set failed_at = null, attempts = 0, due_at = $2 where id = $1`, d.ID, c.Now)
		return d.ID, err
	})
	return mutation.Answer(ctx, c, id, err, read, readable, payload)
}

func dead(ctx context.Context, q sqlx.QueryerContext, id uuid.UUID, lock string) ([]*DeadLetter, error) {
	rows, err := postgres.Read[DeadLetter](ctx, q, postgres.Select(selectDead).Where(`o.id = ?`, id).Add(lock))
	if err == nil && len(rows) == 0 {
		err = fault.Missing("id")
	}
	return rows, err
}

// Package history records who moved what, when, from which state to which, and why.
package history

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
)

// ActingAs is the role in which somebody moved something.
type ActingAs string

// The roles. Hub is for moves without a person: a deadline passed, or a seat became free. A guardian has no account.
const (
	Person      ActingAs = "PERSON"
	Author      ActingAs = "AUTHOR"
	Lead        ActingAs = "LEAD"
	Coordinator ActingAs = "COORDINATOR"
	Officer     ActingAs = "OFFICER"
	Guardian    ActingAs = "GUARDIAN"
	Hub         ActingAs = "HUB"
)

// The verbs of the hub itself.
const (
	OfferSeat rule.Verb = "OFFER_SEAT" // The hub offered a free place to the first person on the waiting list.
	Expire    rule.Verb = "EXPIRE"     // The hub ended something because its time limit passed.
)

// MoveState is a state of any object that has a history.
type MoveState string

// MoveReason is a reason from any of the enums of reasons.
type MoveReason string

// Move is one entry of an object's history.
type Move struct {
	ID         uuid.UUID     `db:"id"`
	SubjectID  uuid.UUID     `db:"subject_id"`
	Verb       rule.Verb     `db:"verb"`
	FromState  *MoveState    `db:"from_state"`
	ToState    MoveState     `db:"to_state"`
	ActingAs   ActingAs      `db:"acting_as"`
	ByID       uuid.NullUUID `db:"by_id"`
	ReasonCode *MoveReason   `db:"reason_code"`
	Words      *string       `db:"words"`
	At         time.Time     `db:"at"`
}

// MoveConnection is a page of a history.
type MoveConnection = paging.Connection[Move]

// MoveEdge is an entry with its place in the list.
type MoveEdge = paging.Edge[Move]

// To returns the move of an object into a state; from is "" where the object is new.
func To[S ~string](subject uuid.UUID, from, to S) Move {
	m := Move{SubjectID: subject, ToState: MoveState(to)}
	if from != "" {
		m.FromState = new(MoveState(from))
	}
	return m
}

// Act is who moves something, in which role, by which verb, why and when.
type Act struct {
	By    *auth.Actor // nil for the hub, and for a guardian, who has no account
	As    ActingAs
	Verb  rule.Verb
	Words *string // the reason, if there is one
	Now   time.Time
}

// ByHub returns an act of the hub itself.
func ByHub(verb rule.Verb, now time.Time) Act { return Act{As: Hub, Verb: verb, Now: now} }

// Doing returns the act with another verb.
func (a Act) Doing(verb rule.Verb) Act {
	a.Verb = verb
	return a
}

// Because returns the act with another reason; nil is none.
func (a Act) Because(words *string) Act {
	a.Words = words
	return a
}

// ByID returns the person who acts; a guardian and the hub are none.
func (a Act) ByID() uuid.NullUUID {
	return uuid.NullUUID{UUID: a.By.ID(), Valid: a.As != Hub && a.As != Guardian}
}

// Done returns the move as one of the act.
func (a Act) Done(m Move) Move {
	m.Verb, m.ActingAs, m.ByID, m.Words, m.At = a.Verb, a.As, a.ByID(), a.Words, a.Now
	return m
}

const record = `insert into moves (id, subject_id, verb, from_state, to_state, acting_as, by_id, reason_code, words, at)
	values (:id, :subject_id, :verb, :from_state, :to_state, :acting_as, :by_id, :reason_code, :words, :at)`

// Record stores the moves of the act.
func (a Act) Record(ctx context.Context, tx *sqlx.Tx, moves ...Move) error {
	for i := range moves {
		moves[i] = a.Done(moves[i])
	}
	return Record(ctx, tx, moves...)
}

// Record stores the moves of one or more acts.
func Record(ctx context.Context, tx *sqlx.Tx, moves ...Move) error {
	for i := range moves {
		moves[i].ID = postgres.NewID()
	}
	for start := 0; start < len(moves); start += 1000 {
		if _, err := tx.NamedExecContext(ctx, record, moves[start:min(start+1000, len(moves))]); err != nil {
			return err
		}
	}
	return nil
}

const columns = `id, subject_id, verb, from_state, to_state, acting_as, by_id, reason_code, words, at`

// Order is the order of a history: oldest first.
var Order = paging.Order{Name: "moves-oldest"}

func id(m *Move) uuid.UUID      { return m.ID }
func subject(m *Move) uuid.UUID { return m.SubjectID }

// Of reads a page of the history of each subject, oldest entries first.
func Of(ctx context.Context, db *postgres.DB, subjects []uuid.UUID, args paging.Args) (map[uuid.UUID]*MoveConnection, error) {
	q := postgres.Select(`select m.* from unnest(?::uuid[]) s(id) cross join lateral (
		select `+columns+` from moves where subject_id = s.id`, postgres.IDs(subjects))
	if args.After != nil {
		q.Add(`and id > ?`, args.After.ID)
	}
	rows, err := postgres.Read[Move](ctx, db, q.Add(`order by id limit ?) m`, args.Limit()))
	if err != nil {
		return nil, err
	}
	count := postgres.Select(`select subject_id as id, count(*) as n from moves where subject_id = any(?) group by 1`,
		postgres.IDs(subjects))
	return paging.Each(subjects, rows, subject, args, paging.ByID(id),
		func(ctx context.Context) (map[uuid.UUID]int, error) { return postgres.Counts(ctx, db, count) }), nil
}

// Latest reads the last entry with one of the verbs of each subject that has one.
func Latest(ctx context.Context, db *postgres.DB, subjects []uuid.UUID, verbs ...rule.Verb) ([]*Move, error) {
	return postgres.Read[Move](ctx, db, postgres.Select(`select m.* from unnest(?::uuid[]) s(id) cross join lateral (
		select `+columns+` from moves where subject_id = s.id and verb = any(?) order by id desc limit 1) m`, postgres.IDs(subjects), postgres.Strings(verbs)))
}

// ByIDs reads entries.
func ByIDs(ctx context.Context, db *postgres.DB, ids []uuid.UUID) ([]*Move, error) {
	return postgres.Read[Move](ctx, db, postgres.Select(`select `+columns+` from moves where id = any(?)`, postgres.IDs(ids)))
}

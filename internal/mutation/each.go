package mutation

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/audit"
	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// Outcome is the outcome for one row of a list.
type Outcome struct {
	ID   uuid.UUID  `json:"id"`
	Code fault.Code `json:"code,omitempty"` // of the refusal, "" where it was done
}

// Refusal returns the code, nil where it was done.
func (o Outcome) Refusal() *fault.Code {
	if o.Code == "" {
		return nil
	}
	return &o.Code
}

// DoEach runs a change of a list, each row of which is done or refused by itself, in one transaction; the outcome for each row is
// stored with the idempotency key. The audit log has one entry for the rows that were done, and one for each refusal. Codes are
// those of Do.
func (c Call) DoEach(ctx context.Context, db *postgres.DB, invalid error, change func(tx *sqlx.Tx) ([]Outcome, error)) ([]Outcome, error) {
	var outcomes []Outcome
	_, err := c.do(ctx, db, invalid, func(tx *sqlx.Tx) (uuid.UUID, []*audit.AuditEntry, error) {
		var err error
		if outcomes, err = change(tx); err == nil {
			err = c.keepOutcomes(ctx, tx, outcomes)
		}
		return uuid.Nil, c.entries(outcomes), err
	})
	if err != nil {
		return nil, err
	}
	if outcomes == nil {
		return c.keptOutcomes(ctx, db)
	}
	return outcomes, nil
}

// entries returns the entries of the audit log about the rows.
func (c Call) entries(outcomes []Outcome) (entries []*audit.AuditEntry) {
	of := map[fault.Code]*audit.AuditEntry{}
	for _, o := range outcomes {
		if audit.Noise(o.Code) {
			continue
		}
		if of[o.Code] == nil {
			of[o.Code] = audit.New(c.Actor, c.Now, c.Request, c.Name, nil, c.Fields).Refused(o.Code)
			entries = append(entries, of[o.Code])
		}
		of[o.Code].About = append(of[o.Code].About, o.ID)
	}
	return entries
}

func (c Call) keepOutcomes(ctx context.Context, tx *sqlx.Tx, outcomes []Outcome) error {
	if c.Key == "" {
		return nil
	}
	text, err := json.Marshal(outcomes)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `update idempotency_keys set outcomes = $3 where person_id = $1 and key = $2`, c.Actor.PersonID, c.Key, text)
	return err
}

func (c Call) keptOutcomes(ctx context.Context, db *postgres.DB) (outcomes []Outcome, err error) {
	rows, err := postgres.Read[[]byte](ctx, db, postgres.Select(
		`select outcomes from idempotency_keys where person_id = ? and key = ?`, c.Actor.PersonID, c.Key))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return outcomes, json.Unmarshal(*rows[0], &outcomes)
}

// IDs returns the ids of the rows.
func IDs(outcomes []Outcome) []uuid.UUID {
	ids := make([]uuid.UUID, len(outcomes))
	for i, o := range outcomes {
		ids[i] = o.ID
	}
	return ids
}

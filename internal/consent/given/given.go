// Package given is the conditions that a guardian has given a consent which is still in force. It is apart from consent, which
// imports the packages that ask for them.
package given

import (
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/postgres"
)

// Age is the age from which a person needs no guardian's consent to taking part, unless the city sets another.
const Age = 16

// TakingPart is the condition that a guardian consents to the person, an SQL expression, taking part.
func TakingPart(person string) string { return to(`TAKING_PART`, person) }

// Photo is the condition that a guardian consents to photos that show the person, an SQL expression.
func Photo(person string) string { return to(`PHOTO`, person) }

func to(scope, person string) string {
	return `exists (select from consents c where c.person_id = ` + person + ` and c.scope = '` + scope + `' and c.state = 'GIVEN')`
}

// HoldPhoto keeps the guardians' consents to photos of the people from being withdrawn until the transaction ends.
func HoldPhoto(ctx context.Context, tx *sqlx.Tx, people []uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `select from consents where person_id = any($1) and scope = 'PHOTO' and state = 'GIVEN' for share`, postgres.IDs(people))
	return err
}

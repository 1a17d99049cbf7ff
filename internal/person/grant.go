package person

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
)

// Role is what a grant makes of a person.
type Role string

// The roles.
const (
	CityOfficer Role = "CITY_OFFICER"
	Coordinator Role = "COORDINATOR"
	Consultant  Role = "CONSULTANT"
	NgoLead     Role = "NGO_LEAD"
)

// Grant is a role in a scope: a centre's, an NGO's, or the city's, which has neither.
type Grant struct {
	ID       uuid.UUID     `db:"id"`
	PersonID uuid.UUID     `db:"person_id"`
	Role     Role          `db:"role"`
	CentreID uuid.NullUUID `db:"centre_id"`
	NgoID    uuid.NullUUID `db:"ngo_id"`
	GivenAt  time.Time     `db:"given_at"`
}

// inScope names the grant's centre by its code, or its NGO by its id. Codes: INVALID, NOT_FOUND.
func (g *Grant) inScope(ctx context.Context, tx *sqlx.Tx, scope string) (err error) {
	switch g.Role {
	case CityOfficer:
		if scope != "" {
			return fault.Field("scope", "must be empty: a city officer's role has none")
		}
	case Coordinator, Consultant:
		g.CentreID, err = centreByCode(ctx, tx, scope)
	case NgoLead:
		ngo, malformed := uuid.Parse(scope)
		if malformed != nil {
			return fault.Field("scope", "must be an NGO's id")
		}
		g.NgoID, err = ngoByID(ctx, tx, ngo)
	default:
		return fault.Field("role", "must be CITY_OFFICER, COORDINATOR, CONSULTANT or NGO_LEAD")
	}
	return err
}

package person

import (
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/mutation"
)

// UpdateProfile changes the actor's own name, language and district, and sets the birth date where the account has none. Codes:
// UNAUTHENTICATED, INVALID, NOT_FOUND.
func (s *Service) UpdateProfile(ctx context.Context, c mutation.Call, in UpdateProfileInput) (*UpdateProfilePayload, error) {
	payload := func(rows []*Person) *UpdateProfilePayload { return &UpdateProfilePayload{Person: rows[0]} }
	id, err := c.Do(ctx, s.DB, in.validate(c.Now), func(tx *sqlx.Tx) (uuid.UUID, error) {
		p, err := Lock(ctx, tx, c.Actor.PersonID, "id")
		if err != nil {
			return uuid.Nil, err
		}
		if err := DistrictExists(ctx, tx, in.DistrictID.Value(), "districtId"); err != nil {
			return uuid.Nil, err
		}
		if err := in.completes(&p.Private); err != nil {
			return uuid.Nil, err
		}
		in.apply(&p.Private)
		return p.ID, setProfile(ctx, tx, p)
	})
	return mutation.Answer(ctx, c, id, err, s.ByIDs, (*Person).Own, payload)
}

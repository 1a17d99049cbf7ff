package proposal

import (
	"context"

	"github.com/google/uuid"

	"jastarhub/internal/fault"
	"jastarhub/internal/geo"
	"jastarhub/internal/postgres"
)

// Draft is what somebody is about to propose.
type Draft struct {
	DistrictID uuid.UUID
	Title      string
	Text       *string
	Point      *geo.Point
}

func (d *Draft) validate() error {
	var c fault.Check
	c.Text("title", &d.Title, 3, 120)
	c.OptionalText("text", &d.Text, 4000)
	d.Point.Check(&c, "point")
	return c.Err()
}

// What is alike shares this much of its trigrams, is as near as this, and is looked for in the first letters of a text. The
// index of trigrams is of no use for whole texts: most of them share some, and the live ones of a district are fewer.
const (
	alike        = 0.3
	nearMetres   = 300
	comparedText = 500
	mostSimilar  = 5
)

// Similar finds live proposals that the draft could repeat, the most alike first. Codes: INVALID.
func (s *Service) Similar(ctx context.Context, d Draft) ([]*Proposal, error) {
	if err := d.validate(); err != nil {
		return nil, err
	}
	text := d.Title
	if d.Text != nil {
		text += " " + *d.Text
	}
	q := postgres.Select(selectProposals+` join proposal_texts x on x.proposal_id = p.id
		cross join lateral (select greatest(similarity(x.title, fold(?)), similarity(left(x.text, ?), left(fold(?), ?))) as likeness) l`,
		d.Title, comparedText, text, comparedText).
		Where(`p.district_id = ?`, d.DistrictID).
		Where(`p.state in ('SUBMITTED', 'IN_REVIEW', 'NEEDS_INFO', 'ACCEPTED') and p.hidden_id is null`)
	if d.Point != nil {
		q.Where(`(p.lat is null or metres(p.lat, p.lon, ?, ?) <= ?)`, d.Point.Lat, d.Point.Lon, nearMetres)
	}
	return postgres.Read[Proposal](ctx, s.DB, q.Where(`l.likeness > ?`, alike).
		Add(`order by l.likeness desc, p.id desc limit ?`, mostSimilar))
}

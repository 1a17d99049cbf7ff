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

// Similar proposals share this part of their trigrams, and are at most this far away. No trigram index is used: most texts share
// some, and the live proposals of a district are few enough to be compared one by one.
const (
	alike       = 0.3
	nearMetres  = 300
	mostSimilar = 5
)

// Similar finds live proposals that the draft may duplicate, most similar first. Codes: INVALID.
func (s *Service) Similar(ctx context.Context, d Draft) ([]*Proposal, error) {
	if err := d.validate(); err != nil {
		return nil, err
	}
	text := d.Title
	if d.Text != nil {
		text += " " + *d.Text
	}
	q := postgres.Select(`with asked as materialized (select trigrams(?) as title, trigrams(left(?, 500)) as text) `+selectProposals+`
		join proposal_texts x on x.proposal_id = p.id cross join asked
		cross join lateral (select icount(x.title_trigrams & asked.title) as titles, icount(x.text_trigrams & asked.text) as texts offset 0) shared
		cross join lateral (select greatest(
			titles / nullif(icount(x.title_trigrams) + icount(asked.title) - titles, 0)::real,
			texts / nullif(icount(x.text_trigrams) + icount(asked.text) - texts, 0)::real) as part offset 0) alike`, d.Title, text).
		Where(`p.district_id = ?`, d.DistrictID).
		Where(`p.state in ('SUBMITTED', 'IN_REVIEW', 'NEEDS_INFO', 'ACCEPTED') and p.hidden_id is null`)
	if d.Point != nil {
		q.Where(`(p.lat is null or metres(p.lat, p.lon, ?, ?) <= ?)`, d.Point.Lat, d.Point.Lon, nearMetres)
	}
	return postgres.Read[Proposal](ctx, s.DB, q.Where(`part > ?`, alike).Add(`order by part desc, p.id desc limit ?`, mostSimilar))
}

// Package search finds things by words, including misspelled ones and words typed with the Russian neighbours of Kazakh letters.
package search

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// SearchType is what can be found.
type SearchType string

// SearchFilter is what is searched; all conditions must hold.
type SearchFilter struct {
	Types      []SearchType // none means all
	DistrictID *uuid.UUID
}

// Service is the search.
type Service struct{ DB *postgres.DB }

// most is the maximum number of results.
const most = 50

// Find returns the ids of documents that have all the words in title or text, best match first: exact words before similar ones,
// titles before texts. No types means all. Codes: INVALID.
func (s *Service) Find(ctx context.Context, text string, f *SearchFilter, first int) ([]uuid.UUID, error) {
	var c fault.Check
	c.Text("text", &text, 3, 100)
	c.Between("first", first, 1, most)
	if err := c.Err(); err != nil {
		return nil, err
	}
	rows, err := postgres.Read[uuid.UUID](ctx, s.DB, find(text, cmp.Or(f, &SearchFilter{}), first))
	ids := make([]uuid.UUID, len(rows))
	for i, id := range rows {
		ids[i] = *id
	}
	return ids, err
}

func find(text string, f *SearchFilter, first int) *postgres.Query {
	q := postgres.Select(`select d.id from search_documents d, search_query(?) asked`, text).Where(`d.document @@ asked`)
	if len(f.Types) > 0 {
		q.Where(`d.type = any(?::search_type[])`, postgres.Strings(f.Types))
	}
	if f.DistrictID != nil {
		q.Where(`(d.district_id = ? or d.type = 'TEAM' and exists (select from hostings h join centres c on c.id = h.centre_id
			where h.team_id = d.id and h.state = 'ACTIVE' and c.district_id = ?))`, *f.DistrictID, *f.DistrictID)
	}
	return q.Anew().Add(`order by d.document @@ plainto_tsquery('simple', words(?)) desc, ts_rank(d.document, asked) desc, d.id desc limit ?`, text, first)
}

// Learn adds new words to the search, and forgets words that are gone.
func (s *Service) Learn(ctx context.Context, _ time.Time) error {
	return s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		var filled bool
		if err := tx.GetContext(ctx, &filled, `select relispopulated from pg_class where oid = 'search_words'::regclass`); err != nil {
			return err
		}
		refresh := `refresh materialized view search_words`
		if filled { // only a filled view can be refreshed while people search
			refresh = `refresh materialized view concurrently search_words`
		}
		_, err := tx.ExecContext(ctx, refresh)
		return err
	})
}

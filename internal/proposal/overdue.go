package proposal

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/notice"
	"jastarhub/internal/postgres"
)

// TellOverdue tells the coordinators of a centre, once, that it has missed a deadline. It may run in several processes at once.
func (s *Service) TellOverdue(ctx context.Context, now time.Time) error {
	const batch = 100
	for {
		var late []*Proposal
		err := s.DB.Tx(ctx, func(tx *sqlx.Tx) (err error) {
			late, err = postgres.Read[Proposal](ctx, tx, postgres.Select(`update proposals p set told_due = due_at from (
				select id from proposals where due_at < ? and told_due is distinct from due_at and hidden_id is null
				order by due_at limit ? for no key update skip locked) o
				where p.id = o.id returning p.id, p.centre_id, p.due_at`, now, batch).Anew())
			if err != nil {
				return err
			}
			for _, p := range late {
				news := notice.News{Kind: notice.ProposalOverdue, About: notice.AboutProposal(p.ID), Details: notice.Details{Until: p.DueAt},
					Event: fmt.Sprintf("%s %s %d", notice.ProposalOverdue, p.ID, p.DueAt.Unix())}
				if err := notice.Tell(ctx, tx, nil, now, news, notice.Coordinators(p.CentreID)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(late) < batch {
			return err
		}
	}
}

package consent

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/notice"
)

// tellYoung tells young people what became of the requests for consent: one notice for each request, or paper, and state.
func tellYoung(ctx context.Context, tx *sqlx.Tx, by *auth.Actor, now time.Time, consents []*Consent) error {
	type outcome struct {
		request string
		state   ConsentState
	}
	var order []outcome
	of := map[outcome][]*Consent{}
	for _, c := range consents {
		o := outcome{c.RequestID.String(), c.State}
		if len(of[o]) == 0 {
			order = append(order, o)
		}
		of[o] = append(of[o], c)
	}
	for _, o := range order {
		news := notice.News{Kind: notice.ConsentAnswered, About: notice.AboutConsent(of[o][0].ID), Details: notice.Details{Step: string(o.state)},
			Event: fmt.Sprintf("%s %s %s %d", notice.ConsentAnswered, o.request, o.state, now.UnixMicro())}
		for _, c := range of[o] {
			news.Details.Scopes = append(news.Details.Scopes, string(c.Scope))
		}
		if err := notice.Tell(ctx, tx, by, now, news, notice.People(of[o][0].PersonID)); err != nil {
			return err
		}
	}
	return nil
}

package account

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
)

// Session is a session as its person sees it.
type Session struct {
	ID         uuid.UUID
	CreatedAt  time.Time
	LastSeenAt time.Time
	Current    bool // the one that the request came with
}

const mostSessions = 100

// SessionsOf reads the sessions that have neither ended nor timed out, last used first. A person sees only their own, so the
// limit is for one person.
func (s *Service) SessionsOf(ctx context.Context, a *auth.Actor, people []uuid.UUID, now time.Time) (map[uuid.UUID][]*Session, error) {
	rows, err := postgres.Read[session](ctx, s.db, postgres.Select(`select id, person_id, created_at, last_seen_at,
		exists (select from grants g where g.person_id = s.person_id and g.ended_at is null
			and g.role in `+needing+`) as staff
		from sessions s where ended_at is null and person_id = any(?) order by last_seen_at desc, id desc limit ?`,
		postgres.IDs(people), mostSessions))
	sessions := make(map[uuid.UUID][]*Session, len(people))
	for _, row := range rows {
		if row.alive(now) {
			sessions[row.PersonID] = append(sessions[row.PersonID], &Session{ID: row.ID, CreatedAt: row.CreatedAt,
				LastSeenAt: row.LastSeenAt, Current: a != nil && a.SessionID == row.ID})
		}
	}
	return sessions, err
}

// EndSession ends one of the actor's own sessions. Codes: UNAUTHENTICATED, NOT_FOUND.
func (s *Service) EndSession(ctx context.Context, c mutation.Call, in EndSessionInput) (*EndSessionPayload, error) {
	payload := func(rows []*person.Person) *EndSessionPayload { return &EndSessionPayload{Person: rows[0]} }
	id, err := c.Do(ctx, s.db, nil, func(tx *sqlx.Tx) (uuid.UUID, error) {
		ended, err := endSession(ctx, tx, c.Actor.PersonID, in.ID, c.Now)
		if err == nil && ended == 0 {
			err = fault.Missing("id")
		}
		return c.Actor.PersonID, err
	})
	return mutation.Answer(ctx, c, id, err, s.People.ByIDs, (*person.Person).Own, payload)
}

// Tidy forgets links that have been invalid for a month.
func (s *Service) Tidy(ctx context.Context, now time.Time) error {
	return s.db.Tx(ctx, func(tx *sqlx.Tx) error { return forgetTokens(ctx, tx, now.Add(-30*day)) })
}

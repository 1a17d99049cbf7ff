package team

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
)

// The orders of lists: move requests oldest first, everything else newest first.
var (
	Newest        = paging.Order{Name: "teams-newest"}
	NewestHosting = paging.Order{Name: "hostings-newest"}
	OldestRequest = paging.Order{Name: "hostings-oldest"}
)

// Service is what people do with teams.
type Service struct {
	DB *postgres.DB
	// MoveTasks takes a team's live tasks along to another centre, and returns the moves.
	MoveTasks func(ctx context.Context, tx *sqlx.Tx, team, centre uuid.UUID, now time.Time) ([]history.Move, error)
}

// ByIDs reads teams; unknown ids are left out.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) ([]*Team, error) {
	return byIDs(ctx, s.DB, ids)
}

// Get reads one team. Codes: NOT_FOUND, also for a hidden one that the actor may not see.
func (s *Service) Get(ctx context.Context, a *auth.Actor, id uuid.UUID) (*Team, error) {
	t, err := get(ctx, s.DB, id, "id")
	if err == nil && !t.Visible(a) {
		return nil, fault.Missing("id")
	}
	return t, err
}

// List reads a page of teams, newest first. Codes: INVALID.
func (s *Service) List(ctx context.Context, f *TeamFilter, first int, after *string) (*TeamConnection, error) {
	f = cmp.Or(f, &TeamFilter{})
	args, err := paging.Parse(first, after, Newest)
	if err != nil {
		return nil, err
	}
	rows, err := list(ctx, s.DB, f, args)
	return paging.Of(rows, args, paging.ByID(id), func(ctx context.Context) (int, error) { return count(ctx, s.DB, f) }), err
}

// OfNgos reads a page of the teams of each NGO, newest first.
func (s *Service) OfNgos(ctx context.Context, ngos []uuid.UUID, args paging.Args) (map[uuid.UUID]*TeamConnection, error) {
	return s.of(ctx, "t.ngo_id", ngos, ngoID, args)
}

// OfCentres reads a page of the teams that each centre hosts now, newest first.
func (s *Service) OfCentres(ctx context.Context, centres []uuid.UUID, args paging.Args) (map[uuid.UUID]*TeamConnection, error) {
	return s.of(ctx, "h.centre_id", centres, centreID, args)
}

func (s *Service) of(ctx context.Context, column string, parents []uuid.UUID, parent func(*Team) uuid.UUID,
	args paging.Args) (map[uuid.UUID]*TeamConnection, error) {
	rows, err := pageOf(ctx, s.DB, column, parents, args)
	return paging.Each(parents, rows, parent, args, paging.ByID(id),
		func(ctx context.Context) (map[uuid.UUID]int, error) { return countsOf(ctx, s.DB, column, parents) }), err
}

// Actions returns what the actor may do to each of the teams.
func (s *Service) Actions(ctx context.Context, a *auth.Actor, teams []*Team) ([][]*rule.Action, error) {
	facts, err := factsOf(ctx, s.DB, a.ID(), paging.IDs(teams, id))
	if err != nil {
		return nil, err
	}
	actions := make([][]*rule.Action, len(teams))
	for i, t := range teams {
		actions[i] = t.actions(a, facts[t.ID])
	}
	return actions, nil
}

// HostingsByIDs reads hostings; unknown ids are left out. Visible decides who may see them.
func (s *Service) HostingsByIDs(ctx context.Context, ids []uuid.UUID) ([]*Hosting, error) {
	return hostingsByIDs(ctx, s.DB, ids)
}

// HostingsOf reads a page of the hostings of each team that the actor may see, newest first.
func (s *Service) HostingsOf(ctx context.Context, a *auth.Actor, teams []uuid.UUID, args paging.Args) (map[uuid.UUID]*HostingConnection, error) {
	rows, err := hostingsOf(ctx, s.DB, a, teams, args)
	return paging.Each(teams, rows, hostingTeam, args, paging.ByID(hostingID),
		func(ctx context.Context) (map[uuid.UUID]int, error) { return hostingCounts(ctx, s.DB, a, teams) }), err
}

// MoveRequestsOf reads a page of the requests to move to each centre, oldest first. MaySeeMoveRequests decides who may see them.
func (s *Service) MoveRequestsOf(ctx context.Context, centres []uuid.UUID, args paging.Args) (map[uuid.UUID]*HostingConnection, error) {
	rows, err := moveRequestsOf(ctx, s.DB, centres, args)
	return paging.Each(centres, rows, hostingCentre, args, paging.ByID(hostingID),
		func(ctx context.Context) (map[uuid.UUID]int, error) { return moveRequestCounts(ctx, s.DB, centres) }), err
}

// Create creates a team, which the centre hosts at once. Codes: NOT_FOUND, NOT_YOUR_NGO, NGO_NOT_WORKING, CENTRE_NOT_OPEN.
func (s *Service) Create(ctx context.Context, c mutation.Call, in CreateTeamInput) (*TeamPayload, error) {
	payload := func(rows []*Team) *TeamPayload { return &TeamPayload{Team: rows[0]} }
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		state, err := ngoState(ctx, tx, c.Actor, in.NgoID)
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(RefuseCreation(c.Actor, in.NgoID, state)); err != nil {
			return uuid.Nil, err
		}
		if err := openCentre(ctx, tx, in.CentreID); err != nil {
			return uuid.Nil, err
		}
		t := &Team{ID: postgres.NewID(), NgoID: in.NgoID, Text: in.Name, About: in.About, Language: in.Language, CreatedAt: c.Now}
		h := &Hosting{ID: postgres.NewID(), TeamID: t.ID, CentreID: in.CentreID, State: Active, AskedAt: c.Now, StartedAt: &c.Now}
		if err := insert(ctx, tx, t); err != nil {
			return uuid.Nil, err
		}
		if err := insertHosting(ctx, tx, h); err != nil {
			return uuid.Nil, err
		}
		return t.ID, c.As(history.Lead, CreateTeam).Record(ctx, tx, history.To(h.ID, "", h.State))
	})
	return mutation.Answer(ctx, c, id, err, s.ByIDs, (*Team).Visible, payload)
}

// Move asks another centre to host the team. Codes: NOT_FOUND, NOT_LEAD, MOVE_PENDING, SAME_CENTRE, CENTRE_NOT_OPEN.
func (s *Service) Move(ctx context.Context, c mutation.Call, in MoveTeamInput) (*HostingPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		t, err := Lock(ctx, tx, c.Actor, in.TeamID, "teamId")
		if err != nil {
			return uuid.Nil, err
		}
		facts, err := factsOf(ctx, tx, c.Actor.PersonID, []uuid.UUID{t.ID})
		if err != nil {
			return uuid.Nil, err
		}
		refused := cmp.Or(t.refuseMove(c.Actor, facts[t.ID].Moving), fault.When(t.CentreID == in.CentreID, fault.SameCentre))
		if err := fault.If(refused); err != nil {
			return uuid.Nil, err
		}
		if err := openCentre(ctx, tx, in.CentreID); err != nil {
			return uuid.Nil, err
		}
		h := &Hosting{ID: postgres.NewID(), TeamID: t.ID, CentreID: in.CentreID, State: Requested, AskedAt: c.Now}
		if err := insertHosting(ctx, tx, h); err != nil {
			return uuid.Nil, err
		}
		return h.ID, c.As(history.Lead, MoveTeam).Because(in.Reason).Record(ctx, tx, history.To(h.ID, "", h.State))
	})
	return s.hosting(ctx, c, id, err)
}

// Answer accepts or declines a team that asked to move. Codes: NOT_FOUND, NOT_YOUR_CENTRE, WRONG_STATE, CENTRE_NOT_OPEN.
func (s *Service) Answer(ctx context.Context, c mutation.Call, in AnswerMoveInput) (*HostingPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		h, err := lockHosting(ctx, tx, in.ID)
		if err != nil {
			return uuid.Nil, err
		}
		if !h.Visible(c.Actor) {
			return uuid.Nil, fault.Missing("id")
		}
		if err := fault.If(h.refuse(c.Actor)); err != nil {
			return uuid.Nil, err
		}
		act := c.As(history.Coordinator, AnswerMove)
		if in.Accept {
			err = s.accept(ctx, tx, h, act)
		} else {
			h.State = Declined
		}
		if err != nil {
			return uuid.Nil, err
		}
		if err := updateHosting(ctx, tx, h); err != nil {
			return uuid.Nil, err
		}
		return h.ID, act.Because(in.Reason).Record(ctx, tx, history.To(h.ID, Requested, h.State))
	})
	return s.hosting(ctx, c, id, err)
}

// accept ends the former hosting in favour of the new one, and takes the team's live tasks along.
func (s *Service) accept(ctx context.Context, tx *sqlx.Tx, h *Hosting, act history.Act) error {
	if err := openCentre(ctx, tx, h.CentreID); err != nil {
		return err
	}
	ended, err := endPresent(ctx, tx, h.TeamID, act.Now)
	if err != nil {
		return err
	}
	h.State, h.StartedAt = Active, &act.Now
	moves, err := s.MoveTasks(ctx, tx, h.TeamID, h.CentreID, act.Now)
	if err != nil {
		return err
	}
	return act.Record(ctx, tx, append(moves, history.To(ended, Active, Ended))...)
}

// hosting returns the hosting that a mutation changed.
func (s *Service) hosting(ctx context.Context, c mutation.Call, id uuid.UUID, err error) (*HostingPayload, error) {
	return mutation.Answer(ctx, c, id, err, s.HostingsByIDs, (*Hosting).Visible, func(rows []*Hosting) *HostingPayload { return &HostingPayload{Hosting: rows[0]} })
}

package grant

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/account"
	"jastarhub/internal/audit"
	"jastarhub/internal/auth"
	"jastarhub/internal/factor"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/notice"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
)

// Service is what people do with roles.
type Service struct{ DB *postgres.DB }

// OfPersons reads the roles that each of the people holds now, oldest first.
func (s *Service) OfPersons(ctx context.Context, people []uuid.UUID) (map[uuid.UUID][]*Grant, error) {
	rows, err := ofPersons(ctx, s.DB, people)
	grants := make(map[uuid.UUID][]*Grant, len(people))
	for _, g := range rows {
		grants[g.PersonID] = append(grants[g.PersonID], g)
	}
	return grants, err
}

// ByIDs reads grants, ended ones too; unknown ids are left out. Visible decides who may see them.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) ([]*Grant, error) {
	return byIDs(ctx, s.DB, ids)
}

// LeadsOf reads a page of the roles that are held now in each NGO, oldest first. MaySeeLeads decides who may see them.
func (s *Service) LeadsOf(ctx context.Context, ngos []uuid.UUID, args paging.Args) (map[uuid.UUID]*GrantConnection, error) {
	return s.heldIn(ctx, `ngo_id`, ngos, func(g *Grant) uuid.UUID { return g.NgoID.UUID }, args)
}

// StaffOf reads a page of the roles that are held now at each centre, oldest first. MaySeeStaff decides who may see them.
func (s *Service) StaffOf(ctx context.Context, centres []uuid.UUID, args paging.Args) (map[uuid.UUID]*GrantConnection, error) {
	return s.heldIn(ctx, `centre_id`, centres, func(g *Grant) uuid.UUID { return g.CentreID.UUID }, args)
}

func (s *Service) heldIn(ctx context.Context, column string, scopes []uuid.UUID, scope func(*Grant) uuid.UUID,
	args paging.Args) (map[uuid.UUID]*GrantConnection, error) {
	rows, err := heldIn(ctx, s.DB, column, scopes, args)
	return paging.Each(scopes, rows, scope, args, paging.ByID(id),
		func(ctx context.Context) (map[uuid.UUID]int, error) { return countHeldIn(ctx, s.DB, column, scopes) }), err
}

// List reads a page of the roles that are held now in the city, all or those of one kind, oldest first. Codes: UNAUTHENTICATED,
// NOT_OFFICER, INVALID.
func (s *Service) List(ctx context.Context, a *auth.Actor, f *GrantFilter, first int, after *string) (*GrantConnection, error) {
	if err := fault.If(rule.OnlyOfficers(a)); err != nil {
		return nil, err
	}
	args, err := paging.Parse(first, after, Oldest)
	if err != nil {
		return nil, err
	}
	f = cmp.Or(f, &GrantFilter{})
	rows, err := held(ctx, s.DB, f, args)
	return paging.Of(rows, args, paging.ByID(id), func(ctx context.Context) (int, error) { return countHeld(ctx, s.DB, f) }), err
}

// Wait returns which of the grants have no effect until their people have a second factor; nil for ended ones. MayKnowWaits
// decides who may know it.
func (s *Service) Wait(ctx context.Context, grants []*Grant) ([]*bool, error) {
	protected, err := factor.With(ctx, s.DB, paging.IDs(grants, func(g *Grant) uuid.UUID { return g.PersonID }))
	all := make([]*bool, len(grants))
	for i, g := range grants {
		if g.EndedAt == nil {
			waits := g.Role != NgoLead && !slices.Contains(protected, g.PersonID)
			all[i] = &waits
		}
	}
	return all, err
}

// Actions returns what the actor may do to each of the grants.
func (s *Service) Actions(ctx context.Context, a *auth.Actor, grants []*Grant) ([][]*rule.Action, error) {
	acting, err := officers(ctx, s.DB)
	actions := make([][]*rule.Action, len(grants))
	for i, g := range grants {
		actions[i] = g.actions(a, acting)
	}
	return actions, err
}

// Give gives a role. A role that the person already holds is kept as it is. Codes: NOT_FOUND, NOT_OFFICER, NOT_YOUR_NGO,
// EMAIL_UNVERIFIED, PROFILE_INCOMPLETE, ADULTS_ONLY.
func (s *Service) Give(ctx context.Context, c mutation.Call, in GiveRoleInput) (*GrantPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		g := in.grant()
		if err := fault.If(g.refuseActor(c.Actor)); err != nil {
			return uuid.Nil, err
		}
		if err := ScopeExists(ctx, tx, g); err != nil {
			return uuid.Nil, err
		}
		holder, err := in.Person.Find(ctx, tx)
		if err != nil {
			return uuid.Nil, err
		}
		g.PersonID = holder
		return Give(ctx, tx, c.Actor, g, c.Now)
	})
	return s.payload(ctx, c, id, err)
}

// Give stores a grant and its history, unless the person already holds the role, and returns the id of the grant. The giver, who
// is nil on the command line, has been checked before. Codes: EMAIL_UNVERIFIED, PROFILE_INCOMPLETE, ADULTS_ONLY.
func Give(ctx context.Context, tx *sqlx.Tx, by *auth.Actor, g *Grant, now time.Time) (uuid.UUID, error) {
	g.ID, g.GivenAt = postgres.NewID(), now
	g.GivenBy = uuid.NullUUID{UUID: by.ID(), Valid: by != nil}
	holder, err := person.Hold(ctx, tx, g.PersonID, "person.id")
	if err != nil {
		return uuid.Nil, err
	}
	if err := fault.If(g.refuseHolder(holder, now)); err != nil {
		return uuid.Nil, err
	}
	var given bool
	err = notice.Changing(ctx, tx, by, now, g.touched(), "", func() (err error) {
		given, err = insert(ctx, tx, g)
		return err
	})
	if err != nil {
		return uuid.Nil, err
	}
	if !given {
		return heldAlready(ctx, tx, g)
	}
	// New rights apply in new sessions only: the present ones are ended, and every link.
	if err := account.EndSessions(ctx, tx, g.PersonID, now); err != nil {
		return uuid.Nil, err
	}
	act := history.Act{By: by, As: g.actingAs(by), Verb: GiveRole, Now: now}
	return g.ID, act.Record(ctx, tx, history.To(g.ID, "", stateHeld))
}

// End ends a role; it has no effect from the next request on. Codes: NOT_FOUND, NOT_OFFICER, NOT_YOUR_NGO, WRONG_STATE,
// LAST_OFFICER.
func (s *Service) End(ctx context.Context, c mutation.Call, in EndRoleInput) (*GrantPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		// Officers first: two officers who end each other's role at the same moment wait for one another here.
		officers, err := LockOfficers(ctx, tx)
		if err != nil {
			return uuid.Nil, err
		}
		g, err := lock(ctx, tx, in.ID)
		if err != nil {
			return uuid.Nil, err
		}
		if !g.Visible(c.Actor) {
			return uuid.Nil, fault.Missing("id")
		}
		if err := fault.If(g.refuseEnd(c.Actor, officers)); err != nil {
			return uuid.Nil, err
		}
		err = notice.Changing(ctx, tx, c.Actor, c.Now, g.touched(), "", func() error { return end(ctx, tx, g.ID, c.Actor.PersonID, c.Now) })
		if err != nil {
			return uuid.Nil, err
		}
		return g.ID, c.As(g.actingAs(c.Actor), EndRole).Because(&in.Reason).Record(ctx, tx, history.To(g.ID, stateHeld, stateEnded))
	})
	return s.payload(ctx, c, id, err)
}

// payload returns the role that a mutation changed.
func (s *Service) payload(ctx context.Context, c mutation.Call, id uuid.UUID, err error) (*GrantPayload, error) {
	return mutation.Answer(ctx, c, id, err, s.ByIDs, (*Grant).Visible, func(rows []*Grant) *GrantPayload { return &GrantPayload{Grant: rows[0]} })
}

// GiveTo gives a role from the command line: of the city with no scope, of a centre by its code, of an NGO by its id. A role that
// the person already holds is kept. Codes: INVALID, NOT_FOUND, EMAIL_UNVERIFIED, PROFILE_INCOMPLETE, ADULTS_ONLY.
func (s *Service) GiveTo(ctx context.Context, address string, role Role, scope string, now time.Time) error {
	return s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		holder, err := person.FindByEmail(ctx, tx, address)
		if err != nil {
			return err
		}
		g := &Grant{PersonID: holder, Role: role}
		if err := g.inScope(ctx, tx, scope); err != nil {
			return err
		}
		id, err := Give(ctx, tx, nil, g, now)
		if err != nil {
			return err
		}
		return audit.Write(ctx, tx, audit.New(nil, now, "", "giveRole", []uuid.UUID{id, holder}, []string{"email", "role"}))
	})
}

// inScope sets the grant's centre by its code, or its NGO by its id. Codes: INVALID, NOT_FOUND.
func (g *Grant) inScope(ctx context.Context, tx *sqlx.Tx, scope string) (err error) {
	switch g.Role {
	case CityOfficer:
		if scope != "" {
			return fault.Field("scope", "must be empty for a city officer")
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

// EndAll ends the roles of a locked person whose account is erased. Codes: LAST_OFFICER.
func EndAll(ctx context.Context, tx *sqlx.Tx, p *person.Person, act history.Act) error {
	// Officers first, in the same order as when a role is ended.
	if err := RefuseLast(ctx, tx, p.ID); err != nil {
		return err
	}
	var ids []uuid.UUID
	err := notice.Changing(ctx, tx, act.By, act.Now, notice.ShiftsLedBy(p.ID), "", func() (err error) {
		ids, err = endAll(ctx, tx, p.ID, act)
		return err
	})
	if err != nil {
		return err
	}
	moves := make([]history.Move, len(ids))
	for i, id := range ids {
		moves[i] = history.To(id, stateHeld, stateEnded)
	}
	return act.Doing(EndRole).Record(ctx, tx, moves...)
}

package graph

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/certificate"
	"jastarhub/internal/consent"
	"jastarhub/internal/fault"
	"jastarhub/internal/grant"
	"jastarhub/internal/hours"
	"jastarhub/internal/indicator"
	"jastarhub/internal/invitation"
	"jastarhub/internal/lang"
	"jastarhub/internal/membership"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
	"jastarhub/internal/progress"
	"jastarhub/internal/search"
	"jastarhub/internal/signup"
	"jastarhub/internal/team"
)

// nodeTypes finds the types of objects by their ids, with one statement.
const nodeTypes = `select 'District' as type, id from districts where id = any($1)
	union all select 'Centre', id from centres where id = any($1)
	union all select 'Indicator', id from indicators where id = any($1)
	union all select 'SpecialDay', id from special_days where id = any($1)
	union all select 'Person', id from people where id = any($1)
	union all select 'Grant', id from grants where id = any($1)
	union all select 'Invitation', id from invitations where id = any($1)
	union all select 'Ngo', id from ngos where id = any($1)
	union all select 'Team', id from teams where id = any($1)
	union all select 'Hosting', id from hostings where id = any($1)
	union all select 'Membership', id from memberships where id = any($1)
	union all select 'Proposal', id from proposals where id = any($1)
	union all select 'Task', id from tasks where id = any($1)
	union all select 'Shift', id from shifts where id = any($1)
	union all select 'Signup', id from signups where id = any($1)
	union all select 'Hours', id from hours where id = any($1)
	union all select 'Certificate', id from certificates where id = any($1)
	union all select 'ProgressUpdate', id from progress_updates where id = any($1)
	union all select 'Consent', id from consents where id = any($1)
	union all select 'Report', id from reports where id = any($1)
	union all select 'Decision', id from decisions where id = any($1)`

// nodeReaders read those objects of a type that the viewer may see.
func (r *Resolver) nodeReaders(q *request) map[string]func(context.Context, []uuid.UUID) (map[uuid.UUID]paging.Node, error) {
	return map[string]func(context.Context, []uuid.UUID) (map[uuid.UUID]paging.Node, error){
		"District": known(r.Centres.DistrictsByIDs),
		"Centre":   known(r.Centres.ByIDs),
		"Indicator": known(func(ctx context.Context, ids []uuid.UUID) ([]*indicator.Indicator, error) {
			return r.Indicators.ByIDs(ctx, ids, q.Now)
		}),
		"SpecialDay": known(r.Workdays.ByIDs),
		"Person": known(func(ctx context.Context, ids []uuid.UUID) ([]*person.Person, error) {
			rows, err := r.People.ByIDs(ctx, ids)
			return visible(q.Actor, rows, (*person.Person).Own), err
		}),
		"Grant": known(func(ctx context.Context, ids []uuid.UUID) ([]*grant.Grant, error) {
			rows, err := r.Grants.ByIDs(ctx, ids)
			return visible(q.Actor, rows, (*grant.Grant).Visible), err
		}),
		"Invitation": known(func(ctx context.Context, ids []uuid.UUID) ([]*invitation.Invitation, error) {
			rows, err := r.Invitations.ByIDs(ctx, ids)
			return visible(q.Actor, rows, (*invitation.Invitation).Visible), err
		}),
		"Ngo":  known(r.visibleNgos),
		"Team": known(r.visibleTeams),
		"Hosting": known(func(ctx context.Context, ids []uuid.UUID) ([]*team.Hosting, error) {
			rows, err := r.Teams.HostingsByIDs(ctx, ids)
			return visible(q.Actor, rows, (*team.Hosting).Visible), err
		}),
		"Proposal": known(r.visibleProposals),
		"Task":     known(r.visibleTasks),
		"Membership": known(func(ctx context.Context, ids []uuid.UUID) ([]*membership.Membership, error) {
			rows, err := r.Memberships.ByIDs(ctx, ids)
			return visible(q.Actor, rows, (*membership.Membership).Visible), err
		}),
		"Shift":    known(r.visibleShifts),
		"Report":   known(r.visibleReports),
		"Decision": known(r.visibleDecisions),
		"Signup": known(func(ctx context.Context, ids []uuid.UUID) ([]*signup.Signup, error) {
			rows, err := r.Signups.ByIDs(ctx, ids)
			return visible(q.Actor, rows, (*signup.Signup).Visible), err
		}),
		"Hours": known(func(ctx context.Context, ids []uuid.UUID) ([]*hours.Hours, error) {
			rows, err := r.WorkedHours.ByIDs(ctx, ids)
			return visible(q.Actor, rows, (*hours.Hours).Visible), err
		}),
		"Certificate": known(func(ctx context.Context, ids []uuid.UUID) ([]*certificate.Certificate, error) {
			rows, err := r.Certificates.ByIDs(ctx, ids)
			return visible(q.Actor, rows, (*certificate.Certificate).Visible), err
		}),
		"ProgressUpdate": known(func(ctx context.Context, ids []uuid.UUID) ([]*progress.ProgressUpdate, error) {
			rows, err := r.Progress.ByIDs(ctx, ids)
			return visible(q.Actor, rows, (*progress.ProgressUpdate).Visible), err
		}),
		"Consent": known(func(ctx context.Context, ids []uuid.UUID) ([]*consent.Consent, error) {
			rows, err := r.Consents.ByIDs(ctx, ids)
			return visible(q.Actor, rows, (*consent.Consent).Visible), err
		}),
	}
}

func known[T any](read func(context.Context, []uuid.UUID) ([]*T, error)) func(context.Context, []uuid.UUID) (map[uuid.UUID]paging.Node, error) {
	id := idOf[T]()
	return func(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]paging.Node, error) {
		rows, err := read(ctx, ids)
		found := make(map[uuid.UUID]paging.Node, len(rows))
		for _, row := range rows {
			found[id(row)] = row
		}
		return found, err
	}
}

// rooted returns a list of a root field: an empty one is not null, which a refused one is.
func rooted[T any](rows []T, err error) ([]T, error) {
	if rows == nil && err == nil {
		rows = []T{}
	}
	return rows, err
}

// nodes reads objects by their ids, up to the number that a client may ask for at once.
func (r *Resolver) nodes(ctx context.Context, ids []uuid.UUID) ([]paging.Node, error) {
	if len(ids) > paging.Most {
		return nil, fault.TooMany("ids", paging.Most)
	}
	return r.objects(ctx, ids)
}

// found reads what a search finds, as far as the viewer may see it.
func (r *Resolver) found(ctx context.Context, text string, filter *search.SearchFilter, first int) ([]paging.Node, error) {
	ids, err := r.Search.Find(ctx, text, filter, first)
	if err != nil {
		return nil, err
	}
	nodes, err := r.objects(ctx, ids)
	return slices.DeleteFunc(nodes, func(n paging.Node) bool { return n == nil }), err
}

// objects reads objects of any type, in the order of their ids; nil for those that do not exist or that the viewer may not see.
func (r *Resolver) objects(ctx context.Context, ids []uuid.UUID) ([]paging.Node, error) {
	var found []struct {
		Type string
		ID   uuid.UUID
	}
	if err := r.DB.SelectContext(ctx, &found, nodeTypes, postgres.IDs(ids)); err != nil {
		return nil, err
	}
	of := map[string][]uuid.UUID{}
	for _, row := range found {
		of[row.Type] = append(of[row.Type], row.ID)
	}
	at := map[uuid.UUID]paging.Node{}
	for name, read := range r.nodeReaders(from(ctx)) {
		if len(of[name]) == 0 {
			continue
		}
		rows, err := read(ctx, of[name])
		if err != nil {
			return nil, err
		}
		for id, row := range rows {
			at[id] = row
		}
	}
	nodes := make([]paging.Node, len(ids))
	for i, id := range ids {
		nodes[i] = at[id]
	}
	return nodes, nil
}

func (r *Resolver) node(ctx context.Context, id uuid.UUID) (paging.Node, error) {
	nodes, err := r.nodes(ctx, []uuid.UUID{id})
	if err != nil {
		return nil, err
	}
	return nodes[0], nil
}

// viewer returns the signed-in person, nil for a visitor.
func (r *Resolver) viewer(ctx context.Context) (*person.Person, error) {
	actor := from(ctx).Actor
	if actor == nil {
		return nil, nil
	}
	return r.People.Get(ctx, actor.PersonID)
}

// browserSession is how long a browser keeps the cookie; the session itself may end before.
const browserSession = 90 * 24 * time.Hour

// begin runs a mutation that begins a session, stores the session in the browser, and continues as the person who signed in.
func begin[In any](ctx context.Context, people *person.Service, in In,
	enter func(context.Context, person.Visit, In) (*person.SessionPayload, error)) (*person.SessionPayload, error) {
	begun, err := visit(ctx, in, enter)
	if err != nil {
		return nil, err
	}
	return begun, from(ctx).goOn(ctx, people, begun.Token)
}

// goOn stores a session in the browser and continues in it.
func (q *request) goOn(ctx context.Context, people *person.Service, token string) (err error) {
	q.session.keep(token, q.Now.Add(browserSession))
	q.Actor, err = people.Authenticate(ctx, token, q.Now)
	return err
}

// signOut removes the session from the browser too.
func (r *Resolver) signOut(ctx context.Context, in person.SignOutInput) (*person.SignOutPayload, error) {
	q := from(ctx)
	if err := q.noKey(); err != nil {
		return nil, err
	}
	ended, err := r.People.SignOut(ctx, call(ctx), in)
	if err == nil {
		q.session.drop()
	}
	return ended, err
}

// named returns a curated name in the language asked for, otherwise in the request's.
func named(ctx context.Context, text lang.Text, asked *lang.Language) string {
	if asked != nil {
		return text.In(*asked)
	}
	return text.In(from(ctx).Language)
}

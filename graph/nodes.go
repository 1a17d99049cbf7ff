package graph

import (
	"context"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"jastarhub/internal/certificate"
	"jastarhub/internal/consent"
	"jastarhub/internal/fault"
	"jastarhub/internal/grant"
	"jastarhub/internal/hours"
	"jastarhub/internal/indicator"
	"jastarhub/internal/invitation"
	"jastarhub/internal/membership"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
	"jastarhub/internal/progress"
	"jastarhub/internal/search"
	"jastarhub/internal/signup"
	"jastarhub/internal/team"
)

// nodeType is a type of objects that an id leads to.
type nodeType struct {
	name string
	ids  string // the statement that selects all ids of the type
	read func(context.Context, []uuid.UUID) (map[uuid.UUID]paging.Node, error)
}

// nodeTypes lists the types that are a Node in the schema, each with its ids and how those of its objects are read that the viewer
// may see.
func (r *Resolver) nodeTypes() []nodeType {
	return []nodeType{
		nodesOf(`select id from districts`, r.Centres.DistrictsByIDs),
		nodesOf(`select id from centres`, r.Centres.ByIDs),
		nodesOf(`select id from indicators`, func(ctx context.Context, ids []uuid.UUID) ([]*indicator.Indicator, error) {
			return r.Indicators.ByIDs(ctx, ids, from(ctx).Now)
		}),
		nodesOf(`select id from special_days`, r.Workdays.ByIDs),
		nodesOf(`select id from people`, visible(r.People.ByIDs, (*person.Person).Own)),
		nodesOf(`select id from grants`, visible(r.Grants.ByIDs, (*grant.Grant).Visible)),
		nodesOf(`select id from invitations`, visible(r.Invitations.ByIDs, (*invitation.Invitation).Visible)),
		nodesOf(`select id from ngos`, r.visibleNgos),
		nodesOf(`select id from teams`, r.visibleTeams),
		nodesOf(`select id from hostings`, visible(r.Teams.HostingsByIDs, (*team.Hosting).Visible)),
		nodesOf(`select id from memberships`, visible(r.Memberships.ByIDs, (*membership.Membership).Visible)),
		nodesOf(`select id from proposals`, r.visibleProposals),
		nodesOf(`select id from tasks`, r.visibleTasks),
		nodesOf(`select id from shifts`, r.visibleShifts),
		nodesOf(`select id from signups`, visible(r.Signups.ByIDs, (*signup.Signup).Visible)),
		nodesOf(`select id from hours`, visible(r.WorkedHours.ByIDs, (*hours.Hours).Visible)),
		nodesOf(`select id from certificates`, visible(r.Certificates.ByIDs, (*certificate.Certificate).Visible)),
		nodesOf(`select id from progress_updates`, visible(r.Progress.ByIDs, (*progress.ProgressUpdate).Visible)),
		nodesOf(`select id from consents`, visible(r.Consents.ByIDs, (*consent.Consent).Visible)),
		nodesOf(`select id from reports`, r.visibleReports),
		nodesOf(`select id from decisions`, r.visibleDecisions),
	}
}

func nodesOf[T any](ids string, read func(context.Context, []uuid.UUID) ([]*T, error)) nodeType {
	id := idOf[T]()
	return nodeType{reflect.TypeFor[T]().Name(), ids, func(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]paging.Node, error) {
		rows, err := read(ctx, ids)
		found := make(map[uuid.UUID]paging.Node, len(rows))
		for _, row := range rows {
			found[id(row)] = any(row)
		}
		return found, err
	}}
}

// nodeIndex is all node types, with the statement that finds the types of objects, by their places in the list, from their ids.
type nodeIndex struct {
	types       []nodeType
	selectTypes string
}

func newNodeIndex(r *Resolver) nodeIndex {
	types := r.nodeTypes()
	parts := make([]string, len(types))
	for i, t := range types {
		parts[i] = `select ` + strconv.Itoa(i) + ` as type, id from (` + t.ids + `) x where id = any($1)`
	}
	return nodeIndex{types, strings.Join(parts, ` union all `)}
}

// nodesByIDs reads objects by their ids, up to the number that a client may ask for at once.
func (r *Resolver) nodesByIDs(ctx context.Context, ids []uuid.UUID) ([]paging.Node, error) {
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
		Type int
		ID   uuid.UUID
	}
	if err := r.DB.SelectContext(ctx, &found, r.nodes.selectTypes, postgres.IDs(ids)); err != nil {
		return nil, err
	}
	of := make([][]uuid.UUID, len(r.nodes.types))
	for _, row := range found {
		of[row.Type] = append(of[row.Type], row.ID)
	}
	at := map[uuid.UUID]paging.Node{}
	for i, t := range r.nodes.types {
		if len(of[i]) == 0 {
			continue
		}
		rows, err := t.read(ctx, of[i])
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
	nodes, err := r.nodesByIDs(ctx, []uuid.UUID{id})
	if err != nil {
		return nil, err
	}
	return nodes[0], nil
}

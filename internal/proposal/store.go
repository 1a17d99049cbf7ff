package proposal

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

const columns = `p.id, p.district_id, p.centre_id, p.author_id, p.title, p.text, p.language, p.place, p.lat, p.lon, p.state,
	p.question, p.decline_reason, p.decline_words, p.support_count, p.created_at, p.updated_at, p.react_by, p.decide_by, p.asked_at,
	p.due_at, p.merged_into, p.hidden_id, t.id as task_id`

const selectProposals = `select ` + columns + ` from proposals p
	left join tasks t on t.proposal_id = p.id and t.state <> 'CANCELLED'`

func id(p *Proposal) uuid.UUID { return p.ID }

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Proposal, error) {
	return postgres.Read[Proposal](ctx, q, postgres.Select(selectProposals).Where(`p.id = any(?)`, postgres.IDs(ids)))
}

// Lock reads a proposal and keeps others from changing it until the transaction ends. Codes: NOT_FOUND in the field, also for one
// that the actor may not see.
func Lock(ctx context.Context, tx *sqlx.Tx, a *auth.Actor, proposal uuid.UUID, field string) (*Proposal, error) {
	rows, err := postgres.Read[Proposal](ctx, tx,
		postgres.Select(selectProposals).Where(`p.id = ?`, proposal).Add(`for no key update of p`))
	if err == nil && (len(rows) == 0 || !rows[0].Visible(a)) {
		err = fault.Missing(field)
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

func (f *ProposalFilter) where(q *postgres.Query, now time.Time) *postgres.Query {
	q.Where(`p.hidden_id is null`).Where(`p.state <> 'WITHDRAWN'`)
	if f.DistrictID != nil {
		q.Where(`p.district_id = ?`, *f.DistrictID)
	}
	if f.CentreID != nil {
		q.Where(`p.centre_id = ?`, *f.CentreID)
	}
	if len(f.States) > 0 {
		q.Where(`p.state = any(?::proposal_state[])`, postgres.Strings(f.States))
	}
	if f.Overdue != nil {
		q.Where(`coalesce(p.due_at, 'infinity') `+map[bool]string{true: `<`, false: `>=`}[*f.Overdue]+` ?`, now)
	}
	if f.AdoptableByTeamID != nil {
		q.Where(`p.state = 'ACCEPTED'`).Where(`not exists (select from tasks o where o.proposal_id = p.id and o.state <> 'CANCELLED')`).
			Where(`p.district_id = (select c.district_id from hostings h join centres c on c.id = h.centre_id
				where h.team_id = ? and h.state = 'ACTIVE')`, *f.AdoptableByTeamID)
	}
	if f.Text != nil {
		q.Anew().Where(`p.id in (select proposal_id from proposal_texts where text like '%' || fold(?) || '%')`, *f.Text)
	}
	return q
}

func list(ctx context.Context, q sqlx.QueryerContext, now time.Time, f *ProposalFilter, order ProposalOrder, args paging.Args) ([]*Proposal, error) {
	query := f.where(postgres.Select(selectProposals), now)
	switch order {
	case DueFirst:
		const key = `coalesce(p.due_at, 'infinity')`
		if args.After != nil {
			query.Where(`(`+key+`, p.id) > (?::timestamptz, ?)`, args.After.Key, args.After.ID)
		}
		query.Add(`order by ` + key + `, p.id`)
	case MostSupported:
		key := `p.support_count`
		if f.CentreID != nil { // few enough to sort: no index has this key, so the planner must not walk one in vain
			key += ` + 0`
		}
		if args.After != nil {
			query.Where(`(`+key+`, p.id) < (?::int, ?)`, args.After.Key, args.After.ID)
		}
		query.Add(`order by ` + key + ` desc, p.id desc`)
	case Oldest:
		if args.After != nil {
			query.Where(`p.id > ?`, args.After.ID)
		}
		query.Add(`order by p.id`)
	default:
		if args.After != nil {
			query.Where(`p.id < ?`, args.After.ID)
		}
		query.Add(`order by p.id desc`)
	}
	return postgres.Read[Proposal](ctx, q, query.Add(`limit ?`, args.Limit()))
}

var orders = map[ProposalOrder]paging.Order{
	Newest:        {Name: "proposals-newest"},
	MostSupported: {Name: "proposals-most-supported", Key: paging.NumberKey},
	Oldest:        {Name: "proposals-oldest"},
	DueFirst:      {Name: "proposals-due-first", Key: paging.TimeKey},
}

func (o ProposalOrder) cursor(p *Proposal) paging.Cursor {
	c := paging.Cursor{ID: p.ID}
	switch o {
	case MostSupported:
		c.Key = strconv.Itoa(p.SupportCount)
	case DueFirst:
		c.Key = paging.Infinity
		if p.DueAt != nil {
			c.Key = p.DueAt.Format(time.RFC3339Nano)
		}
	}
	return c
}

func count(ctx context.Context, q sqlx.QueryerContext, now time.Time, f *ProposalFilter) (int, error) {
	return postgres.Count(ctx, q, f.where(postgres.Select(`select count(*) from proposals p`), now))
}

// ByAuthor is the order of an author's proposals.
var ByAuthor = orders[Newest]

func ofAuthors(ctx context.Context, q sqlx.QueryerContext, authors []uuid.UUID, args paging.Args) ([]*Proposal, error) {
	query := postgres.Select(`select p.* from unnest(?::uuid[]) a(id) cross join lateral (`+selectProposals+`
		where p.author_id = a.id`, postgres.IDs(authors))
	if args.After != nil {
		query.Add(`and p.id < ?`, args.After.ID)
	}
	return postgres.Read[Proposal](ctx, q, query.Add(`order by p.id desc limit ?) p`, args.Limit()))
}

func countOfAuthors(ctx context.Context, q sqlx.QueryerContext, authors []uuid.UUID) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(
		`select author_id as id, count(*) as n from proposals where author_id = any(?) group by 1`, postgres.IDs(authors)))
}

func districtExists(ctx context.Context, tx *sqlx.Tx, district uuid.UUID) error {
	n, err := postgres.Count(ctx, tx, postgres.Select(`select count(*) from districts where id = ?`, district))
	if err == nil && n == 0 {
		err = fault.Missing("districtId")
	}
	return err
}

// responsible finds the centre of the district that has to answer: the given one, or the open one with the fewest proposals to
// answer.
func responsible(ctx context.Context, tx *sqlx.Tx, district uuid.UUID) (uuid.UUID, error) {
	var centre uuid.NullUUID
	err := tx.GetContext(ctx, &centre, `select (
		select c.id from centres c
		where c.district_id = $1 and c.state = 'OPEN'
		order by (select count(*) from proposals p where p.centre_id = c.id and p.state in ('SUBMITTED', 'IN_REVIEW')), c.id
		limit 1)`, district)
	if err == nil && !centre.Valid {
		err = fault.New(fault.CentreNotOpen)
	}
	return centre.UUID, err
}

// centreFor checks that a centre may be responsible for a proposal about the district.
func centreFor(ctx context.Context, tx *sqlx.Tx, centre, district uuid.UUID) error {
	rows, err := postgres.Read[struct {
		DistrictID uuid.UUID `db:"district_id"`
		Open       bool      `db:"open"`
	}](ctx, tx, postgres.Select(`select district_id, state = 'OPEN' as open from centres where id = ?`, centre))
	switch {
	case err != nil:
		return err
	case len(rows) == 0:
		return fault.Missing("centreId")
	case rows[0].DistrictID != district:
		return fault.New(fault.OtherDistrict)
	case !rows[0].Open:
		return fault.New(fault.CentreNotOpen)
	}
	return nil
}

func insert(ctx context.Context, tx *sqlx.Tx, p *Proposal) error {
	_, err := tx.NamedExecContext(ctx, `insert into proposals
		(id, district_id, centre_id, author_id, title, text, language, place, lat, lon, state, created_at, updated_at,
			react_by, decide_by)
		values (:id, :district_id, :centre_id, :author_id, :title, :text, :language, :place, :lat, :lon, :state,
			:created_at, :updated_at, :react_by, :decide_by)`, p)
	return err
}

func update(ctx context.Context, tx *sqlx.Tx, p *Proposal) error {
	_, err := tx.NamedExecContext(ctx, `update proposals set state = :state, centre_id = :centre_id, question = :question,
		decline_reason = :decline_reason, decline_words = :decline_words, updated_at = :updated_at, decide_by = :decide_by,
		asked_at = :asked_at, merged_into = :merged_into where id = :id`, p)
	return err
}

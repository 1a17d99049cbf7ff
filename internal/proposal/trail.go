package proposal

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/history"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

// NextStep is what comes next after a step of a trail.
type NextStep string

// What may come next.
const (
	CentreReacts     NextStep = "CENTRE_REACTS"
	CentreDecides    NextStep = "CENTRE_DECIDES"
	AuthorAnswers    NextStep = "AUTHOR_ANSWERS"
	TeamAdopts       NextStep = "TEAM_ADOPTS"
	TeamOpens        NextStep = "TEAM_OPENS"
	WorkBegins       NextStep = "WORK_BEGINS"
	TeamFinishes     NextStep = "TEAM_FINISHES"
	CentreVerifies   NextStep = "CENTRE_VERIFIES"
	AuthorMayDispute NextStep = "AUTHOR_MAY_DISPUTE"
	OtherGoesOn      NextStep = "OTHER_GOES_ON"
	Nothing          NextStep = "NOTHING"
)

// TrailStep is a move of a proposal or of a task that it became.
type TrailStep struct {
	history.Move
	ProposalID uuid.UUID     `db:"proposal_id"`
	TaskID     uuid.NullUUID `db:"task_id"`
	Last       bool          `db:"last"`

	ReactBy    time.Time  `db:"react_by"`
	DecideBy   time.Time  `db:"decide_by"`
	FirstShift *time.Time `db:"first_shift_at"` // of the task
}

// TrailStepConnection is a page of a trail.
type TrailStepConnection = paging.Connection[TrailStep]

// TrailStepEdge is a step with its place.
type TrailStepEdge = paging.Edge[TrailStep]

// afterProposal and afterTask map a state to what comes next.
var (
	afterProposal = map[ProposalState]NextStep{Submitted: CentreReacts, InReview: CentreDecides, NeedsInfo: AuthorAnswers, Accepted: TeamAdopts,
		Merged: OtherGoesOn}
	afterTask = map[history.MoveState]NextStep{"OPEN": WorkBegins, "IN_PROGRESS": TeamFinishes, "CLAIMED_DONE": CentreVerifies,
		"VERIFIED": AuthorMayDispute, "CANCELLED": TeamAdopts}
)

// Next returns what was to come after the step.
func (t *TrailStep) Next() NextStep {
	next, known := afterProposal[ProposalState(t.ToState)]
	switch {
	case t.TaskID.Valid:
		next, known = afterTask[t.ToState]
	case t.Verb == AdoptProposal:
		return TeamOpens
	}
	if !known {
		return Nothing
	}
	return next
}

// DisputeDays is how long an author may dispute a result.
const DisputeDays = 14

// NextBy returns the deadline of what comes next, for the last step, where there is one.
func (t *TrailStep) NextBy() *time.Time {
	if !t.Last {
		return nil
	}
	switch t.Next() {
	case CentreReacts:
		return &t.ReactBy
	case CentreDecides:
		return &t.DecideBy
	case WorkBegins:
		return t.FirstShift
	case AuthorMayDispute:
		until := t.At.AddDate(0, 0, DisputeDays)
		return &until
	}
	return nil
}

// ByStep is the order of a trail.
var ByStep = paging.Order{Name: "trailsteps-oldest"}

// steps selects the moves of proposal p and, from the opening on, those moves of its tasks that change the state.
const steps = `select m.id, m.subject_id, m.verb, m.from_state, m.to_state, m.acting_as, m.by_id, m.reason_code, m.words, m.at,
		null::uuid as task_id, null::timestamptz as first_shift_at
	from moves m where m.subject_id = p.id
	union all
	select m.id, m.subject_id, m.verb, m.from_state, m.to_state, m.acting_as, m.by_id, m.reason_code, m.words, m.at, t.id, t.first_shift_at
	from tasks t join moves m on m.subject_id = t.id
	where t.proposal_id = p.id and t.state <> 'DRAFT' and t.hidden_id is null and m.from_state <> m.to_state`

// TrailsOf reads a page of the trail of each proposal, oldest steps first.
func (s *Service) TrailsOf(ctx context.Context, proposals []uuid.UUID, args paging.Args) (map[uuid.UUID]*TrailStepConnection, error) {
	q := postgres.Select(`select p.id as proposal_id, p.react_by, p.decide_by, s.* from proposals p cross join lateral (
		select * from (select s.*, lead(s.id) over (order by s.id) is null as last from (` + steps + `) s) s`)
	if args.After != nil {
		q.Add(`where s.id > ?`, args.After.ID)
	}
	rows, err := postgres.Read[TrailStep](ctx, s.DB, q.Add(`order by s.id limit ?) s where p.id = any(?) order by s.id`,
		args.Limit(), postgres.IDs(proposals)))
	if err != nil {
		return nil, err
	}
	count := postgres.Select(`select p.id, count(*) as n from proposals p cross join lateral (`+steps+`) s
		where p.id = any(?) group by 1`, postgres.IDs(proposals))
	return paging.Each(proposals, rows, func(t *TrailStep) uuid.UUID { return t.ProposalID }, args,
		paging.ByID(func(t *TrailStep) uuid.UUID { return t.ID }),
		func(ctx context.Context) (map[uuid.UUID]int, error) { return postgres.Counts(ctx, s.DB, count) }), nil
}

package notice

import (
	"maps"
	"slices"
	"strings"
)

// NoticeTopic groups kinds of notices that a person chooses a channel for together.
type NoticeTopic string

// The topics.
const (
	Proposals   NoticeTopic = "PROPOSALS"
	Shifts      NoticeTopic = "SHIFTS"
	Reminders   NoticeTopic = "REMINDERS"
	Memberships NoticeTopic = "MEMBERSHIPS"
	Teamwork    NoticeTopic = "TEAMWORK"
	CentreWork  NoticeTopic = "CENTRE"
	Record      NoticeTopic = "RECORD"
)

// kind is what the hub knows about a kind of notice.
type kind struct {
	topic  NoticeTopic
	needed bool   // the person has to act, or would make a mistake without knowing it
	stands string // in SQL: whether notice n is still true, and still meant for its person, at clock.now; for SHIFT_CHANGED see unchanged
}

// happened is for notices that stay true.
const happened = `true`

var kinds = map[NoticeKind]kind{
	ProposalMoved: {Proposals, false, proposalIs(`(p.state <> 'WITHDRAWN' or n.details->>'step' = '` + withdrawn + `')
		and (` + among(followers(`p.id`)) + ` or ` + among(coordinators(`p.centre_id`)) + `)`)},
	ProposalMerged:     {Proposals, true, proposalIs(`p.state = 'MERGED' and ` + among(followers(`p.id`)))},
	ProposalInfoWanted: {Proposals, true, proposalIs(`p.state = 'NEEDS_INFO' and p.author_id = n.person_id`)},
	TaskFromProposal:   {Proposals, false, taskIs(among(followers(`t.proposal_id`)))},

	SignupConfirmed: {Shifts, false, signupIs(`g.state = 'CONFIRMED' and s.ends_at > clock.now`)},
	SeatOffered:     {Shifts, true, signupIs(`g.state = 'OFFERED' and g.offer_expires_at > clock.now`)},
	OfferExpired:    {Shifts, false, `not ` + signupIs(`g.state not in ('CANCELLED', 'EXPIRED')`)},
	OfferWithdrawn:  {Shifts, true, signupIs(`g.state = 'WAITLISTED' and s.starts_at > clock.now`)},
	SeatsLate:       {Shifts, true, signupIs(`g.state = 'WAITLISTED' and s.taken < s.capacity and s.starts_at > clock.now`)},
	ShiftChanged: {Shifts, true, signupIs(`g.state in ('WAITLISTED', 'OFFERED', 'CONFIRMED', 'CHECKED_IN') and s.state = 'PLANNED'
		and t.state <> 'CANCELLED' and s.ends_at > clock.now`) + ` and not ` + outdated},
	ShiftCancelled:  {Shifts, true, happened},
	ShiftTomorrow:   {Reminders, true, expected},
	ShiftToday:      {Reminders, false, expected},
	ConsentAnswered: {Shifts, true, answered},

	MembershipInvited: {Memberships, true, membershipIs(`m.state = 'INVITED' and m.person_id = n.person_id`)},
	MembershipAnswered: {Memberships, false, `(n.details->>'step' not in ('INVITATION_ACCEPTED', 'INVITATION_DECLINED')
		or ` + among(LeadsOf(`n.subject_id`)) + `)`},
	MembershipEnded: {Memberships, false, `(n.details->>'step' not in ('REQUEST_WITHDRAWN', 'INVITATION_EXPIRED', 'LEFT')
		or ` + among(LeadsOf(`n.subject_id`)) + `)`},

	MembershipRequested: {Teamwork, true, membershipIs(`m.state = 'REQUESTED' and ` + among(LeadsOf(`m.team_id`)))},
	TaskVerified:        {Teamwork, false, taskIs(`t.state = 'VERIFIED' and ` + among(LeadsOf(`t.team_id`)))},
	TaskSentBack:        {Teamwork, true, taskIs(`t.state = 'IN_PROGRESS' and ` + among(LeadsOf(`t.team_id`)))},
	TaskDisputed: {Teamwork, true, taskIs(`t.state = 'IN_PROGRESS' and (` + among(LeadsOf(`t.team_id`)) + `
		or ` + among(coordinators(`t.centre_id`)) + `)`)},
	TaskCancelled: {Teamwork, false, taskIs(among(LeadsOf(`t.team_id`)))},

	ProposalNew:     {CentreWork, false, proposalIs(`p.state in ('SUBMITTED', 'IN_REVIEW') and ` + among(coordinators(`p.centre_id`)))},
	ProposalOverdue: {CentreWork, true, proposalIs(`p.due_at < clock.now and ` + among(coordinators(`p.centre_id`)))},
	TaskToVerify:    {CentreWork, false, taskIs(`t.state = 'CLAIMED_DONE' and ` + among(coordinators(`t.centre_id`)))},

	HoursAnswered:      {Record, false, happened},
	CertificateRevoked: {Record, true, happened},
}

// expected is that the person comes to the shift that starts at the time in the notice.
var expected = signupIs(`g.state = 'CONFIRMED' and s.state = 'PLANNED' and t.state in ('OPEN', 'IN_PROGRESS')
	and s.starts_at = (n.details->>'when')::timestamptz and s.starts_at > clock.now`)

// outdated is that a later notice says what became of the same.
const outdated = `exists (select from notices l where l.person_id = n.person_id and l.id > n.id and l.kind = n.kind and l.subject_id = n.subject_id
	and (l.details->'step' = n.details->'step' or l.details->'is' = n.details->'is' and l.details->'is' <> '{}'))`

// answered is that the consent is still as the notice says.
const answered = `exists (select from consents c where c.id = n.subject_id and c.state::text = n.details->>'step')`

func among(audience string) string { return `n.person_id in (` + audience + `)` }

func proposalIs(so string) string {
	return `exists (select from proposals p where p.id = n.subject_id and ` + so + `)`
}

func taskIs(so string) string {
	return `exists (select from tasks t where t.id = n.subject_id and ` + so + `)`
}

func membershipIs(so string) string {
	return `exists (select from memberships m where m.team_id = n.subject_id and ` + so + `)`
}

func signupIs(so string) string {
	return `exists (select from signups g join shifts s on s.id = g.shift_id join tasks t on t.id = s.task_id
		where g.shift_id = n.subject_id and g.person_id = n.person_id and ` + so + `)`
}

// stands is the condition of every kind.
var stands = func() string {
	var of strings.Builder
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		of.WriteString(` when '` + string(name) + `' then ` + kinds[name].stands)
	}
	return `case n.kind` + of.String() + ` end`
}()

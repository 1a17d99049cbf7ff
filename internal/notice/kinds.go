package notice

// NoticeTopic is what a person wants to be told of in one way.
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

// kind is what there is to know of a kind.
type kind struct {
	topic  NoticeTopic
	needed bool // the person should do something, or would go wrong not knowing it
}

var kinds = map[NoticeKind]kind{
	ProposalMoved:       {Proposals, false},
	ProposalMerged:      {Proposals, true},
	ProposalInfoWanted:  {Proposals, true},
	TaskFromProposal:    {Proposals, false},
	SignupConfirmed:     {Shifts, false},
	SeatOffered:         {Shifts, true},
	OfferExpired:        {Shifts, false},
	SeatsLate:           {Shifts, true},
	ShiftChanged:        {Shifts, true},
	ShiftCancelled:      {Shifts, true},
	ShiftTomorrow:       {Reminders, true},
	ShiftToday:          {Reminders, false},
	MembershipInvited:   {Memberships, true},
	MembershipAnswered:  {Memberships, false},
	MembershipEnded:     {Memberships, false},
	MembershipRequested: {Teamwork, true},
	TaskVerified:        {Teamwork, false},
	TaskSentBack:        {Teamwork, true},
	TaskDisputed:        {Teamwork, true},
	TaskCancelled:       {Teamwork, false},
	ProposalNew:         {CentreWork, false},
	ProposalOverdue:     {CentreWork, true},
	TaskToVerify:        {CentreWork, false},
	HoursAnswered:       {Record, false},
	CertificateRevoked:  {Record, true},
}

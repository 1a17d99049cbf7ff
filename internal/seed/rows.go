package seed

import (
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/history"
	"jastarhub/internal/lang"
)

// The names of states, which several nouns share.
const (
	accepted    = "ACCEPTED"
	active      = "ACTIVE"
	archived    = "ARCHIVED"
	asked       = "ASKED"
	cancelled   = "CANCELLED"
	checkedIn   = "CHECKED_IN"
	claimedDone = "CLAIMED_DONE"
	closed      = "CLOSED"
	completed   = "COMPLETED"
	confirmed   = "CONFIRMED"
	declined    = "DECLINED"
	draftState  = "DRAFT"
	ended       = "ENDED"
	expired     = "EXPIRED"
	forming     = "FORMING"
	given       = "GIVEN"
	inProgress  = "IN_PROGRESS"
	inReview    = "IN_REVIEW"
	invited     = "INVITED"
	left        = "LEFT"
	merged      = "MERGED"
	needsInfo   = "NEEDS_INFO"
	noShow      = "NO_SHOW"
	offered     = "OFFERED"
	open        = "OPEN"
	planned     = "PLANNED"
	removed     = "REMOVED"
	requested   = "REQUESTED"
	submitted   = "SUBMITTED"
	suspended   = "SUSPENDED"
	verified    = "VERIFIED"
	waitlisted  = "WAITLISTED"
	withdrawn   = "WITHDRAWN"
)

// rows are the rows of all tables, in the order of foreign keys.
type rows struct {
	people       []person
	ngos         []ngo
	factors      []factor
	grants       []grant
	teams        []team
	hostings     []hosting
	memberships  []membership
	proposals    []proposal
	supports     []support
	questions    []question
	tasks        []task
	shifts       []shift
	signups      []signup
	hours        []hours
	certificates []certified
	parts        []certifiedPart
	counted      []counted
	updates      []update
	results      []result
	claims       []claim
	claimed      []claimResult
	consents     []consent
	reports      []report
	moves        []history.Move
}

type person struct {
	ID           uuid.UUID     `db:"id"`
	Email        string        `db:"email"`
	PasswordHash string        `db:"password_hash"`
	GivenName    string        `db:"given_name"`
	FamilyName   string        `db:"family_name"`
	BirthDate    time.Time     `db:"birth_date"`
	Language     lang.Language `db:"language"`
	DistrictID   uuid.UUID     `db:"district_id"`
	CreatedAt    time.Time     `db:"created_at"`
	VerifiedAt   time.Time     `db:"email_verified_at"`
}

type factor struct {
	PersonID    uuid.UUID `db:"person_id"`
	Secret      []byte    `db:"secret"` // encrypted
	ConfirmedAt time.Time `db:"confirmed_at"`
}

type ngo struct {
	ID        uuid.UUID     `db:"id"`
	NameKK    string        `db:"name_kk"`
	NameRU    string        `db:"name_ru"`
	NameEN    string        `db:"name_en"`
	Mission   string        `db:"mission"`
	Language  lang.Language `db:"language"`
	Focus     string        `db:"focus"`
	State     string        `db:"state"`
	BIN       *string       `db:"bin"`
	CreatedAt time.Time     `db:"created_at"`
}

type grant struct {
	ID       uuid.UUID     `db:"id"`
	PersonID uuid.UUID     `db:"person_id"`
	Role     string        `db:"role"`
	CentreID uuid.NullUUID `db:"centre_id"`
	NgoID    uuid.NullUUID `db:"ngo_id"`
	GivenBy  uuid.NullUUID `db:"given_by"`
	GivenAt  time.Time     `db:"given_at"`
	EndedBy  uuid.NullUUID `db:"ended_by"`
	EndedAt  *time.Time    `db:"ended_at"`
}

type team struct {
	ID        uuid.UUID     `db:"id"`
	NgoID     uuid.UUID     `db:"ngo_id"`
	NameKK    string        `db:"name_kk"`
	NameRU    string        `db:"name_ru"`
	NameEN    string        `db:"name_en"`
	About     string        `db:"about"`
	Language  lang.Language `db:"language"`
	CreatedAt time.Time     `db:"created_at"`
}

type hosting struct {
	ID        uuid.UUID  `db:"id"`
	TeamID    uuid.UUID  `db:"team_id"`
	CentreID  uuid.UUID  `db:"centre_id"`
	State     string     `db:"state"`
	AskedAt   time.Time  `db:"asked_at"`
	StartedAt *time.Time `db:"started_at"`
	EndedAt   *time.Time `db:"ended_at"`
}

type membership struct {
	ID        uuid.UUID  `db:"id"`
	TeamID    uuid.UUID  `db:"team_id"`
	PersonID  uuid.UUID  `db:"person_id"`
	Role      string     `db:"role"`
	State     string     `db:"state"`
	Message   *string    `db:"message"`
	CreatedAt time.Time  `db:"created_at"`
	ExpiresAt *time.Time `db:"expires_at"`
	JoinedAt  *time.Time `db:"joined_at"`
	EndedAt   *time.Time `db:"ended_at"`
}

type proposal struct {
	ID            uuid.UUID     `db:"id"`
	DistrictID    uuid.UUID     `db:"district_id"`
	CentreID      uuid.UUID     `db:"centre_id"`
	AuthorID      uuid.UUID     `db:"author_id"`
	Title         string        `db:"title"`
	Text          string        `db:"text"`
	Language      lang.Language `db:"language"`
	Place         string        `db:"place"`
	Lat           *float64      `db:"lat"`
	Lon           *float64      `db:"lon"`
	State         string        `db:"state"`
	Question      *string       `db:"question"`
	DeclineReason *string       `db:"decline_reason"`
	DeclineWords  *string       `db:"decline_words"`
	CreatedAt     time.Time     `db:"created_at"`
	UpdatedAt     time.Time     `db:"updated_at"`
	ReactBy       time.Time     `db:"react_by"`
	DecideBy      time.Time     `db:"decide_by"`
	AskedAt       *time.Time    `db:"asked_at"`
	MergedInto    uuid.NullUUID `db:"merged_into"`
}

// question asks whether a support moves along with a merged proposal.
type question struct {
	ID         uuid.UUID  `db:"id"`
	ProposalID uuid.UUID  `db:"proposal_id"`
	IntoID     uuid.UUID  `db:"into_id"`
	PersonID   uuid.UUID  `db:"person_id"`
	AskedAt    time.Time  `db:"asked_at"`
	AnsweredAt *time.Time `db:"answered_at"`
	Moved      *bool      `db:"moved"`
}

type claim struct {
	ID            uuid.UUID `db:"id"`
	TaskID        uuid.UUID `db:"task_id"`
	ClaimedBy     uuid.UUID `db:"claimed_by"`
	Words         string    `db:"words"`
	NoPhotoReason string    `db:"no_photo_reason"`
	ClaimedAt     time.Time `db:"claimed_at"`
}

type claimResult struct {
	ClaimID uuid.UUID `db:"claim_id"`
	Metric  string    `db:"metric"`
	Amount  int       `db:"amount"`
}

type support struct {
	ID          uuid.UUID  `db:"id"`
	ProposalID  uuid.UUID  `db:"proposal_id"`
	PersonID    uuid.UUID  `db:"person_id"`
	GivenAt     time.Time  `db:"given_at"`
	WithdrawnAt *time.Time `db:"withdrawn_at"`
}

type task struct {
	ID           uuid.UUID     `db:"id"`
	TeamID       uuid.UUID     `db:"team_id"`
	NgoID        uuid.UUID     `db:"ngo_id"`
	CentreID     uuid.UUID     `db:"centre_id"`
	DistrictID   uuid.UUID     `db:"district_id"`
	ProposalID   uuid.NullUUID `db:"proposal_id"`
	Title        string        `db:"title"`
	Description  string        `db:"description"`
	Language     lang.Language `db:"language"`
	Place        string        `db:"place"`
	Lat          *float64      `db:"lat"`
	Lon          *float64      `db:"lon"`
	MinAge       *int          `db:"min_age"`
	WorkClass    string        `db:"work_class"`
	State        string        `db:"state"`
	Percent      int           `db:"percent"`
	CreatedBy    uuid.UUID     `db:"created_by"`
	ClaimedBy    uuid.NullUUID `db:"claimed_by"`
	CancelReason *string       `db:"cancel_reason"`
	CreatedAt    time.Time     `db:"created_at"`
	UpdatedAt    time.Time     `db:"updated_at"`
	VerifiedAt   *time.Time    `db:"verified_at"`
}

type shift struct {
	ID           uuid.UUID  `db:"id"`
	TaskID       uuid.UUID  `db:"task_id"`
	StartsAt     time.Time  `db:"starts_at"`
	EndsAt       time.Time  `db:"ends_at"`
	Capacity     int        `db:"capacity"`
	Place        *string    `db:"place"`
	State        string     `db:"state"`
	CancelReason *string    `db:"cancel_reason"`
	BegunAt      *time.Time `db:"begun_at"`
	CreatedAt    time.Time  `db:"created_at"`

	slot        int
	cancelledAt time.Time
}

type signup struct {
	ID             uuid.UUID  `db:"id"`
	ShiftID        uuid.UUID  `db:"shift_id"`
	PersonID       uuid.UUID  `db:"person_id"`
	StartsAt       time.Time  `db:"starts_at"`
	EndsAt         time.Time  `db:"ends_at"`
	State          string     `db:"state"`
	Line           int        `db:"line"`
	OfferExpiresAt *time.Time `db:"offer_expires_at"`
	CheckedInAt    *time.Time `db:"checked_in_at"`
	CheckedOutAt   *time.Time `db:"checked_out_at"`
	EndReason      *string    `db:"end_reason"`
	CreatedAt      time.Time  `db:"created_at"`
	UpdatedAt      time.Time  `db:"updated_at"`
}

type update struct {
	ID        uuid.UUID     `db:"id"`
	TaskID    uuid.UUID     `db:"task_id"`
	AuthorID  uuid.UUID     `db:"author_id"`
	Text      string        `db:"text"`
	Language  lang.Language `db:"language"`
	Percent   int           `db:"percent"`
	CreatedAt time.Time     `db:"created_at"`
}

type result struct {
	UpdateID uuid.UUID `db:"update_id"`
	Metric   string    `db:"metric"`
	Amount   int       `db:"amount"`
}

type hours struct {
	ID            uuid.UUID     `db:"id"`
	SignupID      uuid.UUID     `db:"signup_id"`
	ShiftID       uuid.UUID     `db:"shift_id"`
	TaskID        uuid.UUID     `db:"task_id"`
	TeamID        uuid.UUID     `db:"team_id"`
	NgoID         uuid.UUID     `db:"ngo_id"`
	CentreID      uuid.UUID     `db:"centre_id"`
	PersonID      uuid.UUID     `db:"person_id"`
	StartsAt      time.Time     `db:"starts_at"`
	EndsAt        time.Time     `db:"ends_at"`
	CameAt        time.Time     `db:"came_at"`
	WentAt        time.Time     `db:"went_at"`
	WorkedMinutes int           `db:"worked_minutes"`
	Minutes       int           `db:"minutes"`
	State         string        `db:"state"`
	Reason        *string       `db:"reason"`
	AnsweredBy    uuid.NullUUID `db:"answered_by"`
	AnsweredAt    *time.Time    `db:"answered_at"`
	CreatedAt     time.Time     `db:"created_at"`
	UpdatedAt     time.Time     `db:"updated_at"`
}

type certified struct {
	ID         uuid.UUID     `db:"id"`
	Number     string        `db:"number"`
	PersonID   uuid.UUID     `db:"person_id"`
	GivenName  string        `db:"given_name"`
	FamilyName string        `db:"family_name"`
	Language   lang.Language `db:"language"`
	FromOn     time.Time     `db:"from_on"`
	ToOn       time.Time     `db:"to_on"`
	FirstOn    time.Time     `db:"first_on"`
	LastOn     time.Time     `db:"last_on"`
	Minutes    int           `db:"minutes"`
	Shifts     int           `db:"shifts"`
	CentreID   uuid.NullUUID `db:"centre_id"`
	IssuedAt   time.Time     `db:"issued_at"`
}

type certifiedPart struct {
	CertificateID uuid.UUID `db:"certificate_id"`
	TeamID        uuid.UUID `db:"team_id"`
	TeamNameKK    string    `db:"team_name_kk"`
	TeamNameRU    string    `db:"team_name_ru"`
	TeamNameEN    string    `db:"team_name_en"`
	NgoNameKK     string    `db:"ngo_name_kk"`
	NgoNameRU     string    `db:"ngo_name_ru"`
	NgoNameEN     string    `db:"ngo_name_en"`
	Minutes       int       `db:"minutes"`
	Shifts        int       `db:"shifts"`
	FirstOn       time.Time `db:"first_on"`
	LastOn        time.Time `db:"last_on"`
}

type counted struct {
	CertificateID uuid.UUID `db:"certificate_id"`
	HoursID       uuid.UUID `db:"hours_id"`
	Minutes       int       `db:"minutes"`
}

// some returns an id as one that may be null.
func some(id uuid.UUID) uuid.NullUUID { return uuid.NullUUID{UUID: id, Valid: true} }

package account

import (
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/lang"
)

// lifetime is how long a session lasts without being used, and in all.
type lifetime struct{ idle, most time.Duration }

const day = 24 * time.Hour

var (
	ofVolunteers = lifetime{idle: 14 * day, most: 90 * day}
	ofStaff      = lifetime{idle: 8 * time.Hour, most: 7 * day}
)

// session is a session that has not ended, with what its person may do.
type session struct {
	ID         uuid.UUID     `db:"id"`
	PersonID   uuid.UUID     `db:"person_id"`
	CreatedAt  time.Time     `db:"created_at"`
	LastSeenAt time.Time     `db:"last_seen_at"`
	BirthDate  time.Time     `db:"birth_date"`
	Language   lang.Language `db:"language"`
	Second     bool          `db:"second_factor"` // the session began with a second factor
	Staff      bool          `db:"staff"`         // the person holds a role of the city or of a centre
	Officer    bool          `db:"officer"`
	Consultant bool          `db:"consultant"`
	Centres    ids           `db:"centres"`
	Ngos       ids           `db:"ngos"`
	Leads      ids           `db:"leads"`
	Teams      ids           `db:"teams"`

	Unverified     bool          `db:"unverified"`
	Nameless       bool          `db:"nameless"`
	SuspendedID    uuid.NullUUID `db:"suspended_id"`
	SuspendedUntil *time.Time    `db:"suspended_until"`
}

// alive reports whether the session has not timed out.
func (s *session) alive(now time.Time) bool {
	l := ofVolunteers
	if s.Staff {
		l = ofStaff
	}
	return now.Sub(s.LastSeenAt) < l.idle && now.Sub(s.CreatedAt) < l.most
}

// seenAfresh is how old last_seen_at may become before it is written again.
const seenAfresh = 5 * time.Minute

// actor returns the person of the session. A barred person has no roles meanwhile; without a second factor the roles of the city
// and of centres wait.
func (s *session) actor(now time.Time) *auth.Actor {
	bare := &auth.Actor{PersonID: s.PersonID, SessionID: s.ID, BirthDate: s.BirthDate, Language: s.Language,
		Unverified: s.Unverified, Nameless: s.Nameless}
	if s.SuspendedID.Valid && (s.SuspendedUntil == nil || now.Before(*s.SuspendedUntil)) {
		bare.Suspended, bare.SuspendedUntil = true, s.SuspendedUntil
	}
	if bare.Barred() != "" {
		return bare
	}
	a := &auth.Actor{PersonID: s.PersonID, SessionID: s.ID, BirthDate: s.BirthDate, Language: s.Language,
		Officer: s.Officer, Consultant: s.Consultant, Centres: s.Centres, Ngos: s.Ngos, Leads: s.Leads, Teams: s.Teams}
	if s.Second || !s.Staff {
		return a
	}
	less := *a
	less.Officer, less.Consultant, less.Centres, less.Waiting = false, false, nil, a
	return &less
}

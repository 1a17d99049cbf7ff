// Package audit keeps who did what to what, and what was refused: ids and names of fields, never what people wrote. It only
// grows: the database refuses to change or delete an entry.
package audit

import (
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/page"
	"jastarhub/internal/postgres"
)

// HeldRole is a role that somebody held when acting.
type HeldRole string

// The roles; who holds none acted as a person.
const (
	CityOfficer HeldRole = "CITY_OFFICER"
	Coordinator HeldRole = "COORDINATOR"
	Consultant  HeldRole = "CONSULTANT"
	NgoLead     HeldRole = "NGO_LEAD"
	TeamLead    HeldRole = "TEAM_LEAD"
)

// AuditEntry is one entry.
type AuditEntry struct {
	ID        uuid.UUID      `db:"id"`
	At        time.Time      `db:"at"`
	PersonID  uuid.NullUUID  `db:"person_id"` // null is the hub itself, or nobody who was signed in
	Held      pq.StringArray `db:"roles"`
	Action    string         `db:"action"`
	About     ids            `db:"subjects"`
	Set       pq.StringArray `db:"fields"`
	RequestID string         `db:"request_id"`
	Code      fault.Code     `db:"outcome"` // of the refusal, "" where it was done
}

// ids reads an array of ids.
type ids []uuid.UUID

// Scan reads the array as the database writes it.
func (i *ids) Scan(src any) error { return pq.GenericArray{A: (*[]uuid.UUID)(i)}.Scan(src) }

// AuditEntryConnection is a page of the audit.
type AuditEntryConnection = page.Connection[AuditEntry]

// AuditEntryEdge is an entry with its place in the list.
type AuditEntryEdge = page.Edge[AuditEntry]

// New is an entry about an action of the actor's, which is nil for the hub itself; subjects and fields are those that the
// request names.
func New(a *auth.Actor, at time.Time, request, action string, subjects []uuid.UUID, fields []string) *AuditEntry {
	return &AuditEntry{ID: postgres.NewID(), At: at, PersonID: uuid.NullUUID{UUID: a.ID(), Valid: a != nil}, Held: heldBy(a),
		Action: action, About: append(ids{}, subjects...), Set: append(pq.StringArray{}, fields...), RequestID: request}
}

// By says who it was, where no session tells.
func (e *AuditEntry) By(person uuid.UUID) *AuditEntry {
	e.PersonID = uuid.NullUUID{UUID: person, Valid: true}
	return e
}

// On adds what it was done to, as the first.
func (e *AuditEntry) On(subjects ...uuid.UUID) *AuditEntry {
	e.About = append(append(ids{}, subjects...), e.About...)
	return e
}

// Refused says why it was not done.
func (e *AuditEntry) Refused(code fault.Code) *AuditEntry {
	e.Code = code
	return e
}

// Roles are those that the person held, in any scope.
func (e *AuditEntry) Roles() []HeldRole {
	roles := make([]HeldRole, len(e.Held))
	for i, role := range e.Held {
		roles[i] = HeldRole(role)
	}
	return roles
}

// Subjects are the ids of what it was done to, and of what the input named.
func (e *AuditEntry) Subjects() []uuid.UUID { return e.About }

// Fields are the names of the input's fields that were set.
func (e *AuditEntry) Fields() []string { return e.Set }

// Outcome is the code of the refusal, nil where it was done.
func (e *AuditEntry) Outcome() *fault.Code {
	if e.Code == "" {
		return nil
	}
	return &e.Code
}

func heldBy(a *auth.Actor) pq.StringArray {
	held := pq.StringArray{}
	if a == nil {
		return held
	}
	for _, role := range []struct {
		name  HeldRole
		holds bool
	}{{CityOfficer, a.Officer}, {Coordinator, len(a.Centres) > 0}, {Consultant, a.Consultant}, {NgoLead, len(a.Ngos) > 0},
		{TeamLead, len(a.Leads) > 0}} {
		if role.holds {
			held = append(held, string(role.name))
		}
	}
	return held
}

// Noise tells whether a refusal says something about the request or the moment and nothing about who may do what: it is
// not kept.
func Noise(code fault.Code) bool {
	switch code {
	case fault.Invalid, fault.Unauthenticated, fault.Busy, fault.Timeout, fault.Internal, fault.Conflict, fault.KeyReused,
		fault.KeyInUse, fault.KeyNotSupported:
		return true
	}
	return false
}

// Order is the order of the audit: the newest first.
var Order = page.Order{Name: "audit-newest", Key: page.TimeKey}

// AuditFilter is which entries; the conditions combine.
type AuditFilter struct {
	Person  *uuid.UUID
	Action  *string
	Subject *uuid.UUID
	From    *time.Time
	To      *time.Time
}

func (f *AuditFilter) validate() error {
	var c fault.Check
	if f.Action != nil {
		c.Text("filter.action", f.Action, 1, 60)
	}
	c.That(f.From == nil || f.To == nil || f.From.Before(*f.To), "filter.to", "must be after from")
	return c.Err()
}

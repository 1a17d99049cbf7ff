// Package audit records who did what to what, and what was refused: ids and field names, never what people wrote. It is
// append-only: the database refuses to change or delete an entry.
package audit

import (
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

// HeldRole is a role that a person held when acting.
type HeldRole string

// The roles; somebody who held none acted as a person.
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
	PersonID  uuid.NullUUID  `db:"person_id"` // null for the hub itself, and for a visitor
	Held      pq.StringArray `db:"roles"`
	Action    string         `db:"action"`
	About     ids            `db:"subjects"`
	Set       pq.StringArray `db:"fields"`
	RequestID string         `db:"request_id"`
	Code      fault.Code     `db:"outcome"` // of the refusal, "" where it was done
}

// ids scans an array of ids.
type ids []uuid.UUID

// Scan reads the array in the form in which the database writes it.
func (i *ids) Scan(src any) error { return pq.GenericArray{A: (*[]uuid.UUID)(i)}.Scan(src) }

// AuditEntryConnection is a page of the audit log.
type AuditEntryConnection = paging.Connection[AuditEntry]

// AuditEntryEdge is an entry with its place in the list.
type AuditEntryEdge = paging.Edge[AuditEntry]

// New returns an entry about an action of the actor, who is nil for the hub itself; subjects and fields are those that the
// request names.
func New(a *auth.Actor, at time.Time, request, action string, subjects []uuid.UUID, fields []string) *AuditEntry {
	return &AuditEntry{ID: postgres.NewID(), At: at, PersonID: uuid.NullUUID{UUID: a.ID(), Valid: a != nil}, Held: heldBy(a),
		Action: action, About: append(ids{}, subjects...), Set: append(pq.StringArray{}, fields...), RequestID: request}
}

// By sets who acted, where no session says so.
func (e *AuditEntry) By(person uuid.UUID) *AuditEntry {
	e.PersonID = uuid.NullUUID{UUID: person, Valid: true}
	return e
}

// On puts what was acted on before the other subjects.
func (e *AuditEntry) On(subjects ...uuid.UUID) *AuditEntry {
	e.About = append(append(ids{}, subjects...), e.About...)
	return e
}

// Refused sets why the action was refused.
func (e *AuditEntry) Refused(code fault.Code) *AuditEntry {
	e.Code = code
	return e
}

// Roles returns the roles that the person held, in any scope.
func (e *AuditEntry) Roles() []HeldRole {
	roles := make([]HeldRole, len(e.Held))
	for i, role := range e.Held {
		roles[i] = HeldRole(role)
	}
	return roles
}

// Subjects returns the ids of what was acted on, and of what the input named.
func (e *AuditEntry) Subjects() []uuid.UUID { return e.About }

// Fields returns the names of the input fields that were set.
func (e *AuditEntry) Fields() []string { return e.Set }

// Outcome returns the code of the refusal, nil where the action was done.
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

// Noise reports whether a refusal is about the request or the moment rather than about who may do what. Such refusals are not
// recorded.
func Noise(code fault.Code) bool {
	switch code {
	case fault.Invalid, fault.Unauthenticated, fault.Busy, fault.Timeout, fault.Internal, fault.Conflict, fault.IdempotencyKeyReused,
		fault.IdempotencyKeyInUse, fault.IdempotencyKeyNotSupported:
		return true
	}
	return false
}

// Order is the order of the audit log: newest first.
var Order = paging.Order{Name: "audit-newest", Key: paging.TimeKey}

// AuditFilter selects entries; its conditions are combined with "and".
type AuditFilter struct {
	PersonID  *uuid.UUID
	Action    *string
	SubjectID *uuid.UUID
	From      *time.Time
	To        *time.Time
}

func (f *AuditFilter) validate() error {
	var c fault.Check
	if f.Action != nil {
		c.Text("filter.action", f.Action, 1, 60)
	}
	c.That(f.From == nil || f.To == nil || f.From.Before(*f.To), "filter.to", "must be after from")
	return c.Err()
}

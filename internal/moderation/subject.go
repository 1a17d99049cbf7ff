// Package moderation is what people report, what coordinators and officers hide, whom they suspend, and appeals.
package moderation

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/notice"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
)

// ModerationSubject is the type of what can be reported.
type ModerationSubject string

// The types.
const (
	AboutProposal       ModerationSubject = "PROPOSAL"
	AboutTask           ModerationSubject = "TASK"
	AboutShift          ModerationSubject = "SHIFT"
	AboutProgressUpdate ModerationSubject = "PROGRESS_UPDATE"
	AboutTeam           ModerationSubject = "TEAM"
	AboutNgo            ModerationSubject = "NGO"
	AboutPerson         ModerationSubject = "PERSON"
)

// Subject is what a report or a decision is about, which centre is responsible for it, and who owns it: a person, a team or an
// NGO. Subjects without a centre are the responsibility of officers alone.
type Subject struct {
	SubjectType ModerationSubject `db:"subject_type"`
	SubjectID   uuid.UUID         `db:"subject_id"`
	CentreID    uuid.NullUUID     `db:"centre_id"`
	TeamID      uuid.NullUUID     `db:"team_id"`
	NgoID       uuid.NullUUID     `db:"ngo_id"`
	PersonID    uuid.NullUUID     `db:"person_id"`
}

// noun describes the subjects of a type: where they are stored, when everybody may see them, and what is hidden with them.
type noun struct {
	table string
	row   string // centre, team, NGO, person, hidden by, public; of x
	from  string
	under string  // what still hides it once it is no longer hidden itself
	with  []below // in the order in which they are locked
}

// below are the rows of a table that belong to a subject through a column.
type below struct{ table, column string }

// nouns are all types that can be reported. A new noun with text needs a line here and a value in the enums.
var nouns = map[ModerationSubject]noun{
	AboutProposal:       {"proposals", `x.centre_id, null::uuid, null::uuid, x.author_id, x.hidden_id, x.hidden_id is null and x.state <> 'WITHDRAWN'`, ``, `null`, nil},
	AboutTask:           {"tasks", `x.centre_id, x.team_id, x.ngo_id, null::uuid, x.hidden_id, x.hidden_id is null and x.state <> 'DRAFT'`, ``, `(select hidden_id from teams where id = team_id)`, nil},
	AboutShift:          {"shifts", `t.centre_id, t.team_id, t.ngo_id, null::uuid, ` + withTask, ofTask, `null`, nil},
	AboutProgressUpdate: {"progress_updates", `t.centre_id, t.team_id, t.ngo_id, null::uuid, ` + withTask, ofTask, `null`, nil},
	AboutTeam:           {"teams", `h.centre_id, x.id, x.ngo_id, null::uuid, x.hidden_id, x.hidden_id is null`, ofHost, `(select hidden_id from ngos where id = ngo_id)`, []below{{"tasks", "team_id"}}},
	AboutNgo:            {"ngos", `null::uuid, null::uuid, x.id, null::uuid, x.hidden_id, x.hidden_id is null`, ``, `null`, []below{{"teams", "ngo_id"}, {"tasks", "ngo_id"}}},
	AboutPerson:         {"people", ofMember + `, null::uuid, null::uuid, x.id, x.hidden_id, x.erased_at is null`, ``, `null`, nil},
}

const (
	withTask = `coalesce(x.hidden_id, t.hidden_id), x.hidden_id is null and t.hidden_id is null and t.state <> 'DRAFT'`
	ofTask   = `join tasks t on t.id = x.task_id`
	ofHost   = `join hostings h on h.team_id = x.id and h.state = 'ACTIVE'`
	// A report about a person also goes to the centre of the team that the person joined last.
	ofMember = `(select h.centre_id from memberships m join hostings h on h.team_id = m.team_id and h.state = 'ACTIVE'
		where m.person_id = x.id and m.state = 'ACTIVE' order by m.id desc limit 1)`
)

// standing is a subject with its current visibility.
type standing struct {
	Subject
	HiddenID uuid.NullUUID `db:"hidden_id"`
	Public   bool          `db:"public"` // everybody may see it
}

// selectSubject finds the subject with an id, whatever its type.
var selectSubject = func() string {
	var parts []string
	for t, n := range nouns {
		parts = append(parts, `select '`+string(t)+`', x.id, `+n.row+` from `+n.table+` x `+n.from+` where x.id = $1`)
	}
	slices.Sort(parts)
	return `with s (subject_type, subject_id, centre_id, team_id, ngo_id, person_id, hidden_id, public) as (` +
		strings.Join(parts, ` union all `) + `) select ` + subjectColumns + `, hidden_id, public from s`
}()

// find reads a subject that the actor may see. Codes: NOT_FOUND in the field.
func find(ctx context.Context, tx *sqlx.Tx, a *auth.Actor, id uuid.UUID, field string) (*standing, error) {
	var found []*standing
	err := tx.SelectContext(ctx, &found, selectSubject, id)
	if err == nil && (len(found) == 0 || !found[0].seenBy(a)) {
		err = fault.Missing(field)
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// lock is find with the subject locked, so that others can neither hide nor show it until the transaction ends.
func lock(ctx context.Context, tx *sqlx.Tx, a *auth.Actor, id uuid.UUID, field string) (*standing, error) {
	s, err := find(ctx, tx, a, id, field)
	if err != nil {
		return nil, err
	}
	if err := s.lock(ctx, tx); err != nil {
		return nil, err
	}
	return find(ctx, tx, a, id, field)
}

func (s *Subject) lock(ctx context.Context, tx *sqlx.Tx) error {
	_, err := tx.ExecContext(ctx, `select from `+nouns[s.SubjectType].table+` where id = $1 for no key update`, s.SubjectID)
	return err
}

// hide hides a locked subject and what belongs to it, except what is hidden already.
func (s *Subject) hide(ctx context.Context, tx *sqlx.Tx, decision uuid.UUID) error {
	n := nouns[s.SubjectType]
	if _, err := tx.ExecContext(ctx, `update `+n.table+` set hidden_id = $2 where id = $1`, s.SubjectID, decision); err != nil {
		return err
	}
	for _, b := range n.with {
		_, err := tx.ExecContext(ctx, `update `+b.table+` set hidden_id = $2 where `+b.column+` = $1 and hidden_id is null`, s.SubjectID, decision)
		if err != nil {
			return err
		}
	}
	return nil
}

// show ends what a decision hid: a locked subject and what belongs to it. Parts of something that is hidden itself stay hidden.
func (s *Subject) show(ctx context.Context, tx *sqlx.Tx, decision uuid.UUID) error {
	n := nouns[s.SubjectType]
	if _, err := tx.ExecContext(ctx, `update `+n.table+` set hidden_id = `+n.under+` where id = $1`, s.SubjectID); err != nil {
		return err
	}
	for _, b := range n.with {
		_, err := tx.ExecContext(ctx, `update `+b.table+` set hidden_id = (select hidden_id from `+n.table+` where id = $1)
			where `+b.column+` = $1 and hidden_id = $2`, s.SubjectID, decision)
		if err != nil {
			return err
		}
	}
	return nil
}

// touched returns the shifts that are hidden and shown with the subject, or that lose a lead while it is suspended.
func (s *Subject) touched() notice.Touched {
	switch s.SubjectType {
	case AboutShift:
		return notice.OneShift(s.SubjectID)
	case AboutTask:
		return notice.ShiftsOfTask(s.SubjectID)
	case AboutTeam:
		return notice.ShiftsOfTeam(s.SubjectID)
	case AboutNgo:
		return notice.ShiftsOfNgo(s.SubjectID)
	case AboutPerson:
		return notice.ShiftsLedBy(s.SubjectID)
	}
	return notice.Touched{}
}

// concerns reports whether it belongs to the actor, or to a team or NGO that the actor leads.
func (s *Subject) concerns(a *auth.Actor) bool {
	return a.Is(s.PersonID.UUID) || a.LeadsTeam(s.TeamID.UUID, s.NgoID.UUID)
}

// own reports whether the actor is too close to it to decide, as its owner or a member of its team.
func (s *Subject) own(a *auth.Actor) bool {
	return a.Is(s.PersonID.UUID) || a.InTeam(s.TeamID.UUID, s.NgoID.UUID)
}

// moderated reports whether the actor is responsible for it.
func (s *Subject) moderated(a *auth.Actor) bool {
	return a.IsOfficer() || s.CentreID.Valid && a.Coordinates(s.CentreID.UUID)
}

func (s *standing) seenBy(a *auth.Actor) bool { return s.Public || s.concerns(a) || s.moderated(a) }

// refuseModerator returns why the actor may not decide about it.
func (s *Subject) refuseModerator(a *auth.Actor) fault.Code {
	otherwise := fault.NotOfficer
	if s.CentreID.Valid {
		otherwise = fault.NotYourCentre
	}
	return cmp.Or(rule.OnlyFor(a, s.moderated, otherwise), fault.When(s.own(a), fault.OwnCase))
}

// subjectColumns are the columns of Subject, as the tables name them.
const subjectColumns = `subject_type, subject_id, centre_id, team_id, ngo_id, person_id`

// addOthers leaves out subjects that are the actor's own.
func addOthers(q *postgres.Query, a *auth.Actor) {
	q.Where(`person_id is distinct from ?`, a.PersonID)
	q.Where(`coalesce(team_id = any(?), false) = false`, postgres.IDs(a.Teams))
	q.Where(`coalesce(ngo_id = any(?), false) = false`, postgres.IDs(a.Ngos))
}

// Package progress is updates about what happened on a task.
package progress

import (
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
	"jastarhub/internal/paging"
	"jastarhub/internal/photo"
	"jastarhub/internal/task"
)

// ProgressUpdate is an update about what happened on a task.
type ProgressUpdate struct {
	ID          uuid.UUID     `db:"id"`
	TaskID      uuid.UUID     `db:"task_id"`
	AuthorID    uuid.UUID     `db:"author_id"`
	Text        string        `db:"text"`
	Language    lang.Language `db:"language"`
	Percent     *int          `db:"percent"`
	LowerReason *string       `db:"lower_reason"`
	CreatedAt   time.Time     `db:"created_at"`

	TeamID   uuid.UUID     `db:"team_id"`   // the task's
	NgoID    uuid.UUID     `db:"ngo_id"`    // the task's
	CentreID uuid.UUID     `db:"centre_id"` // the task's
	HiddenID uuid.NullUUID `db:"hidden_id"` // the decision by which it, or its task, is hidden
}

// Visible reports whether the actor may see the update: everybody may, unless it is hidden.
func (u *ProgressUpdate) Visible(a *auth.Actor) bool {
	return !u.HiddenID.Valid || a.Oversees(u.TeamID, u.NgoID, u.CentreID)
}

// ProgressUpdateConnection is a page of updates.
type ProgressUpdateConnection = paging.Connection[ProgressUpdate]

// ProgressUpdateEdge is an update with its place in a list.
type ProgressUpdateEdge = paging.Edge[ProgressUpdate]

// ProgressPayload is what a mutation created.
type ProgressPayload struct{ Update *ProgressUpdate }

type PostProgressPayload = ProgressPayload

// PostProgressInput is a new update.
type PostProgressInput struct {
	TaskID      uuid.UUID
	Text        string
	Language    lang.Language
	Percent     *int
	LowerReason *string
	Results     []task.ResultInput
	Photos      *photo.PhotosInput
}

func (in *PostProgressInput) validate() error {
	var c fault.Check
	c.Text("text", &in.Text, 3, 4000)
	if in.Percent != nil {
		c.Between("percent", *in.Percent, 0, 100)
	}
	if in.LowerReason != nil {
		c.Text("lowerReason", in.LowerReason, 3, 1000)
	}
	task.CheckResults(&c, in.Results)
	in.Photos.Check(&c, photo.MostOfTask)
	return c.Err()
}

package task

import (
	"fmt"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/geo"
	"jastarhub/internal/lang"
	"jastarhub/internal/ngo"
	"jastarhub/internal/photo"
	"jastarhub/internal/shift"
	"jastarhub/internal/work"
)

// TaskFilter selects which tasks a list holds; its conditions are combined with "and".
type TaskFilter struct {
	DistrictID   *uuid.UUID
	CentreID     *uuid.UUID
	TeamID       *uuid.UUID
	Focus        *ngo.Focus
	WorkClass    []work.WorkClass
	States       []TaskState
	From         *time.Time
	To           *time.Time
	FreeSeats    bool
	AllowedForMe bool
	Near         *geo.NearInput
	Text         *string
}

func (f *TaskFilter) validate(a *auth.Actor) error {
	if f.AllowedForMe && a == nil {
		return fault.New(fault.Unauthenticated)
	}
	var c fault.Check
	if f.Text != nil {
		c.Text("filter.text", f.Text, 3, 100)
	}
	if f.Near != nil {
		f.Near.Check(&c, "filter.near")
	}
	if f.From != nil && f.To != nil {
		c.That(f.To.After(*f.From), "filter.to", "must be after from")
	}
	return c.Err()
}

const youngest, oldest = 14, 35

// mostShifts is how many shifts a task can be created with.
const mostShifts = 20

// CreateTaskInput is a new task.
type CreateTaskInput struct {
	TeamID      uuid.UUID
	Title       string
	Description string
	Language    lang.Language
	DistrictID  *uuid.UUID
	Place       *string
	Point       *geo.Point
	MinAge      *int
	WorkClass   work.WorkClass
	Shifts      []shift.NewShiftInput
}

func (in *CreateTaskInput) validate(now time.Time) error {
	var c fault.Check
	c.Name("title", &in.Title, 5, 120)
	c.Text("description", &in.Description, 10, 4000)
	c.OptionalText("place", &in.Place, 200)
	in.Point.Check(&c, "point")
	if in.MinAge != nil {
		c.Between("minAge", *in.MinAge, youngest, oldest)
	}
	c.Items("shifts", len(in.Shifts), mostShifts)
	for i := range min(len(in.Shifts), mostShifts) {
		in.Shifts[i].Check(&c, fmt.Sprintf("shifts.%d.", i), now)
	}
	return c.Err()
}

// UpdateTaskInput has the changes to a task.
type UpdateTaskInput struct {
	ID          uuid.UUID
	Title       *string
	Description *string
	Language    *lang.Language
	Place       graphql.Omittable[*string]
	Point       graphql.Omittable[*geo.Point]
	MinAge      graphql.Omittable[*int]
	WorkClass   *work.WorkClass
}

// apply applies the changes to the task and checks the result.
func (in *UpdateTaskInput) apply(t *Task) error {
	var c fault.Check
	if in.Title != nil {
		t.Title = *in.Title
		c.Name("title", &t.Title, 5, 120)
	}
	if in.Description != nil {
		t.Description = *in.Description
		c.Text("description", &t.Description, 10, 4000)
	}
	if in.Language != nil {
		t.Language = *in.Language
	}
	if place, given := in.Place.ValueOK(); given {
		t.Place = place
		c.OptionalText("place", &t.Place, 200)
	}
	if point, given := in.Point.ValueOK(); given {
		point.Check(&c, "point")
		t.Columns = geo.ColumnsOf(point)
	}
	if age, given := in.MinAge.ValueOK(); given {
		c.That(t.State == Draft, "minAge", "can be changed only while the task is a draft")
		if t.MinAge = age; age != nil {
			c.Between("minAge", *age, youngest, oldest)
		}
	}
	if in.WorkClass != nil {
		c.That(t.State == Draft, "workClass", "can be changed only while the task is a draft")
		t.WorkClass = *in.WorkClass
	}
	return c.Err()
}

// AdoptProposalInput adopts a proposal.
type AdoptProposalInput struct {
	ProposalID uuid.UUID
	TeamID     uuid.UUID
}

// ByID names the task of a mutation that needs nothing else.
type ByID struct{ ID uuid.UUID }

// Inputs of one id.
type (
	OpenTaskInput  = ByID
	StartTaskInput = ByID
)

// ClaimDoneInput states that the work is done.
type ClaimDoneInput struct {
	ID            uuid.UUID
	Words         string
	Results       []ResultInput
	NoPhotoReason *string
	CancelShifts  bool
	Photos        *photo.PhotosInput
}

func (in *ClaimDoneInput) validate() error {
	var c fault.Check
	c.Text("words", &in.Words, 3, 1000)
	CheckResults(&c, in.Results)
	if in.NoPhotoReason != nil {
		c.Text("noPhotoReason", in.NoPhotoReason, 3, 1000)
	}
	in.Photos.Check(&c, photo.MostOfTask)
	return c.Err()
}

// VerifyTaskInput confirms that the work is done.
type VerifyTaskInput struct {
	ID    uuid.UUID
	Words *string
}

func (in *VerifyTaskInput) validate() error {
	var c fault.Check
	c.OptionalText("words", &in.Words, 1000)
	return c.Err()
}

// DisputeResultInput states what is wrong with a result.
type DisputeResultInput struct {
	ID     uuid.UUID
	Reason string
}

func (in *DisputeResultInput) validate() error {
	var c fault.Check
	c.Text("reason", &in.Reason, 10, 1000)
	return c.Err()
}

// WithReason names a task, and the reason.
type WithReason struct {
	ID     uuid.UUID
	Reason string
}

// Inputs that need a reason.
type (
	SendBackInput   = WithReason
	CancelTaskInput = WithReason
)

func (in *WithReason) validate() error {
	var c fault.Check
	c.Text("reason", &in.Reason, 3, 1000)
	return c.Err()
}

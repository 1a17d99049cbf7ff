package hours

import (
	"fmt"

	"github.com/google/uuid"

	"jastarhub/internal/fault"
	"jastarhub/internal/paging"
)

// ApproveHoursInput confirms that people were there as attendance says. The reason is required where a verdict is changed.
type ApproveHoursInput struct {
	IDs    []uuid.UUID
	Reason *string
}

// RejectHoursInput says that nothing counts.
type RejectHoursInput struct {
	IDs    []uuid.UUID
	Reason string
}

// AdjustHoursInput sets what counts instead.
type AdjustHoursInput struct {
	Rows   []AdjustedHoursInput
	Reason string
}

// AdjustedHoursInput is one row of it.
type AdjustedHoursInput struct {
	ID      uuid.UUID
	Minutes int
}

func (in *ApproveHoursInput) validate() error {
	var c fault.Check
	c.Between("ids", len(in.IDs), 1, paging.Most)
	c.OptionalText("reason", &in.Reason, 1000)
	return c.Err()
}

func (in *RejectHoursInput) validate() error {
	var c fault.Check
	c.Between("ids", len(in.IDs), 1, paging.Most)
	c.Text("reason", &in.Reason, 3, 1000)
	return c.Err()
}

// In minutes.
const (
	step = 5
	day  = 24 * 60
)

func (in *AdjustHoursInput) validate() error {
	var c fault.Check
	c.Between("rows", len(in.Rows), 1, paging.Most)
	for i, row := range in.Rows {
		at := fmt.Sprintf("rows.%d.minutes", i)
		c.Between(at, row.Minutes, step, day)
		c.That(row.Minutes%step == 0, at, "must be in steps of 5")
	}
	c.Text("reason", &in.Reason, 3, 1000)
	return c.Err()
}

func (in *AdjustHoursInput) ids() []uuid.UUID {
	ids := make([]uuid.UUID, len(in.Rows))
	for i, row := range in.Rows {
		ids[i] = row.ID
	}
	return ids
}

// minutes returns the minutes of each row; where one comes twice, the last counts.
func (in *AdjustHoursInput) minutes() map[uuid.UUID]int {
	minutes := make(map[uuid.UUID]int, len(in.Rows))
	for _, row := range in.Rows {
		minutes[row.ID] = row.Minutes
	}
	return minutes
}

// HoursFilter is what hours are wanted; all conditions must hold.
type HoursFilter struct{ States []HoursState }

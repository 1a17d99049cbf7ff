package progress

import (
	"testing"

	"github.com/google/uuid"

	"jastarhub/internal/auth/who"
)

func TestWhoSeesAnUpdate(t *testing.T) {
	update := &ProgressUpdate{TeamID: who.Team, NgoID: who.Ngo, CentreID: who.Centre}
	who.Only(t, "an update", update.Visible, who.All()...)
	update.HiddenID = uuid.NullUUID{UUID: uuid.New(), Valid: true}
	who.Only(t, "a hidden update", update.Visible, who.Lead, who.NgoLead, who.Coordinator, who.Officer)
}

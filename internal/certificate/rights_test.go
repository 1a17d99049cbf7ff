package certificate

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
)

func TestWhoSeesAndRevokes(t *testing.T) {
	ofOneCentre := &Certificate{PersonID: who.Person, CentreID: uuid.NullUUID{UUID: who.Centre, Valid: true}}
	ofSeveral := &Certificate{PersonID: who.Person}
	who.Only(t, "hours of one centre", ofOneCentre.Visible, who.Owner, who.Coordinator, who.Officer)
	who.Only(t, "hours of several centres", ofSeveral.Visible, who.Owner, who.Officer)
	who.Codes(t, "revoking, hours of one centre", ofOneCentre.refuse, map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated,
		who.Coordinator: "", who.Officer: "", who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre})
	who.Codes(t, "revoking, hours of several centres", ofSeveral.refuse, map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated,
		who.Officer: "", who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre})
	ofOneCentre.RevokedAt = new(time.Now())
	who.Codes(t, "revoking what is revoked", ofOneCentre.refuse, map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated,
		who.Coordinator: fault.WrongState, who.Officer: fault.WrongState, who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre})
}

// TestTheCentreOfNone: hours of several centres are nobody's, not those of a coordinator for a centre without an id.
func TestTheCentreOfNone(t *testing.T) {
	a := who.Coordinator.Get()
	a.Centres = []uuid.UUID{uuid.Nil}
	if (&Certificate{}).Visible(a) {
		t.Error("seen")
	}
}

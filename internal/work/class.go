// Package work is the classes of work, and which of them the law closes to people under 18.
package work

import (
	"slices"

	"jastarhub/internal/almaty"
)

// WorkClass is the kind of work in a task.
type WorkClass string

// The classes.
const (
	Light             WorkClass = "LIGHT"
	Standard          WorkClass = "STANDARD"
	Heavy             WorkClass = "HEAVY"
	Hazardous         WorkClass = "HAZARDOUS"
	EmergencyAid      WorkClass = "EMERGENCY_AID"
	OffenderAid       WorkClass = "OFFENDER_AID"
	PublicFundraising WorkClass = "PUBLIC_FUNDRAISING"
)

// AdultsOnly are the classes that the law closes to people under 18: Law of the RK 42-VI on volunteer activity, art. 12.
var AdultsOnly = []WorkClass{Heavy, Hazardous, EmergencyAid, OffenderAid, PublicFundraising}

// AdultsOnly reports whether the law closes the class to people under 18.
func (w WorkClass) AdultsOnly() bool { return slices.Contains(AdultsOnly, w) }

// Contradicts reports whether the minimum age would admit people for whom the law closes the class.
func (w WorkClass) Contradicts(minAge *int) bool {
	return w.AdultsOnly() && (minAge == nil || *minAge < almaty.Adult)
}

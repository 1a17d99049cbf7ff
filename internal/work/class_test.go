package work

import "testing"

// TestAgeOfTheLaw: the law closes these classes to people under 18, so a task of them for younger people contradicts itself.
func TestAgeOfTheLaw(t *testing.T) {
	seventeen, eighteen := 17, 18
	for class, adultsOnly := range map[WorkClass]bool{Light: false, Standard: false,
		Heavy: true, Hazardous: true, EmergencyAid: true, OffenderAid: true, PublicFundraising: true} {
		if got := class.AdultsOnly(); got != adultsOnly {
			t.Errorf("%s is for adults only: %v", class, got)
		}
		for _, c := range []struct {
			minAge *int
			want   bool
		}{{nil, adultsOnly}, {&seventeen, adultsOnly}, {&eighteen, false}} {
			if got := class.Contradicts(c.minAge); got != c.want {
				t.Errorf("%s contradicts the minimum age %v: %v", class, c.minAge, got)
			}
		}
	}
}

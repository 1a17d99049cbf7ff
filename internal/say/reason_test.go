package say

import (
	"testing"

	"jastarhub/internal/lang"
)

func TestReason(t *testing.T) {
	for _, own := range []string{WorkDone, ConsentWithdrawn, CancelledByHub, AccountDeleted} {
		for l := range tags {
			if said := Reason(l, &own); (*said == own) != (l == lang.English && own != ConsentWithdrawn) {
				t.Errorf("%q in %s: %q", own, l, *said)
			}
		}
	}
	written := "Дауыл."
	if said := Reason(lang.Russian, &written); *said != written || Reason(lang.Kazakh, nil) != nil {
		t.Errorf("what a person wrote: %q", *said)
	}
}

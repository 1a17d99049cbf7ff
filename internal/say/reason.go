package say

import (
	"embed"

	"jastarhub/internal/lang"
)

// The reasons that the hub itself gives. They are stored as they stand here, beside the reasons that people write, and Reason
// translates them for whoever reads them.
const (
	WorkDone         = "The work is done."
	ConsentWithdrawn = "The guardian's consent was withdrawn."
	CancelledByHub   = "The hub cancelled the sign-up."
	AccountDeleted   = "The account was deleted."
)

//go:embed words.json
var reasonsFile embed.FS

var reasons = Words(reasonsFile, "words.json")

// Reason returns a stored reason in a language if it is one of the hub's own; what people wrote is returned as it is.
func Reason(l lang.Language, stored *string) *string {
	if stored == nil {
		return nil
	}
	if words, own := reasons[l][*stored]; own {
		return &words
	}
	return stored
}

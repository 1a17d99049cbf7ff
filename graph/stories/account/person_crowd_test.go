package account

import (
	"testing"

	"jastarhub/graph/stories/hub"
)

func TestCrowdHasSignedIn(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	for _, who := range h.Crowd(2) {
		who.Must(`{ viewer { id } }`).Shows("viewer.id", who.ID)
	}
}

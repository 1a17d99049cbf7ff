package walks

import (
	"testing"

	"jastarhub/graph/stories/hub"
)

func TestStatementsAreCounted(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	for query, want := range map[string]int{`{ __typename }`: 0, `{ districts { code } }`: 1, `{ viewer { id } }`: 0} {
		if got := h.Visitor().Must(query).Took(); got != want {
			t.Errorf("%s: %d statements, want %d", query, got, want)
		}
	}
}

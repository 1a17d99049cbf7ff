package rights

import (
	"jastarhub/graph/stories/hub"
)

// double returns somebody else in place of the signed-in person, to be erased instead.
func double(w *hub.World, who *hub.Caller) *hub.Caller {
	if who.Token == "" {
		return who
	}
	return w.Known(1)[0]
}

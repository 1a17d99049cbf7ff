package signup

import (
	"jastarhub/graph/stories/hub"
)

// inState returns the sign-ups of a shift in a state, in the order of signing up.
func inState(h *hub.Hub, shift, state string) (signups []string) {
	h.T.Helper()
	if err := h.DB.Select(&signups, `select id from signups where shift_id = $1 and state = $2 order by line`, shift, state); err != nil {
		h.T.Fatal(err)
	}
	return signups
}

// runOut lets one offer expire, before others.
func runOut(h *hub.Hub, signup string) {
	h.T.Helper()
	h.Exec(`update signups set offer_expires_at = now() - interval '1 second' where id = $1`, signup)
}

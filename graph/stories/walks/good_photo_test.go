package walks

import (
	"jastarhub/graph/stories/hub"
)

// showing adds a photo of the lead's to an input about a task; it shows a minor who came and whose guardian has consented.
func showing(w *hub.World, in hub.Vars, field string) hub.Vars {
	w.T.Helper()
	task, minor := w.PutTask("IN_PROGRESS"), w.Crowd(1)[0]
	w.Aged(minor, 15)
	w.PutConsent(minor.ID, "PHOTO", "GIVEN", "", "")
	w.PutSignup(minor, w.PutShift(task, "-1 hour", 5), "CHECKED_IN")
	in[field], in["photos"] = task, hub.Vars{"ids": []any{w.PutPhoto(w.Lead)}, "minorsShown": true, "minorIds": []any{minor.ID}}
	return in
}

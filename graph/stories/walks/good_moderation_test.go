package walks

import (
	"jastarhub/graph/stories/hub"
)

func goodModeration(w *hub.World) map[string]hub.Good {
	answer := func(more hub.Vars, id string) hub.Vars {
		more["id"], more["uphold"], more["words"] = id, true, "We looked at it."
		return more
	}
	reporting := w.Reporting("")
	reporting["words"] = "Look at this."
	return map[string]hub.Good{
		"reportContent": {Who: w.Roles["stranger"], In: reporting},
		"answerReport":  {Who: w.Coordinator, In: answer(hub.Vars{}, w.PutReport("OPEN"))},
		"hideContent":   {Who: w.Coordinator, In: w.Hiding("")},
		"showContent":   {Who: w.Coordinator, In: hub.Vars{"id": w.PutDecision("IN_FORCE"), "reason": "A mistake."}},
		"suspendPerson": {Who: w.Officer, In: w.Suspending("")},
		"endSuspension": {Who: w.Officer, In: hub.Vars{"id": w.PutSuspension(""), "reason": "They said sorry."}},
		"appeal":        {Who: w.Roles["author"], In: hub.Vars{"id": w.PutDecision("IN_FORCE"), "text": "It is no spam."}},
		"answerAppeal":  {Who: w.Officer, In: answer(hub.Vars{}, w.PutDecision("APPEALED"))},
	}
}

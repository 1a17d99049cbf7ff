package rights

import (
	"jastarhub/graph/stories/hub"
)

// holder returns the person with a role; for a visitor, the person the input is about.
func holder(w *hub.World, role string) *hub.Caller {
	if who := w.Roles[role]; who != nil && who.ID != "" {
		return who
	}
	return w.Roles["stranger"]
}

func startingFactor(w *hub.World, role string) hub.Vars {
	in := withPassword(w, role)
	in["code"] = w.PutCode(holder(w, role))
	return in
}

func confirmingFactor(w *hub.World, role string) hub.Vars {
	w.PutPending(holder(w, role))
	return hub.Vars{"code": w.CodeOf(hub.FactorSecret)}
}

func renewingCodes(w *hub.World, role string) hub.Vars {
	return hub.Vars{"code": w.PutCode(holder(w, role))}
}

func resettingFactor(w *hub.World, _ string) hub.Vars {
	who := w.Crowd(1)[0]
	w.PutFactor(who)
	return hub.Vars{"person": hub.Vars{"id": who.ID}, "reason": "The phone is lost."}
}

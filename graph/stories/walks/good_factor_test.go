package walks

import (
	"jastarhub/graph/stories/hub"
)

// goodFactors are inputs that are accepted, each from a person of its own.
func goodFactors(w *hub.World) map[string]hub.Good {
	w.T.Helper()
	starter, ender := w.Person("Starter", 20), w.Person("Ender", 20)
	people := w.Crowd(3)
	w.PutPending(people[0])
	w.PutFactor(people[2])
	return map[string]hub.Good{
		"startSecondFactor":   {Who: starter, In: hub.Vars{"password": hub.Password, "code": w.PutCode(starter)}},
		"confirmSecondFactor": {Who: people[0], In: hub.Vars{"code": w.CodeOf(hub.FactorSecret)}},
		"endSecondFactor":     {Who: ender, In: hub.Vars{"password": hub.Password, "code": w.PutCode(ender)}},
		"renewRecoveryCodes":  {Who: people[1], In: hub.Vars{"code": w.PutCode(people[1])}},
		"resetSecondFactor":   {Who: w.Officer, In: hub.Vars{"person": hub.Vars{"id": people[2].ID}, "reason": "The phone is lost."}},
	}
}

package walks

import (
	"jastarhub/graph/stories/hub"
)

func goodPrivacy(w *hub.World) map[string]hub.Good {
	w.T.Helper()
	people := w.Known(2)
	return map[string]hub.Good{
		"requestData":  {Who: people[0], In: hub.Vars{"password": hub.Password, "code": w.PutCode(people[0])}},
		"eraseAccount": {Who: people[1], In: hub.Vars{"password": hub.Password, "code": w.PutCode(people[1])}},
		"erasePerson":  {Who: w.Officer, In: w.Unwanted("")},
	}
}

package walks

import (
	"jastarhub/graph/stories/hub"
)

func goodNotices(w *hub.World) map[string]hub.Good {
	people := w.Crowd(4)
	return map[string]hub.Good{
		"markNoticesRead":      {Who: people[0], In: hub.Vars{"upTo": w.In(1)}},
		"setNoticePreferences": {Who: people[1], In: hub.Vars{"preferences": []any{hub.Vars{"topic": "SHIFTS", "email": "ALL", "telegram": false}}}},
		"linkTelegram":         {Who: people[2], In: w.PutBot("")},
		"unlinkTelegram":       {Who: people[3], In: hub.Vars{"id": w.PutLink(people[3])}},
		"sendAgain":            {Who: w.Officer, In: hub.Vars{"id": w.PutDead()}},
	}
}

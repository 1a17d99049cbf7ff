package walks

import (
	"jastarhub/graph/stories/hub"
)

func goodInvitations(w *hub.World) map[string]hub.Good {
	guest := w.Crowd(1)[0]
	taken := w.PutOffer("TEAM_MEMBER", "SENT")
	w.Exec(`update invitations set email = $2 where id = $1`, taken, guest.ID+"@example.org")
	return map[string]hub.Good{
		"inviteByEmail":      {Who: w.Officer, In: hub.Vars{"email": "guest@example.org", "role": "COORDINATOR", "centreId": w.Centre("MEDEU-1"), "language": "RU"}},
		"withdrawInvitation": {Who: w.Officer, In: hub.Vars{"id": w.PutOffer("CONSULTANT", "SENT"), "reason": "A mistake."}},
		"acceptInvitation":   {Who: guest, In: hub.Vars{"token": w.LinkOf(taken)}},
	}
}

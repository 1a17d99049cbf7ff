package rights

import (
	"github.com/google/uuid"

	"jastarhub/graph/stories/hub"
)

// offering returns an invitation of somebody new.
func offering(role string) func(*hub.World, string) hub.Vars {
	return func(w *hub.World, _ string) hub.Vars {
		in := anyAddress(w, "")
		in["role"] = role
		switch role {
		case "CONSULTANT":
			in["centreId"] = w.Centre("AUEZOV-1")
		case "NGO_LEAD":
			in["ngoId"] = w.Ngo
		case "TEAM_LEAD":
			in["teamId"] = w.Team
		}
		return in
	}
}

// offered returns an invitation that waits.
func offered(role string) func(*hub.World, string) hub.Vars {
	return func(w *hub.World, _ string) hub.Vars { return hub.Vars{"id": w.PutOffer(role, "SENT")} }
}

// invited returns the link to a team that was emailed to the role; a visitor's is somebody else's.
func invited(w *hub.World, role string) hub.Vars {
	id := w.PutOffer("TEAM_MEMBER", "SENT")
	w.Exec(`update invitations set team_id = $2 where id = $1`, id, w.PutTeam())
	if who := w.Roles[role]; who.ID != "" {
		w.Exec(`update invitations set email = (select email from people where id = $2) where id = $1`, id, uuid.MustParse(who.ID))
	}
	return hub.Vars{"token": w.LinkOf(id)}
}

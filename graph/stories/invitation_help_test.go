package stories

import (
	"crypto/sha256"
	"encoding/base64"

	"github.com/google/uuid"

	"jastarhub/internal/postgres"
)

// offering returns an invitation of somebody new.
func offering(role string) func(*world, string) vars {
	return func(w *world, _ string) vars {
		in := w.anyAddress("")
		in["role"] = role
		switch role {
		case "CONSULTANT":
			in["centreId"] = w.centre("AUEZOV-1")
		case "NGO_LEAD":
			in["ngoId"] = w.ngo
		case "TEAM_LEAD":
			in["teamId"] = w.team
		}
		return in
	}
}

// offered returns an invitation that waits.
func offered(role string) func(*world, string) vars {
	return func(w *world, _ string) vars { return vars{"id": w.putOffer(role, "SENT")} }
}

// invited returns the link to a team that was emailed to the role; a visitor's is somebody else's.
func (w *world) invited(role string) vars {
	id := w.putOffer("TEAM_MEMBER", "SENT")
	w.exec(`update invitations set team_id = $2 where id = $1`, id, w.putTeam())
	if who := w.roles[role]; who.id != "" {
		w.exec(`update invitations set email = (select email from people where id = $2) where id = $1`, id, uuid.MustParse(who.id))
	}
	return vars{"token": w.linkOf(id)}
}

// putOffer adds an invitation from somebody who may send it: an officer, or the lead of the NGO and so of the team.
func (w *world) putOffer(role, state string) (id string) {
	id = postgres.NewID().String()
	hash := sha256.Sum256(secretOf(id))
	by := w.officer
	if role != "CONSULTANT" {
		by = w.ngoLead
	}
	w.exec(`insert into invitations (id, token_hash, email, role, centre_id, ngo_id, team_id, state, invited_by, created_at, expires_at, ended_at)
		values ($1, $2, $3, $4::invited_role, case when $4 = 'CONSULTANT' then $5::uuid end, case when $4 = 'NGO_LEAD' then $6::uuid end,
			case when $4 in ('TEAM_LEAD', 'TEAM_MEMBER') then $7::uuid end, $8::invitation_state, $9, now() - interval '1 day', now() + interval '6 days',
			case when $8 <> 'SENT' then now() - interval '1 hour' end)`,
		id, hash[:], id+"@example.org", role, w.centre("AUEZOV-1"), w.ngo, w.team, state, by.id)
	return id
}

// linkOf returns the token in the link of an invitation that putOffer made.
func (w *world) linkOf(id string) string { return base64.RawURLEncoding.EncodeToString(secretOf(id)) }

func secretOf(id string) []byte {
	secret := sha256.Sum256([]byte(id))
	return secret[:]
}

func (w *world) goodInvitations() map[string]good {
	guest := w.crowd(1)[0]
	taken := w.putOffer("TEAM_MEMBER", "SENT")
	w.exec(`update invitations set email = $2 where id = $1`, taken, guest.id+"@example.org")
	return map[string]good{
		"inviteByEmail":      {w.officer, vars{"email": "guest@example.org", "role": "COORDINATOR", "centreId": w.centre("MEDEU-1"), "language": "RU"}},
		"withdrawInvitation": {w.officer, vars{"id": w.putOffer("CONSULTANT", "SENT"), "reason": "A mistake."}},
		"acceptInvitation":   {guest, vars{"token": w.linkOf(taken)}},
	}
}

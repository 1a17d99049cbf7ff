package hub

import (
	"crypto/sha256"
	"encoding/base64"

	"jastarhub/internal/postgres"
)

// PutOffer adds an invitation from somebody who may send it: an officer, or the lead of the NGO and so of the team.
func (w *World) PutOffer(role, state string) (id string) {
	id = postgres.NewID().String()
	hash := sha256.Sum256(secretOf(id))
	by := w.Officer
	if role != "CONSULTANT" {
		by = w.NgoLead
	}
	w.Exec(`insert into invitations (id, token_hash, email, role, centre_id, ngo_id, team_id, state, invited_by, created_at, expires_at, ended_at)
		values ($1, $2, $3, $4::invited_role, case when $4 = 'CONSULTANT' then $5::uuid end, case when $4 = 'NGO_LEAD' then $6::uuid end,
			case when $4 in ('TEAM_LEAD', 'TEAM_MEMBER') then $7::uuid end, $8::invitation_state, $9, now() - interval '1 day', now() + interval '6 days',
			case when $8 <> 'SENT' then now() - interval '1 hour' end)`,
		id, hash[:], id+"@example.org", role, w.Centre("AUEZOV-1"), w.Ngo, w.Team, state, by.ID)
	return id
}

// LinkOf returns the token in the link of an invitation that putOffer made.
func (w *World) LinkOf(id string) string { return base64.RawURLEncoding.EncodeToString(secretOf(id)) }

func secretOf(id string) []byte {
	secret := sha256.Sum256([]byte(id))
	return secret[:]
}

const (
	InvitationFields = `invitation { id email role state centre { code } ngo { id } team { id } by { id } endedAt
		history { nodes { verb fromState toState actingAs words by { id } } } availableActions { action allowed reason } }`
	OfferQuery = `query($token: String!) { invitation(token: $token) { email role centre { code } ngo { id } team { id } } }`
	invitedTo  = "You are invited to Jastar Hub"
)

// Invite lets somebody invite an address, and reads the link's token in the email.
func (c *City) Invite(who *Caller, address, role string, more Vars) (id, token string) {
	c.T.Helper()
	c.Mails()
	in := Vars{"email": address, "role": role, "language": "EN"}
	for name, value := range more {
		in[name] = value
	}
	id = who.Do("inviteByEmail", in, "invitation { id }").Str("inviteByEmail.invitation.id")
	return id, c.Letter(address, invitedTo)
}

// Registers makes an account with an invitation's token, and returns the answer.
func (h *Hub) Registers(address, born, token string) *Answer {
	h.T.Helper()
	return h.Visitor().Ask(Document("register", "token person { id emailVerified grants { role } memberships { totalCount } }"), Vars{"in": Vars{
		"email": address, "password": Password, "givenName": "Guest", "familyName": "Testova", "birthDate": born, "invitationToken": token}})
}

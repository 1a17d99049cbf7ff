package walks

import (
	"jastarhub/graph/stories/hub"
	"jastarhub/internal/postgres"
)

// goodAccounts are inputs that are accepted, each from a person of its own.
func goodAccounts(w *hub.World) map[string]hub.Good {
	w.T.Helper()
	people := w.Crowd(3)
	mover, keeper := w.Person("Mover", 20), w.Person("Keeper", 20)
	session := postgres.NewID()
	w.Exec(`insert into sessions (id, token_hash, person_id, created_at, last_seen_at) values ($1, $2, $3, now(), now())`,
		session, session[:], people[2].ID)
	return map[string]hub.Good{
		"verifyEmail":          {Who: people[0], In: hub.Vars{"token": w.PutToken(people[0], "VERIFY_EMAIL")}},
		"resetPassword":        {Who: w.Visitor(), In: hub.Vars{"token": w.PutToken(people[1], "RESET_PASSWORD"), "password": "another good one"}},
		"requestPasswordReset": {Who: w.Visitor(), In: hub.Vars{"email": "lead@example.org"}},
		"changeEmail":          {Who: mover, In: hub.Vars{"email": "moved@example.org", "password": hub.Password}},
		"changePassword":       {Who: keeper, In: hub.Vars{"password": hub.Password, "newPassword": "another good one"}},
		"updateProfile":        {Who: people[2], In: hub.Vars{"givenName": "Ая", "familyName": "Жаңа", "language": "KK", "districtId": w.District("AUEZOV")}},
		"endSession":           {Who: people[2], In: hub.Vars{"id": session.String()}},
		"unlinkIdentity":       {Who: keeper, In: hub.Vars{"id": w.PutIdentity(keeper)}},
	}
}

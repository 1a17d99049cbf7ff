package rights

import (
	"maps"
	"strings"
	"time"

	"github.com/google/uuid"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/postgres"
)

// fixed returns an input that needs no object.
func fixed(in hub.Vars) func(*hub.World, string) hub.Vars {
	return func(*hub.World, string) hub.Vars { return in }
}

// by puts an object into a state and names it in the input.
func by(put func(*hub.World, string) string, state string, more hub.Vars) func(*hub.World, string) hub.Vars {
	return func(w *hub.World, _ string) hub.Vars {
		in := hub.Vars{"id": put(w, state)}
		maps.Copy(in, more)
		return in
	}
}

func freshAccount(w *hub.World, _ string) hub.Vars {
	return hub.Vars{"email": strings.ToLower(postgres.NewID().String()) + "@example.org", "password": hub.Password, "givenName": "Ая",
		"familyName": "Жаңа", "birthDate": "2000-05-09"}
}

// linked returns the token of a link that was emailed to somebody, whoever opens it.
func linked(purpose string, more hub.Vars) func(*hub.World, string) hub.Vars {
	return func(w *hub.World, _ string) hub.Vars {
		in := hub.Vars{"token": w.PutToken(w.Crowd(1)[0], purpose)}
		maps.Copy(in, more)
		return in
	}
}

// ownLink returns the token of a link that was emailed to the person.
func ownLink(w *hub.World, _ string) hub.Vars {
	return hub.Vars{"token": w.PutToken(w.Roles["person"], "VERIFY_EMAIL")}
}

func anyAddress(w *hub.World, _ string) hub.Vars {
	return hub.Vars{"email": postgres.NewID().String() + "@example.org"}
}

// withPassword gives the person with a role everybody's password, and puts it into the input.
func withPassword(w *hub.World, role string) hub.Vars {
	if who := w.Roles[role]; who != nil && who.ID != "" {
		w.Exec(`update people set password_hash = (select password_hash from people where email = 'lead@example.org') where id = $1`,
			uuid.MustParse(who.ID))
	}
	return hub.Vars{"password": hub.Password}
}

func anotherAddress(w *hub.World, role string) hub.Vars {
	in := withPassword(w, role)
	in["email"] = postgres.NewID().String() + "@example.org"
	return in
}

func anotherPassword(w *hub.World, role string) hub.Vars {
	in := withPassword(w, role)
	in["newPassword"] = hub.Password
	return in
}

func ownSession(w *hub.World, role string) hub.Vars {
	who := w.Roles[role]
	if who == nil || who.ID == "" {
		who = w.Roles["stranger"]
	}
	id := postgres.NewID()
	w.Exec(`insert into sessions (id, token_hash, person_id, created_at, last_seen_at) values ($1, $2, $3, now(), now())`,
		id, []byte(id.String()), uuid.MustParse(who.ID))
	return hub.Vars{"id": id.String()}
}

// ownIdentity returns an identity of the person, who has another.
func ownIdentity(w *hub.World, _ string) hub.Vars {
	w.PutIdentity(w.Roles["person"])
	return hub.Vars{"id": w.PutIdentity(w.Roles["person"])}
}

// scoped adds the scope of a role to an input.
func scoped(w *hub.World, role string, in hub.Vars) hub.Vars {
	in["role"] = role
	switch role {
	case "CONSULTANT":
		in["centreId"] = w.Centre("AUEZOV-1")
	case "NGO_LEAD":
		in["ngoId"] = w.Ngo
	}
	return in
}

func giving(role string) func(*hub.World, string) hub.Vars {
	return func(w *hub.World, _ string) hub.Vars {
		return scoped(w, role, hub.Vars{"person": hub.Vars{"id": w.Crowd(1)[0].ID}})
	}
}

// ending returns a grant that somebody holds; a consultant's is the person's, because it gives no rights here.
func ending(role string) func(*hub.World, string) hub.Vars {
	return func(w *hub.World, _ string) hub.Vars {
		return hub.Vars{"id": w.PutGrant(role), "reason": "Moved away."}
	}
}

func ofNgo(w *hub.World, _ string) hub.Vars { return hub.Vars{"id": w.Ngo, "mission": "Green yards."} }

func freshTeam(w *hub.World, _ string) hub.Vars {
	return hub.Vars{"ngoId": w.Ngo, "centreId": w.Centre("AUEZOV-1"), "name": hub.SomeName}
}

func asked(w *hub.World, _ string) hub.Vars { return hub.Vars{"id": w.PutAsked(), "accept": true} }

func joinable(w *hub.World, _ string) hub.Vars { return hub.Vars{"teamId": w.PutTeam()} }

func inviting(w *hub.World, _ string) hub.Vars {
	return hub.Vars{"teamId": w.Team, "personId": w.Crowd(1)[0].ID}
}

func proposing(w *hub.World, _ string) hub.Vars {
	return hub.Vars{"districtId": w.District("AUEZOV"), "title": "Жаңа орындық", "text": "Саябаққа орындық керек."}
}

func reassigning(w *hub.World, _ string) hub.Vars {
	return hub.Vars{"id": w.PutProposal("SUBMITTED"), "centreId": w.Reply}
}

func merging(w *hub.World, _ string) hub.Vars {
	return hub.Vars{"id": w.PutProposal("IN_REVIEW"), "intoId": w.PutProposal("ACCEPTED")}
}

func supported(w *hub.World, role string) hub.Vars {
	id := w.PutProposal("ACCEPTED")
	w.Support(id, role)
	return hub.Vars{"id": id}
}

func adopting(w *hub.World, _ string) hub.Vars {
	return hub.Vars{"proposalId": w.PutProposal("ACCEPTED"), "teamId": w.Team}
}

func posting(w *hub.World, _ string) hub.Vars {
	return hub.Vars{"teamId": w.Team, "title": "Арық тазалау", "description": "Қолғап пен су алып келіңіз."}
}

func telling(w *hub.World, _ string) hub.Vars {
	return hub.Vars{"taskId": w.PutTask("OPEN"), "text": "Half is done."}
}

func adding(state string) func(*hub.World, string) hub.Vars {
	return func(w *hub.World, _ string) hub.Vars {
		return hub.Vars{"taskId": w.PutTask(state), "shift": w.NewShift(3, 90*time.Hour)}
	}
}

func open(w *hub.World, _ string) hub.Vars {
	w.Exec(`delete from signups g where not exists (select from hours where signup_id = g.id) and shift_id in (select id from shifts where starts_at > now() + interval '20 hours')`)
	return hub.Vars{"shiftId": w.PutShift(w.PutTask("OPEN"), "30 hours", 5)}
}

// onShift returns the person's sign-up, the only one.
func onShift(in, state string, more hub.Vars) func(*hub.World, string) hub.Vars {
	return by(func(w *hub.World, state string) string {
		w.ForgetWork(w.Roles["person"])
		w.Exec(`delete from memberships where person_id = $1`, w.Roles["person"].ID)
		return w.PutSignup(w.Roles["person"], w.PutShift(w.PutTask("IN_PROGRESS"), in, 5), state)
	}, state, more)
}

func recording(w *hub.World, _ string) hub.Vars {
	return hub.Vars{"personId": w.Aged(w.Crowd(1)[0], 15).ID, "scopes": []any{"NAME"}, "seenOn": w.Today()}
}

// putGiven adds a consent for the person, the only one.
func putGiven(w *hub.World) string {
	w.Exec(`delete from consents where person_id = $1`, w.Roles["person"].ID)
	return w.PutConsent(w.Roles["person"].ID, "NAME", "GIVEN", "", "")
}

func withdrawing(w *hub.World, _ string) hub.Vars {
	return hub.Vars{"id": putGiven(w), "reason": "The mother came."}
}

// young makes the person with a role 15 years old.
func young(w *hub.World, role string) hub.Vars {
	if who := w.Roles[role]; who != nil && who.ID != "" {
		w.Aged(who, 15)
	}
	return hub.Vars{"guardianEmail": postgres.NewID().String() + "@example.org", "scopes": []any{"NAME"}}
}

package stories

import (
	"maps"
	"strings"
	"time"

	"github.com/google/uuid"
	"jastarhub/internal/grant"

	"jastarhub/internal/postgres"
)

// fixed returns an input that needs no object.
func fixed(in vars) func(*world, string) vars { return func(*world, string) vars { return in } }

// by puts an object into a state and names it in the input.
func by(put func(*world, string) string, state string, more vars) func(*world, string) vars {
	return func(w *world, _ string) vars {
		in := vars{"id": put(w, state)}
		maps.Copy(in, more)
		return in
	}
}

func (w *world) freshAccount(string) vars {
	return vars{"email": strings.ToLower(postgres.NewID().String()) + "@example.org", "password": password, "givenName": "Ая",
		"familyName": "Жаңа", "birthDate": "2000-05-09"}
}

// linked returns the token of a link that was emailed to somebody, whoever opens it.
func linked(purpose string, more vars) func(*world, string) vars {
	return func(w *world, _ string) vars {
		in := vars{"token": w.putToken(w.crowd(1)[0], purpose)}
		maps.Copy(in, more)
		return in
	}
}

// ownLink returns the token of a link that was emailed to the person.
func (w *world) ownLink(string) vars {
	return vars{"token": w.putToken(w.roles["person"], "VERIFY_EMAIL")}
}

func (w *world) anyAddress(string) vars {
	return vars{"email": postgres.NewID().String() + "@example.org"}
}

// withPassword gives the person with a role everybody's password, and puts it into the input.
func (w *world) withPassword(role string) vars {
	if who := w.roles[role]; who != nil && who.id != "" {
		w.exec(`update people set password_hash = (select password_hash from people where email = 'lead@example.org') where id = $1`,
			uuid.MustParse(who.id))
	}
	return vars{"password": password}
}

func (w *world) anotherAddress(role string) vars {
	in := w.withPassword(role)
	in["email"] = postgres.NewID().String() + "@example.org"
	return in
}

func (w *world) anotherPassword(role string) vars {
	in := w.withPassword(role)
	in["newPassword"] = password
	return in
}

func (w *world) ownSession(role string) vars {
	who := w.roles[role]
	if who == nil || who.id == "" {
		who = w.roles["stranger"]
	}
	id := postgres.NewID()
	w.exec(`insert into sessions (id, token_hash, person_id, created_at, last_seen_at) values ($1, $2, $3, now(), now())`,
		id, []byte(id.String()), uuid.MustParse(who.id))
	return vars{"id": id.String()}
}

// ownIdentity returns an identity of the person, who has another.
func (w *world) ownIdentity(string) vars {
	w.putIdentity(w.roles["person"])
	return vars{"id": w.putIdentity(w.roles["person"])}
}

// scoped adds the scope of a role to an input.
func (w *world) scoped(role string, in vars) vars {
	in["role"] = role
	switch role {
	case "CONSULTANT":
		in["centreId"] = w.centre("AUEZOV-1")
	case "NGO_LEAD":
		in["ngoId"] = w.ngo
	}
	return in
}

func giving(role string) func(*world, string) vars {
	return func(w *world, _ string) vars { return w.scoped(role, vars{"person": vars{"id": w.crowd(1)[0].id}}) }
}

// ending returns a grant that somebody holds; a consultant's is the person's, because it gives no rights here.
func ending(role string) func(*world, string) vars {
	return func(w *world, _ string) vars { return vars{"id": w.putGrant(role), "reason": "Moved away."} }
}

func (w *world) putGrant(role string) (id string) {
	holder := w.roles["person"]
	if role == "CONSULTANT" {
		w.exec(`update grants set ended_at = now() where person_id = $1 and ended_at is null`, holder.id)
		w.grant(holder, grant.Consultant, "AUEZOV-1")
	} else {
		holder = w.crowd(1)[0]
		w.grant(holder, grant.Role(role), map[string]string{"NGO_LEAD": w.ngo}[role])
	}
	return w.text(`select id from grants where person_id = $1 and ended_at is null`, holder.id)
}

func (w *world) ofNgo(string) vars { return vars{"id": w.ngo, "mission": "Green yards."} }

func (w *world) freshTeam(string) vars {
	return vars{"ngoId": w.ngo, "centreId": w.centre("AUEZOV-1"), "name": someName}
}

// putTeam adds a team of the NGO, which the lead runs, hosted by a centre where nobody of the tables coordinates.
func (w *world) putTeam() (id string) {
	id = postgres.NewID().String()
	w.exec(`insert into teams (id, ngo_id, name_kk, name_ru, name_en, language, created_at) values ($1, $2, 'Топ', '', '', 'KK', now())`, id, w.ngo)
	w.exec(`insert into hostings (id, team_id, centre_id, state, asked_at, started_at) values ($1, $2, $3, 'ACTIVE', now(), now())`,
		postgres.NewID(), id, w.reply)
	return id
}

func (w *world) moving(string) vars {
	team := w.putTeam()
	w.enrol(w.lead, team, "LEAD")
	w.enrol(w.roles["member"], team, "MEMBER")
	return vars{"teamId": team, "centreId": w.centre("AUEZOV-1")}
}

// putAsked adds a team that asks to move to the coordinator's centre.
func (w *world) putAsked() (hosting string) {
	team := w.moving("")["teamId"]
	hosting = postgres.NewID().String()
	w.exec(`insert into hostings (id, team_id, centre_id, state, asked_at) values ($1, $2, $3, 'REQUESTED', now())`, hosting, team, w.centre("AUEZOV-1"))
	return hosting
}

func (w *world) asked(string) vars { return vars{"id": w.putAsked(), "accept": true} }

func (w *world) joinable(string) vars { return vars{"teamId": w.putTeam()} }

func (w *world) inviting(string) vars { return vars{"teamId": w.team, "personId": w.crowd(1)[0].id} }

func (w *world) proposing(string) vars {
	return vars{"districtId": w.district("AUEZOV"), "title": "Жаңа орындық", "text": "Саябаққа орындық керек."}
}

func (w *world) reassigning(string) vars {
	return vars{"id": w.putProposal("SUBMITTED"), "centreId": w.reply}
}

func (w *world) merging(string) vars {
	return vars{"id": w.putProposal("IN_REVIEW"), "intoId": w.putProposal("ACCEPTED")}
}

func (w *world) answering(string) vars {
	id := w.putProposal("MERGED")
	w.asking(id, "person")
	return vars{"proposalId": id, "move": true}
}

func (w *world) supported(role string) vars {
	id := w.putProposal("ACCEPTED")
	w.support(id, role)
	return vars{"id": id}
}

func (w *world) adopting(string) vars {
	return vars{"proposalId": w.putProposal("ACCEPTED"), "teamId": w.team}
}

func (w *world) posting(string) vars {
	return vars{"teamId": w.team, "title": "Арық тазалау", "description": "Қолғап пен су алып келіңіз."}
}

func (w *world) telling(string) vars {
	return vars{"taskId": w.putTask("OPEN"), "text": "Half is done."}
}

func adding(state string) func(*world, string) vars {
	return func(w *world, _ string) vars {
		return vars{"taskId": w.putTask(state), "shift": w.newShift(3, 90*time.Hour)}
	}
}

// oneMore adds a second shift to a task in the state.
func (w *world) oneMore(state string) string { return w.putShift(w.putTask(state), "60 hours", 5) }

func (w *world) open(string) vars {
	w.exec(`delete from signups g where not exists (select from hours where signup_id = g.id) and shift_id in (select id from shifts where starts_at > now() + interval '20 hours')`)
	return vars{"shiftId": w.putShift(w.putTask("OPEN"), "30 hours", 5)}
}

// onShift returns the person's sign-up, the only one.
func onShift(in, state string, more vars) func(*world, string) vars {
	return by(func(w *world, state string) string {
		w.forgetWork(w.roles["person"])
		w.exec(`delete from memberships where person_id = $1`, w.roles["person"].id)
		return w.putSignup(w.roles["person"], w.putShift(w.putTask("IN_PROGRESS"), in, 5), state)
	}, state, more)
}

func (w *world) recording(string) vars {
	return vars{"personId": w.aged(w.crowd(1)[0], 15).id, "scopes": []any{"NAME"}, "seenOn": today()}
}

// putGiven adds a consent for the person, the only one.
func (w *world) putGiven() string {
	w.exec(`delete from consents where person_id = $1`, w.roles["person"].id)
	return w.putConsent(w.roles["person"].id, "NAME", "GIVEN", "", "")
}

func (w *world) withdrawing(string) vars {
	return vars{"id": w.putGiven(), "reason": "The mother came."}
}

// young makes the person with a role 15 years old.
func (w *world) young(role string) vars {
	if who := w.roles[role]; who != nil && who.id != "" {
		w.aged(who, 15)
	}
	return vars{"guardianEmail": postgres.NewID().String() + "@example.org", "scopes": []any{"NAME"}}
}

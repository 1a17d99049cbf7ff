package walks

import (
	"jastarhub/graph/stories/hub"
	"jastarhub/internal/postgres"
)

// goods are inputs with every field set, one for each mutation, each about an object of its own.
func goods(w *hub.World) map[string]hub.Good {
	all := map[string]hub.Good{}
	for _, of := range []map[string]hub.Good{goodPeople(w), goodAccounts(w), goodFactors(w), goodInvitations(w), goodTeams(w), goodProposals(w),
		goodTasks(w), goodSignups(w), goodConsents(w), goodModeration(w), goodPrivacy(w), goodNotices(w), goodHours(w)} {
		for mutation, g := range of {
			all[mutation] = g
		}
	}
	for _, m := range hub.Schema().Mutation.Fields {
		if _, there := all[m.Name]; !there {
			w.T.Fatalf("%s has no good input: add it to one of the functions of goods", m.Name)
		}
	}
	return all
}

func goodPeople(w *hub.World) map[string]hub.Good {
	short := w.Crowd(1)[0]
	return map[string]hub.Good{
		"register": {Who: w.Visitor(), In: hub.Vars{"email": "new@example.org", "password": hub.Password, "givenName": "Ая", "familyName": "Жаңа",
			"birthDate": "2009-05-09", "language": "RU", "districtId": w.District("MEDEU")}},
		"signIn":   {Who: w.Visitor(), In: hub.Vars{"email": "lead@example.org", "password": hub.Password, "code": "000000"}},
		"signOut":  {Who: short, In: hub.Vars{"everywhere": true}},
		"giveRole": {Who: w.Officer, In: hub.Vars{"person": hub.Vars{"id": w.Crowd(1)[0].ID}, "role": "COORDINATOR", "centreId": w.Centre("MEDEU-1")}},
		"endRole":  {Who: w.Officer, In: hub.Vars{"id": w.PutGrant("NGO_LEAD"), "reason": "Moved away."}},
	}
}

func goodConsents(w *hub.World) map[string]hub.Good {
	minors := w.Crowd(3)
	for _, minor := range minors {
		w.Aged(minor, 15)
	}
	scopes := []any{"TAKING_PART", "PHOTO"}
	return map[string]hub.Good{
		"requestConsent":  {Who: minors[0], In: hub.Vars{"guardianEmail": "mama@example.org", "scopes": scopes}},
		"recordConsent":   {Who: w.Coordinator, In: hub.Vars{"personId": minors[1].ID, "scopes": scopes, "seenOn": w.Today(), "note": "Shelf 2"}},
		"withdrawConsent": {Who: w.Coordinator, In: hub.Vars{"id": w.PutConsent(minors[2].ID, "NAME", "GIVEN", "", ""), "reason": "The mother came."}},
	}
}

func goodTeams(w *hub.World) map[string]hub.Good {
	host := w.Roles["coordinator"]
	w.Exec(`insert into grants (id, person_id, role, centre_id, given_at) values ($1, $2, 'COORDINATOR', $3, now())`,
		postgres.NewID(), host.ID, w.Centre("MEDEU-2"))
	moving := teamOfLead(w, "Moving")
	hosting := w.Lead.Do("moveTeam", hub.Vars{"teamId": moving, "centreId": w.Centre("MEDEU-2")}, "hosting { id }").Str("moveTeam.hosting.id")
	people := w.Crowd(7)
	ask := func(who *hub.Caller) string {
		return who.Do("requestMembership", hub.Vars{"teamId": w.Team}, "membership { id }").Str("requestMembership.membership.id")
	}
	return map[string]hub.Good{
		"createNgo":          {Who: w.Officer, In: hub.Vars{"name": hub.SomeName, "mission": "Green yards.", "language": "EN", "focus": "MEDIA", "bin": "123456789013"}},
		"updateNgo":          {Who: w.Officer, In: hub.Vars{"id": w.PutNgo("ACTIVE"), "name": hub.SomeName, "mission": "More.", "language": "EN", "bin": "222222222220"}},
		"setNgoState":        {Who: w.Officer, In: hub.Vars{"id": w.PutNgo("ACTIVE"), "state": "SUSPENDED", "reason": "No reports."}},
		"setCentreState":     {Who: w.Officer, In: hub.Vars{"id": w.PutCentre("PLANNED"), "state": "OPEN", "reason": "Ready."}},
		"setSpecialDay":      {Who: w.Officer, In: hub.Vars{"day": "2032-05-07", "works": false, "name": hub.SomeName}},
		"removeSpecialDay":   {Who: w.Officer, In: hub.Vars{"id": w.PutSpecialDay("2032-05-10")}},
		"createTeam":         {Who: w.NgoLead, In: hub.Vars{"ngoId": w.Ngo, "centreId": w.Centre("AUEZOV-1"), "name": hub.SomeName, "about": "We plant.", "language": "EN"}},
		"moveTeam":           {Who: w.Lead, In: hub.Vars{"teamId": teamOfLead(w, "Going"), "centreId": w.Centre("MEDEU-2"), "reason": "Nearer."}},
		"answerMove":         {Who: host, In: hub.Vars{"id": hosting, "accept": false, "reason": "We are full."}},
		"requestMembership":  {Who: people[0], In: hub.Vars{"teamId": w.Team, "message": "May I?"}},
		"inviteMember":       {Who: w.Lead, In: hub.Vars{"teamId": w.Team, "personId": people[1].ID, "role": "LEAD", "message": "Will you?"}},
		"answerMembership":   {Who: w.Lead, In: hub.Vars{"id": ask(people[2]), "accept": false, "reason": "Full."}},
		"withdrawMembership": {Who: people[3], In: hub.Vars{"id": ask(people[3])}},
		"leaveTeam":          {Who: people[4], In: hub.Vars{"id": w.Enrol(people[4], w.Team, "MEMBER")}},
		"removeMember":       {Who: w.Lead, In: hub.Vars{"id": w.Enrol(people[5], w.Team, "MEMBER"), "reason": "Never came."}},
		"setMemberRole":      {Who: w.Lead, In: hub.Vars{"id": w.Enrol(people[6], w.Team, "MEMBER"), "role": "LEAD"}},
	}
}

// teamOfLead adds one more team at AUEZOV-1 that the lead runs.
func teamOfLead(w *hub.World, name string) (team string) {
	team = w.NgoLead.Do("createTeam", hub.Vars{"ngoId": w.Ngo, "centreId": w.Centre("AUEZOV-1"), "name": hub.Vars{"en": name}}, "team { id }").
		Str("createTeam.team.id")
	w.Enrol(w.Lead, team, "LEAD")
	return team
}

func goodProposals(w *hub.World) map[string]hub.Good {
	coordinator, author := w.Coordinator, w.Roles["author"]
	supported := w.PutProposal("SUBMITTED")
	w.Support(supported, "stranger")
	return map[string]hub.Good{
		"submitProposal": {Who: author, In: hub.Vars{"districtId": w.District("AUEZOV"), "centreId": w.Centre("AUEZOV-1"), "title": "Жаңа орындық",
			"text": "Саябаққа орындық керек.", "language": "KK", "place": "Саябақ", "point": hub.SomePoint,
			"photos": hub.Vars{"ids": []any{w.PutPhoto(author)}, "minorsShown": false, "minorIds": []any{}}}},
		"reviewProposal":   {Who: coordinator, In: hub.Vars{"id": w.PutProposal("SUBMITTED")}},
		"askForInfo":       {Who: coordinator, In: hub.Vars{"id": w.PutProposal("IN_REVIEW"), "question": "Where is it?"}},
		"answerInfo":       {Who: author, In: hub.Vars{"id": w.PutProposal("NEEDS_INFO"), "answer": "There."}},
		"mergeProposal":    {Who: coordinator, In: hub.Vars{"id": w.PutProposal("IN_REVIEW"), "intoId": w.PutProposal("ACCEPTED"), "words": "It is the same yard."}},
		"answerMerge":      {Who: w.Roles["person"], In: w.Answering("")},
		"acceptProposal":   {Who: coordinator, In: hub.Vars{"id": w.PutProposal("IN_REVIEW"), "words": "Good."}},
		"declineProposal":  {Who: coordinator, In: hub.Vars{"id": w.PutProposal("IN_REVIEW"), "reason": "OTHER", "words": "It is not for us."}},
		"withdrawProposal": {Who: author, In: hub.Vars{"id": w.PutProposal("SUBMITTED"), "reason": "It is done."}},
		"reassignProposal": {Who: coordinator, In: hub.Vars{"id": w.PutProposal("SUBMITTED"), "centreId": w.Reply, "reason": "Nearer."}},
		"supportProposal":  {Who: author, In: hub.Vars{"id": w.PutProposal("ACCEPTED")}},
		"withdrawSupport":  {Who: w.Roles["stranger"], In: hub.Vars{"id": supported}},
		"adoptProposal":    {Who: w.Lead, In: hub.Vars{"proposalId": w.PutProposal("ACCEPTED"), "teamId": w.Team}},
	}
}

func goodTasks(w *hub.World) map[string]hub.Good {
	lead, adult := w.Lead, 18
	shift := hub.Vars{"startsAt": w.In(70), "endsAt": w.In(72), "capacity": 4, "place": "The gate", "point": hub.SomePoint}
	called := w.PutTask("OPEN")
	lower := showing(w, hub.Vars{"text": "Half is done.", "language": "EN", "percent": 50, "lowerReason": "It rained.",
		"results": []any{hub.Vars{"metric": "BAGS", "amount": 3, "unit": "PIECE"}}}, "taskId")
	w.Exec(`update tasks set percent = 90 where id = $1`, lower["taskId"])
	return map[string]hub.Good{
		"createTask": {Who: lead, In: hub.Vars{"teamId": w.Team, "title": "Арық тазалау", "description": "Қолғап алып келіңіз.", "language": "KK",
			"districtId": w.District("MEDEU"), "place": "Арық", "point": hub.SomePoint, "minAge": adult, "workClass": "LIGHT", "shifts": []any{shift}}},
		"updateTask": {Who: lead, In: hub.Vars{"id": w.PutTask("DRAFT"), "title": "Another one", "description": "Something else to do.", "language": "EN",
			"place": "Park", "point": hub.SomePoint, "minAge": adult, "workClass": "HEAVY"}},
		"openTask":  {Who: lead, In: hub.Vars{"id": w.PutTask("DRAFT")}},
		"startTask": {Who: lead, In: hub.Vars{"id": w.PutTask("OPEN")}},
		"claimDone": {Who: lead, In: showing(w, hub.Vars{"words": "All clean.", "noPhotoReason": "It rained.", "cancelShifts": true,
			"results": []any{hub.Vars{"metric": "KILOGRAMS", "amount": 300, "unit": "KILOGRAM"}}}, "id")},
		"verifyTask":    {Who: w.Coordinator, In: hub.Vars{"id": w.PutTask("CLAIMED_DONE"), "words": "Well done."}},
		"disputeResult": {Who: w.Roles["author"], In: hub.Vars{"id": w.PutTask("VERIFIED"), "reason": "The bags are still there."}},
		"sendBack":      {Who: w.Coordinator, In: hub.Vars{"id": w.PutTask("CLAIMED_DONE"), "reason": "Bags are left."}},
		"cancelTask":    {Who: lead, In: hub.Vars{"id": w.PutTask("OPEN"), "reason": "A storm."}},
		"addShift":      {Who: lead, In: hub.Vars{"taskId": w.PutTask("OPEN"), "shift": shift}},
		"updateShift": {Who: lead, In: hub.Vars{"id": w.PutShift(w.PutTask("OPEN"), "60 hours", 5), "startsAt": w.In(80), "endsAt": w.In(82),
			"capacity": 6, "place": "The other gate", "point": hub.SomePoint}},
		"cancelShift":  {Who: lead, In: hub.Vars{"id": w.PutShift(called, "60 hours", 5), "reason": "A storm."}},
		"postProgress": {Who: lead, In: lower},
	}
}

func goodSignups(w *hub.World) map[string]hub.Good {
	shift := func(in string) string { return w.PutShift(w.PutTask("IN_PROGRESS"), in, 5) }
	people := w.Crowd(8)
	of := func(i int, in, state string) hub.Vars {
		return hub.Vars{"id": w.PutSignup(people[i], shift(in), state)}
	}
	corrected := of(7, "-4 hours", "NO_SHOW")
	corrected["state"], corrected["reason"] = "COMPLETED", "They came late."
	cancelled := of(3, "30 hours", "CONFIRMED")
	cancelled["reason"] = "I am ill."
	return map[string]hub.Good{
		"signUp":            {Who: people[0], In: hub.Vars{"shiftId": shift("30 hours")}},
		"acceptOffer":       {Who: people[1], In: of(1, "30 hours", "OFFERED")},
		"declineOffer":      {Who: people[2], In: of(2, "30 hours", "OFFERED")},
		"cancelSignup":      {Who: people[3], In: cancelled},
		"checkIn":           {Who: w.Lead, In: of(4, "-1 hour", "CONFIRMED")},
		"checkOut":          {Who: w.Lead, In: of(5, "-1 hour", "CHECKED_IN")},
		"markNoShow":        {Who: w.Lead, In: of(6, "-1 hour", "CONFIRMED")},
		"correctAttendance": {Who: w.Lead, In: corrected},
	}
}

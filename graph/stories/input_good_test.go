package stories

import (
	"time"

	"jastarhub/internal/postgres"
)

// good is an input that is accepted, from somebody who may send it.
type good struct {
	who *caller
	in  vars
}

var (
	somePoint = vars{"lat": 43.2, "lon": 76.9}
	someName  = vars{"kk": "Таза", "ru": "Чисто", "en": "Clean"}
)

// goods are inputs with every field set, one for each mutation, each about an object of its own.
func (w *world) goods() map[string]good {
	all := map[string]good{}
	for _, of := range []map[string]good{w.goodPeople(), w.goodAccounts(), w.goodFactors(), w.goodInvitations(), w.goodTeams(), w.goodProposals(),
		w.goodTasks(), w.goodSignups(), w.goodConsents(), w.goodModeration(), w.goodPrivacy(), w.goodNotices(), w.goodHours()} {
		for mutation, g := range of {
			all[mutation] = g
		}
	}
	return all
}

func (w *world) goodPeople() map[string]good {
	short := w.crowd(1)[0]
	return map[string]good{
		"register": {w.visitor(), vars{"email": "new@example.org", "password": password, "givenName": "Ая", "familyName": "Жаңа",
			"birthDate": "2009-05-09", "language": "RU", "districtId": w.district("MEDEU")}},
		"signIn":   {w.visitor(), vars{"email": "lead@example.org", "password": password, "code": "000000"}},
		"signOut":  {short, vars{"everywhere": true}},
		"giveRole": {w.officer, vars{"person": vars{"id": w.crowd(1)[0].id}, "role": "COORDINATOR", "centreId": w.centre("MEDEU-1")}},
		"endRole":  {w.officer, vars{"id": w.putGrant("NGO_LEAD"), "reason": "Moved away."}},
	}
}

func (w *world) goodConsents() map[string]good {
	minors := w.crowd(3)
	for _, minor := range minors {
		w.aged(minor, 15)
	}
	scopes := []any{"TAKING_PART", "PHOTO"}
	return map[string]good{
		"requestConsent":  {minors[0], vars{"guardianEmail": "mama@example.org", "scopes": scopes}},
		"recordConsent":   {w.coordinator, vars{"personId": minors[1].id, "scopes": scopes, "seenOn": today(), "note": "Shelf 2"}},
		"withdrawConsent": {w.coordinator, vars{"id": w.putConsent(minors[2].id, "NAME", "GIVEN", "", ""), "reason": "The mother came."}},
	}
}

func (w *world) goodTeams() map[string]good {
	host := w.roles["coordinator"]
	w.exec(`insert into grants (id, person_id, role, centre_id, given_at) values ($1, $2, 'COORDINATOR', $3, now())`,
		postgres.NewID(), host.id, w.centre("MEDEU-2"))
	moving := w.teamOfLead("Moving")
	hosting := w.lead.do("moveTeam", vars{"teamId": moving, "centreId": w.centre("MEDEU-2")}, "hosting { id }").str("moveTeam.hosting.id")
	people := w.crowd(7)
	ask := func(who *caller) string {
		return who.do("requestMembership", vars{"teamId": w.team}, "membership { id }").str("requestMembership.membership.id")
	}
	return map[string]good{
		"createNgo":          {w.officer, vars{"name": someName, "mission": "Green yards.", "language": "EN", "focus": "MEDIA", "bin": "123456789013"}},
		"updateNgo":          {w.officer, vars{"id": w.putNgo("ACTIVE"), "name": someName, "mission": "More.", "language": "EN", "bin": "222222222220"}},
		"setNgoState":        {w.officer, vars{"id": w.putNgo("ACTIVE"), "state": "SUSPENDED", "reason": "No reports."}},
		"setCentreState":     {w.officer, vars{"id": w.putCentre("PLANNED"), "state": "OPEN", "reason": "Ready."}},
		"setSpecialDay":      {w.officer, vars{"day": "2032-05-07", "works": false, "name": someName}},
		"removeSpecialDay":   {w.officer, vars{"id": w.putSpecialDay("2032-05-10")}},
		"createTeam":         {w.ngoLead, vars{"ngoId": w.ngo, "centreId": w.centre("AUEZOV-1"), "name": someName, "about": "We plant.", "language": "EN"}},
		"moveTeam":           {w.lead, vars{"teamId": w.teamOfLead("Going"), "centreId": w.centre("MEDEU-2"), "reason": "Nearer."}},
		"answerMove":         {host, vars{"id": hosting, "accept": false, "reason": "We are full."}},
		"requestMembership":  {people[0], vars{"teamId": w.team, "message": "May I?"}},
		"inviteMember":       {w.lead, vars{"teamId": w.team, "personId": people[1].id, "role": "LEAD", "message": "Will you?"}},
		"answerMembership":   {w.lead, vars{"id": ask(people[2]), "accept": false, "reason": "Full."}},
		"withdrawMembership": {people[3], vars{"id": ask(people[3])}},
		"leaveTeam":          {people[4], vars{"id": w.enrol(people[4], w.team, "MEMBER")}},
		"removeMember":       {w.lead, vars{"id": w.enrol(people[5], w.team, "MEMBER"), "reason": "Never came."}},
		"setMemberRole":      {w.lead, vars{"id": w.enrol(people[6], w.team, "MEMBER"), "role": "LEAD"}},
	}
}

// teamOfLead adds one more team at AUEZOV-1 that the lead runs.
func (w *world) teamOfLead(name string) (team string) {
	team = w.ngoLead.do("createTeam", vars{"ngoId": w.ngo, "centreId": w.centre("AUEZOV-1"), "name": vars{"en": name}}, "team { id }").
		str("createTeam.team.id")
	w.enrol(w.lead, team, "LEAD")
	return team
}

func (w *world) goodProposals() map[string]good {
	coordinator, author := w.coordinator, w.roles["author"]
	supported := w.putProposal("SUBMITTED")
	w.support(supported, "stranger")
	return map[string]good{
		"submitProposal": {author, vars{"districtId": w.district("AUEZOV"), "centreId": w.centre("AUEZOV-1"), "title": "Жаңа орындық",
			"text": "Саябаққа орындық керек.", "language": "KK", "place": "Саябақ", "point": somePoint,
			"photoIds": []any{w.putPhoto(author)}, "minorsShown": false}},
		"reviewProposal":   {coordinator, vars{"id": w.putProposal("SUBMITTED")}},
		"askForInfo":       {coordinator, vars{"id": w.putProposal("IN_REVIEW"), "question": "Where is it?"}},
		"answerInfo":       {author, vars{"id": w.putProposal("NEEDS_INFO"), "answer": "There."}},
		"mergeProposal":    {coordinator, vars{"id": w.putProposal("IN_REVIEW"), "intoId": w.putProposal("ACCEPTED"), "words": "It is the same yard."}},
		"answerMerge":      {w.roles["person"], w.answering("")},
		"acceptProposal":   {coordinator, vars{"id": w.putProposal("IN_REVIEW"), "words": "Good."}},
		"declineProposal":  {coordinator, vars{"id": w.putProposal("IN_REVIEW"), "reason": "OTHER", "words": "It is not for us."}},
		"withdrawProposal": {author, vars{"id": w.putProposal("SUBMITTED"), "reason": "It is done."}},
		"reassignProposal": {coordinator, vars{"id": w.putProposal("SUBMITTED"), "centreId": w.reply, "reason": "Nearer."}},
		"supportProposal":  {author, vars{"id": w.putProposal("ACCEPTED")}},
		"withdrawSupport":  {w.roles["stranger"], vars{"id": supported}},
		"adoptProposal":    {w.lead, vars{"proposalId": w.putProposal("ACCEPTED"), "teamId": w.team}},
	}
}

func (w *world) goodTasks() map[string]good {
	lead, adult := w.lead, 18
	shift := vars{"startsAt": at(70), "endsAt": at(72), "capacity": 4, "place": "The gate", "point": somePoint}
	called := w.putTask("OPEN")
	lower := w.showing(vars{"text": "Half is done.", "language": "EN", "percent": 50, "lowerReason": "It rained.",
		"results": []any{vars{"metric": "BAGS", "amount": 3, "unit": "PIECE"}}}, "taskId")
	w.exec(`update tasks set percent = 90 where id = $1`, lower["taskId"])
	return map[string]good{
		"createTask": {lead, vars{"teamId": w.team, "title": "Арық тазалау", "description": "Қолғап алып келіңіз.", "language": "KK",
			"districtId": w.district("MEDEU"), "place": "Арық", "point": somePoint, "minAge": adult, "workClass": "LIGHT", "shifts": []any{shift}}},
		"updateTask": {lead, vars{"id": w.putTask("DRAFT"), "title": "Another one", "description": "Something else to do.", "language": "EN",
			"place": "Park", "point": somePoint, "minAge": adult, "workClass": "HEAVY"}},
		"openTask":  {lead, vars{"id": w.putTask("DRAFT")}},
		"startTask": {lead, vars{"id": w.putTask("OPEN")}},
		"claimDone": {lead, w.showing(vars{"words": "All clean.", "noPhotoReason": "It rained.", "cancelShifts": true,
			"results": []any{vars{"metric": "KILOGRAMS", "amount": 300, "unit": "KILOGRAM"}}}, "id")},
		"verifyTask":    {w.coordinator, vars{"id": w.putTask("CLAIMED_DONE"), "words": "Well done."}},
		"disputeResult": {w.roles["author"], vars{"id": w.putTask("VERIFIED"), "reason": "The bags are still there."}},
		"sendBack":      {w.coordinator, vars{"id": w.putTask("CLAIMED_DONE"), "reason": "Bags are left."}},
		"cancelTask":    {lead, vars{"id": w.putTask("OPEN"), "reason": "A storm."}},
		"addShift":      {lead, vars{"taskId": w.putTask("OPEN"), "shift": shift}},
		"updateShift": {lead, vars{"id": w.putShift(w.putTask("OPEN"), "60 hours", 5), "startsAt": at(80), "endsAt": at(82),
			"capacity": 6, "place": "The other gate", "point": somePoint}},
		"cancelShift":  {lead, vars{"id": w.putShift(called, "60 hours", 5), "reason": "A storm."}},
		"postProgress": {lead, lower},
	}
}

func at(hours int) string {
	return time.Now().Add(time.Duration(hours) * time.Hour).Truncate(time.Second).Format(time.RFC3339)
}

func (w *world) goodSignups() map[string]good {
	shift := func(in string) string { return w.putShift(w.putTask("IN_PROGRESS"), in, 5) }
	people := w.crowd(8)
	of := func(i int, in, state string) vars { return vars{"id": w.putSignup(people[i], shift(in), state)} }
	corrected := of(7, "-4 hours", "NO_SHOW")
	corrected["state"], corrected["reason"] = "COMPLETED", "They came late."
	cancelled := of(3, "30 hours", "CONFIRMED")
	cancelled["reason"] = "I am ill."
	return map[string]good{
		"signUp":            {people[0], vars{"shiftId": shift("30 hours")}},
		"acceptOffer":       {people[1], of(1, "30 hours", "OFFERED")},
		"declineOffer":      {people[2], of(2, "30 hours", "OFFERED")},
		"cancelSignup":      {people[3], cancelled},
		"checkIn":           {w.lead, of(4, "-1 hour", "CONFIRMED")},
		"checkOut":          {w.lead, of(5, "-1 hour", "CHECKED_IN")},
		"markNoShow":        {w.lead, of(6, "-1 hour", "CONFIRMED")},
		"correctAttendance": {w.lead, corrected},
	}
}

// putSignup puts somebody on a shift.
func (w *world) putSignup(who *caller, shift, state string) (id string) {
	id = postgres.NewID().String()
	w.exec(`insert into signups (id, shift_id, person_id, starts_at, ends_at, state, offer_expires_at, checked_in_at, checked_out_at,
			created_at, updated_at)
		select $1, id, $3, starts_at, ends_at, $4::signup_state, case when $4 = 'OFFERED' then now() + interval '1 hour' end,
			case when $4 in ('CHECKED_IN', 'COMPLETED') then starts_at end, case when $4 = 'COMPLETED' then ends_at end, now(), now()
		from shifts where id = $2`, id, shift, who.id, state)
	return id
}

package stories

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/almaty"
	"jastarhub/internal/grant"
	"jastarhub/internal/postgres"
)

// scene is a shift of a team that Bolat and Aliya lead, at the old gate as its task says, with a sign-up in each state.
type scene struct {
	*world
	team, task, shift  string
	lead, second, new  *caller
	asLead, asSecond   string // their memberships
	coming             []*caller
	confirmed, waiting *caller
}

func (w *world) scene(t *testing.T) *scene {
	people := w.crowd(7)
	for i, name := range []string{"Bolat Serikov", "Aliya Tanova", "Dana Ualieva"} {
		given, family, _ := strings.Cut(name, " ")
		w.exec(`update people set given_name = $2, family_name = $3 where id = $1`, people[i].id, given, family)
	}
	w.exec(`update people set given_name = 'Nurlan', family_name = 'Qasymov' where id = $1`, w.ngoLead.id)
	s := &scene{world: w, team: w.putTeam(), lead: people[0], second: people[1], new: people[2], coming: people[3:], confirmed: people[3], waiting: people[4]}
	s.asLead, s.asSecond = w.enrol(s.lead, s.team, "LEAD"), w.enrol(s.second, s.team, "LEAD")
	s.task = postgres.NewID().String()
	w.exec(`insert into tasks (id, team_id, ngo_id, centre_id, district_id, title, description, language, place, state, created_by, created_at, updated_at)
		select $1, $2, $3, id, district_id, 'Ditch', 'Clean it.', 'EN', 'The old gate', 'OPEN', $4, now(), now() from centres where code = 'AUEZOV-1'`,
		s.task, s.team, w.ngo, s.lead.id)
	s.shift = w.putShift(s.task, "60 hours", 3)
	w.putShift(s.task, "90 hours", 9)
	for i, state := range []string{"CONFIRMED", "WAITLISTED", "OFFERED", "CHECKED_IN"} {
		w.putSignup(s.coming[i], s.shift, state)
	}
	return s
}

// hidden hides the task of the scene by an officer's decision, and returns the decision.
func (s *scene) hidden(state string) string {
	d := s.decided("HIDE", "TASK", s.task, state, s.centre("AUEZOV-1"), s.team, s.ngo, nil)
	s.exec(`update tasks set hidden_id = $1 where id = $2`, d, s.task)
	return d
}

// leaderless leaves the team to the NGO's leads.
func (s *scene) leaderless() {
	s.alone()
	s.exec(`update memberships set role = 'MEMBER' where team_id = $1`, s.team)
}

// alone leaves the team one lead, and the NGO another.
func (s *scene) alone() {
	s.exec(`update memberships set role = 'MEMBER' where id = $1`, s.asSecond)
	s.exec(`update grants set ended_at = now() where ngo_id = $1 and person_id <> $2 and ended_at is null`, s.ngo, s.ngoLead.id)
}

// invitedAs returns an invitation of the new person by email.
func (s *scene) invitedAs(role string) string {
	id := s.putOffer(role, "SENT")
	s.exec(`update invitations set team_id = case when team_id is not null then $3::uuid end, email = $2 where id = $1`, id, s.new.id+"@example.org", s.team)
	return s.linkOf(id)
}

// factChange is a mutation that changes a fact for those who come, the notice that they get, and its text: the old value and the
// new one.
type factChange struct {
	mutation, kind string
	says           string // the lines of the text
	do             func(s *scene)
}

const bothLeads, threeLeads = "Aliya T., Bolat S.", "Aliya T., Bolat S., Dana U."

// factChanges are all mutations about which those who come are told; changesNone are all others.
var factChanges = []factChange{
	{"updateTask", "SHIFT_CHANGED", "The old gate\nThe pond (43.20000, 76.90000)", func(s *scene) {
		s.lead.do("updateTask", vars{"id": s.task, "place": "The pond", "point": somePoint}, "task { id }")
	}},
	{"updateShift", "SHIFT_CHANGED", "The old gate\nThe pond", func(s *scene) {
		s.lead.do("updateShift", vars{"id": s.shift, "place": "The pond"}, "shift { id }")
	}},
	{"updateShift", "SHIFT_CHANGED", "When: \nBefore: ", func(s *scene) {
		s.lead.do("updateShift", vars{"id": s.shift, "startsAt": at(80), "endsAt": at(82)}, "shift { id }")
	}},
	{"cancelShift", "SHIFT_CANCELLED", "A storm.", func(s *scene) {
		s.lead.do("cancelShift", vars{"id": s.shift, "reason": "A storm."}, "shift { id }")
	}},
	{"cancelTask", "SHIFT_CANCELLED", "A flood.", func(s *scene) {
		s.lead.do("cancelTask", vars{"id": s.task, "reason": "A flood."}, "task { id }")
	}},
	{"cancelTask", "SHIFT_CANCELLED", "A flood.", func(s *scene) { // an hour into the shift: those who waited have gone home
		s.age(s.shift, 61*time.Hour)
		s.exec(`update shifts set capacity = 4 where id = $1`, s.shift)
		s.exec(`update signups set state = 'CONFIRMED', offer_expires_at = null where shift_id = $1 and state in ('OFFERED', 'WAITLISTED')`, s.shift)
		s.lead.do("cancelTask", vars{"id": s.task, "reason": "A flood."}, "task { id }")
	}},
	{"claimDone", "SHIFT_CANCELLED", "All clean.", func(s *scene) {
		s.lead.do("startTask", vars{"id": s.task}, "task { id }")
		s.lead.do("claimDone", vars{"id": s.task, "words": "All clean.", "noPhotoReason": "No camera.", "cancelShifts": true}, "task { id }")
	}},
	{"setMemberRole", "SHIFT_CHANGED", "Led by: Bolat S.\nBefore: " + bothLeads, func(s *scene) {
		s.lead.do("setMemberRole", vars{"id": s.asSecond, "role": "MEMBER"}, "membership { id }")
	}},
	{"removeMember", "SHIFT_CHANGED", "Led by: Bolat S.\nBefore: " + bothLeads, func(s *scene) {
		s.lead.do("removeMember", vars{"id": s.asSecond, "reason": "Never came."}, "membership { id }")
	}},
	{"leaveTeam", "SHIFT_CHANGED", "Led by: Bolat S.\nBefore: " + bothLeads, func(s *scene) {
		s.second.do("leaveTeam", vars{"id": s.asSecond}, "membership { id }")
	}},
	{"answerMembership", "SHIFT_CHANGED", "Led by: " + threeLeads + "\nBefore: " + bothLeads, func(s *scene) {
		id := s.lead.do("inviteMember", vars{"teamId": s.team, "personId": s.new.id, "role": "LEAD"}, "membership { id }").str("inviteMember.membership.id")
		s.new.do("answerMembership", vars{"id": id, "accept": true}, "membership { id }")
	}},
	{"setMemberRole", "SHIFT_CHANGED", "Led by: Aliya, Bolat \u0418\u0306.\nBefore: Bolat \u0418\u0306.", func(s *scene) { // one name, and a letter with its accent
		s.exec(`update people set family_name = '' where id = $1`, s.second.id)
		s.exec(`update people set family_name = $2 where id = $1`, s.lead.id, "\u0418\u0306ванов")
		s.alone()
		s.lead.do("setMemberRole", vars{"id": s.asSecond, "role": "LEAD"}, "membership { id }")
	}},
	{"acceptInvitation", "SHIFT_CHANGED", "Led by: " + threeLeads + "\nBefore: " + bothLeads, func(s *scene) {
		s.new.do("acceptInvitation", vars{"token": s.invitedAs("TEAM_LEAD")}, "token")
	}},
	{"acceptInvitation", "SHIFT_CHANGED", "Led by: Dana U., Nurlan Q.\nBefore: Nurlan Q.", func(s *scene) {
		s.leaderless()
		s.new.do("acceptInvitation", vars{"token": s.invitedAs("NGO_LEAD")}, "token")
	}},
	{"giveRole", "SHIFT_CHANGED", "Led by: Dana U., Nurlan Q.\nBefore: Nurlan Q.", func(s *scene) {
		s.leaderless()
		s.officer.do("giveRole", vars{"person": vars{"id": s.new.id}, "role": "NGO_LEAD", "ngoId": s.ngo}, "grant { id }")
	}},
	{"endRole", "SHIFT_CHANGED", "Led by: Nurlan Q.\nBefore: Dana U., Nurlan Q.", func(s *scene) {
		s.leaderless()
		s.grant(s.new, grant.NgoLead, s.ngo)
		s.heard()
		grant := s.text(`select id from grants where person_id = $1`, s.new.id)
		s.officer.do("endRole", vars{"id": grant, "reason": "Moved away."}, "grant { id }")
	}},
	{"hideContent", "SHIFT_CHANGED", "A shift is on hold", func(s *scene) {
		s.officer.do("hideContent", vars{"subjectId": s.task, "reason": "SPAM", "words": "Why."}, "decision { id }")
	}},
	{"showContent", "SHIFT_CHANGED", "A shift takes place after all", func(s *scene) {
		s.officer.do("showContent", vars{"id": s.hidden("IN_FORCE"), "reason": "A mistake."}, "decision { id }")
	}},
	{"answerAppeal", "SHIFT_CHANGED", "A shift takes place after all", func(s *scene) {
		s.officer.do("answerAppeal", vars{"id": s.hidden("APPEALED"), "uphold": false, "words": "A mistake."}, "decision { id }")
	}},
	{"suspendPerson", "SHIFT_CHANGED", "Led by: Bolat S.\nBefore: " + bothLeads, func(s *scene) {
		s.officer.do("suspendPerson", vars{"person": vars{"id": s.second.id}, "reason": "INSULT", "words": "Why."}, "decision { id }")
	}},
	{"suspendPerson", "SHIFT_CHANGED", "Led by: Nurlan Q.\nBefore: Bolat S.", func(s *scene) { // the only lead: the NGO's lead takes over
		s.alone()
		s.officer.do("suspendPerson", vars{"person": vars{"id": s.lead.id}, "reason": "INSULT", "words": "Why."}, "decision { id }")
	}},
	{"endSuspension", "SHIFT_CHANGED", "Led by: Bolat S.\nBefore: Nurlan Q.", func(s *scene) {
		s.alone()
		d := s.decided("SUSPEND", "PERSON", s.lead.id, "IN_FORCE", nil, nil, nil, s.lead.id)
		s.exec(`update people set suspended_id = $1 where id = $2`, d, s.lead.id)
		s.officer.do("endSuspension", vars{"id": d, "reason": "They said sorry."}, "decision { id }")
	}},
	{"endSuspension", "SHIFT_CHANGED", "Led by: " + bothLeads + "\nBefore: Bolat S.", func(s *scene) {
		d := s.decided("SUSPEND", "PERSON", s.second.id, "IN_FORCE", nil, nil, nil, s.second.id)
		s.exec(`update people set suspended_id = $1 where id = $2`, d, s.second.id)
		s.officer.do("endSuspension", vars{"id": d, "reason": "They said sorry."}, "decision { id }")
	}},
	{"eraseAccount", "SHIFT_CHANGED", "Led by: Bolat S.", func(s *scene) {
		s.knows(s.second)
		s.second.erase()
	}},
	{"erasePerson", "SHIFT_CHANGED", "Led by: Bolat S.", func(s *scene) {
		s.officer.do("erasePerson", vars{"email": s.second.id + "@example.org", "reason": "A letter."}, "purgeAt")
	}},
}

// changesNone are the mutations that change no fact for anyone who comes.
var changesNone = strings.Fields(`register signIn signOut verifyEmail requestPasswordReset resetPassword changePassword changeEmail updateProfile endSession
	unlinkIdentity startSecondFactor confirmSecondFactor endSecondFactor renewRecoveryCodes resetSecondFactor requestData
	inviteByEmail withdrawInvitation createNgo updateNgo setNgoState setCentreState setSpecialDay removeSpecialDay createTeam moveTeam answerMove
	requestMembership inviteMember withdrawMembership
	submitProposal reviewProposal askForInfo answerInfo acceptProposal declineProposal withdrawProposal reassignProposal mergeProposal answerMerge
	supportProposal withdrawSupport adoptProposal
	createTask openTask startTask verifyTask disputeResult sendBack postProgress addShift
	signUp acceptOffer declineOffer cancelSignup checkIn checkInMany checkInWithCode checkOut markNoShow correctAttendance
	approveHours adjustHours rejectHours issueCertificate revokeCertificate reportContent answerReport appeal
	markNoticesRead setNoticePreferences linkTelegram unlinkTelegram sendAgain requestConsent recordConsent withdrawConsent`)

// heard forgets what those who come have been told so far.
func (s *scene) heard() {
	for _, who := range s.coming {
		s.exec(`delete from outbox where person_id = $1`, who.id)
		s.exec(`delete from notices where person_id = $1`, who.id)
	}
}

// TestEverybodyOnAShiftKnows makes each change that matters to those who come, by every possible mutation: they are told about it
// once, with the old value and the new one. Every other mutation leaves the facts of every shift unchanged.
func TestEverybodyOnAShiftKnows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	known := map[string]bool{}
	for _, c := range factChanges {
		known[c.mutation] = true
		s := w.scene(t)
		c.do(s)
		for i, who := range s.coming {
			a := who.must(`{ viewer { notices { totalCount nodes { kind title text path } } } }`)
			if a.shows("viewer.notices.totalCount", 1); a.at("viewer.notices.totalCount") != float64(1) {
				t.Errorf("%s: number %d: %s", c.mutation, i, a.rawBody)
				continue
			}
			a.shows("viewer.notices.nodes.0.kind", c.kind).shows("viewer.notices.nodes.0.path", "/tasks/"+s.task)
			told := a.str("viewer.notices.nodes.0.title") + "\n" + a.str("viewer.notices.nodes.0.text")
			for _, want := range strings.Split(c.says, "\n") {
				if !strings.Contains(told, want) {
					t.Errorf("%s: %q does not say %q", c.mutation, told, want)
				}
			}
		}
	}
	goods := w.goods()
	for _, mutation := range changesNone {
		before := w.factsOfAll()
		if a := goods[mutation].who.ask(document(mutation, "__typename"), vars{"in": goods[mutation].in}); a.code() != "" {
			t.Errorf("%s is refused, and proves nothing: %s", mutation, a.rawBody)
		}
		for shift, is := range w.factsOfAll() {
			if was, there := before[shift]; there && was != is {
				t.Errorf("%s changed %s to %s", mutation, was, is)
			}
		}
	}
	listed := append(slices.Collect(maps.Keys(known)), changesNone...)
	for _, m := range theSchema().Mutation.Fields {
		if n := slices.Index(listed, m.Name); n < 0 || slices.Contains(listed[n+1:], m.Name) {
			t.Errorf("%s must be in one of the tables: does it change what matters to those who come?", m.Name)
		}
	}
}

// factsOfAll returns the facts of every shift that somebody comes to, from the tables.
func (w *world) factsOfAll() map[string]string {
	w.t.Helper()
	var rows []struct{ ID, Facts string }
	if err := w.db.Select(&rows, `select s.id, concat_ws(' ', s.starts_at, s.ends_at, coalesce(s.place, t.place), coalesce(s.lat, t.lat), coalesce(s.lon, t.lon),
			s.state, t.state = 'CANCELLED', coalesce(s.hidden_id, t.hidden_id), (select string_agg(m.person_id::text, ' ' order by m.person_id)
				from memberships m join people p on p.id = m.person_id and p.suspended_id is null where m.team_id = t.team_id and m.state = 'ACTIVE' and m.role = 'LEAD'),
			(select string_agg(g.person_id::text, ' ' order by g.person_id) from grants g where g.ngo_id = t.ngo_id and g.ended_at is null
				and not exists (select from memberships m join people p on p.id = m.person_id and p.suspended_id is null
					where m.team_id = t.team_id and m.state = 'ACTIVE' and m.role = 'LEAD'))) as facts
		from shifts s join tasks t on t.id = s.task_id
		where exists (select from signups g where g.shift_id = s.id and g.state in ('WAITLISTED', 'OFFERED', 'CONFIRMED', 'CHECKED_IN')) and s.ends_at > now()`); err != nil {
		w.t.Fatal(err)
	}
	facts := make(map[string]string, len(rows))
	for _, row := range rows {
		facts[row.ID] = row.Facts
	}
	return facts
}

// TestPlacesAreNamed: texts that send somebody to a shift say where it is.
func TestPlacesAreNamed(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, shift := c.task(1, 48*time.Hour)
	c.lead.do("updateTask", vars{"id": task, "place": "The old gate"}, "task { id }")
	signup, _ := c.signUp(c.volunteer, shift)
	c.signUp(c.other, shift)
	c.volunteer.do("cancelSignup", vars{"id": signup}, "signup { id }")
	if text := c.other.hears("SEAT_OFFERED").str("viewer.notices.nodes.0.text"); !strings.Contains(text, "\nWhere: The old gate\n") {
		t.Errorf("%q", text)
	}
	c.other.do("acceptOffer", vars{"id": c.text(`select id from signups where state = 'OFFERED'`)}, "signup { id }")
	evening := time.Now().In(almaty.Zone).AddDate(0, 0, 1)
	c.exec(`update shifts set starts_at = (date_trunc('day', $2::timestamptz at time zone 'Asia/Almaty') + interval '36 hours') at time zone 'Asia/Almaty',
		ends_at = (date_trunc('day', $2::timestamptz at time zone 'Asia/Almaty') + interval '38 hours') at time zone 'Asia/Almaty', place = 'The pond' where id = $1`, shift, evening)
	for _, hour := range []int{19, 24 + 9} {
		c.reminds(time.Date(evening.Year(), evening.Month(), evening.Day(), hour-5, 0, 0, 0, time.UTC))
	}
	a := c.other.must(`{ viewer { notices(filter: {unread: true}) { nodes { kind text } } } }`)
	for i, kind := range []string{"SHIFT_TODAY", "SHIFT_TOMORROW"} {
		n := a.at("viewer.notices.nodes").([]any)[i].(vars)
		if n["kind"] != kind || !strings.Contains(n["text"].(string), "\nWhere: The pond") {
			t.Errorf("%v", n)
		}
	}
}

// TestTheYoungAreToldOfConsents: given, declined and withdrawn by the guardian, recorded and withdrawn by a coordinator, and
// unanswered.
func TestTheYoungAreToldOfConsents(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	g := c.guardians()
	minor := c.aged(c.crowd(1)[0], 15)
	says := func(kind, text string) {
		t.Helper()
		a := minor.hears("CONSENT_ANSWERED")
		if title := a.str("viewer.notices.nodes.0.title"); title != kind || !strings.Contains(a.str("viewer.notices.nodes.0.text"), text) {
			t.Errorf("%s", a.rawBody)
		}
	}
	mama := g.asked(minor, "mama@example.org", "TAKING_PART", "PHOTO")
	minor.hears()
	mama.sends(http.StatusOK, "give", "TAKING_PART")
	a := minor.hears("CONSENT_ANSWERED", "CONSENT_ANSWERED").shows("viewer.notices.nodes.0.path", "/me")
	for _, want := range []string{"Your guardian has given consent", "You have consent: to taking part.", "Your guardian has not given consent",
		"There is no consent: to photographs."} {
		if !strings.Contains(a.rawBody, want) {
			t.Errorf("no %q in %s", want, a.rawBody)
		}
	}
	mama.sends(http.StatusOK, "withdraw", "TAKING_PART")
	says("Your guardian’s consent was withdrawn", "Your sign-ups for upcoming shifts are cancelled.")
	c.coordinator.do("recordConsent", vars{"personId": minor.id, "scopes": []string{"NAME"}, "seenOn": today()}, "consents { id }")
	says("Your guardian has given consent", "to the name")
	id := c.text(`select id from consents where scope = 'NAME'`)
	c.coordinator.do("withdrawConsent", vars{"id": id, "reason": "The mother came."}, "consents { id }")
	says("Your guardian’s consent was withdrawn", "to the name")
	g.asked(minor, "mama@example.org", "TAKING_PART")
	id = c.text(`select id from consents where state = 'ASKED'`)
	c.coordinator.do("withdrawConsent", vars{"id": id, "reason": "Another address."}, "consents { id }")
	minor.hears() // nothing had been given, and nothing is lost
	g.asked(minor, "mama@example.org", "PHOTO")
	c.exec(`update consents set expires_at = now() - interval '1 minute' where state = 'ASKED'`)
	if err := c.r.Consents.ExpireDue(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	says("Your guardian has not answered in time", "photographs")
}

package walks

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/grant"
)

// hidden hides the task of the scene by an officer's decision, and returns the decision.
func hidden(s *hub.Scene, state string) string {
	d := s.Decided("HIDE", "TASK", s.Task, state, s.Centre("AUEZOV-1"), s.Team, s.Ngo, nil)
	s.Exec(`update tasks set hidden_id = $1 where id = $2`, d, s.Task)
	return d
}

// leaderless leaves the team to the NGO's leads.
func leaderless(s *hub.Scene) {
	alone(s)
	s.Exec(`update memberships set role = 'MEMBER' where team_id = $1`, s.Team)
}

// alone leaves the team one lead, and the NGO another.
func alone(s *hub.Scene) {
	s.Exec(`update memberships set role = 'MEMBER' where id = $1`, s.AsSecond)
	s.Exec(`update grants set ended_at = now() where ngo_id = $1 and person_id <> $2 and ended_at is null`, s.Ngo, s.NgoLead.ID)
}

// invitedAs returns an invitation of the new person by email.
func invitedAs(s *hub.Scene, role string) string {
	id := s.PutOffer(role, "SENT")
	s.Exec(`update invitations set team_id = case when team_id is not null then $3::uuid end, email = $2 where id = $1`, id, s.New.ID+"@example.org", s.Team)
	return s.LinkOf(id)
}

const bothLeads, threeLeads = "Aliya T., Bolat S.", "Aliya T., Bolat S., Dana U."

// factChanges are all mutations about which those who come are told; changesNone are all others.
var factChanges = []hub.FactChange{
	{Mutation: "updateTask", Kind: "SHIFT_CHANGED", Says: "The old gate\nThe pond (43.20000, 76.90000)", Do: func(s *hub.Scene) {
		s.Lead.Do("updateTask", hub.Vars{"id": s.Task, "place": "The pond", "point": hub.SomePoint}, "task { id }")
	}},
	{Mutation: "updateShift", Kind: "SHIFT_CHANGED", Says: "The old gate\nThe pond", Do: func(s *hub.Scene) {
		s.Lead.Do("updateShift", hub.Vars{"id": s.Shift, "place": "The pond"}, "shift { id }")
	}},
	{Mutation: "updateShift", Kind: "SHIFT_CHANGED", Says: "When: \nBefore: ", Do: func(s *hub.Scene) {
		s.Lead.Do("updateShift", hub.Vars{"id": s.Shift, "startsAt": s.In(80), "endsAt": s.In(82)}, "shift { id }")
	}},
	{Mutation: "cancelShift", Kind: "SHIFT_CANCELLED", Says: "A storm.", Do: func(s *hub.Scene) {
		s.Lead.Do("cancelShift", hub.Vars{"id": s.Shift, "reason": "A storm."}, "shift { id }")
	}},
	{Mutation: "cancelTask", Kind: "SHIFT_CANCELLED", Says: "A flood.", Do: func(s *hub.Scene) {
		s.Lead.Do("cancelTask", hub.Vars{"id": s.Task, "reason": "A flood."}, "task { id }")
	}},
	{Mutation: "cancelTask", Kind: "SHIFT_CANCELLED", Says: "A flood.", Do: func(s *hub.Scene) { // an hour into the shift: those who waited have gone home
		s.Pass(61 * time.Hour)
		s.Exec(`update shifts set capacity = 4 where id = $1`, s.Shift)
		s.Exec(`update signups set state = 'CONFIRMED', offer_expires_at = null where shift_id = $1 and state in ('OFFERED', 'WAITLISTED')`, s.Shift)
		s.Lead.Do("cancelTask", hub.Vars{"id": s.Task, "reason": "A flood."}, "task { id }")
	}},
	{Mutation: "claimDone", Kind: "SHIFT_CANCELLED", Says: "All clean.", Do: func(s *hub.Scene) {
		s.Lead.Do("startTask", hub.Vars{"id": s.Task}, "task { id }")
		s.Lead.Do("claimDone", hub.Vars{"id": s.Task, "words": "All clean.", "noPhotoReason": "No camera.", "cancelShifts": true}, "task { id }")
	}},
	{Mutation: "setMemberRole", Kind: "SHIFT_CHANGED", Says: "Led by: Bolat S.\nBefore: " + bothLeads, Do: func(s *hub.Scene) {
		s.Lead.Do("setMemberRole", hub.Vars{"id": s.AsSecond, "role": "MEMBER"}, "membership { id }")
	}},
	{Mutation: "removeMember", Kind: "SHIFT_CHANGED", Says: "Led by: Bolat S.\nBefore: " + bothLeads, Do: func(s *hub.Scene) {
		s.Lead.Do("removeMember", hub.Vars{"id": s.AsSecond, "reason": "Never came."}, "membership { id }")
	}},
	{Mutation: "leaveTeam", Kind: "SHIFT_CHANGED", Says: "Led by: Bolat S.\nBefore: " + bothLeads, Do: func(s *hub.Scene) {
		s.Second.Do("leaveTeam", hub.Vars{"id": s.AsSecond}, "membership { id }")
	}},
	{Mutation: "answerMembership", Kind: "SHIFT_CHANGED", Says: "Led by: " + threeLeads + "\nBefore: " + bothLeads, Do: func(s *hub.Scene) {
		id := s.Lead.Do("inviteMember", hub.Vars{"teamId": s.Team, "personId": s.New.ID, "role": "LEAD"}, "membership { id }").Str("inviteMember.membership.id")
		s.New.Do("answerMembership", hub.Vars{"id": id, "accept": true}, "membership { id }")
	}},
	{Mutation: "setMemberRole", Kind: "SHIFT_CHANGED", Says: "Led by: Aliya, Bolat \u0418\u0306.\nBefore: Bolat \u0418\u0306.", Do: func(s *hub.Scene) { // one name, and a letter with its accent
		s.Exec(`update people set family_name = '' where id = $1`, s.Second.ID)
		s.Exec(`update people set family_name = $2 where id = $1`, s.Lead.ID, "\u0418\u0306ванов")
		alone(s)
		s.Lead.Do("setMemberRole", hub.Vars{"id": s.AsSecond, "role": "LEAD"}, "membership { id }")
	}},
	{Mutation: "acceptInvitation", Kind: "SHIFT_CHANGED", Says: "Led by: " + threeLeads + "\nBefore: " + bothLeads, Do: func(s *hub.Scene) {
		s.New.Do("acceptInvitation", hub.Vars{"token": invitedAs(s, "TEAM_LEAD")}, "token")
	}},
	{Mutation: "acceptInvitation", Kind: "SHIFT_CHANGED", Says: "Led by: Dana U., Nurlan Q.\nBefore: Nurlan Q.", Do: func(s *hub.Scene) {
		leaderless(s)
		s.New.Do("acceptInvitation", hub.Vars{"token": invitedAs(s, "NGO_LEAD")}, "token")
	}},
	{Mutation: "giveRole", Kind: "SHIFT_CHANGED", Says: "Led by: Dana U., Nurlan Q.\nBefore: Nurlan Q.", Do: func(s *hub.Scene) {
		leaderless(s)
		s.Officer.Do("giveRole", hub.Vars{"person": hub.Vars{"id": s.New.ID}, "role": "NGO_LEAD", "ngoId": s.Ngo}, "grant { id }")
	}},
	{Mutation: "endRole", Kind: "SHIFT_CHANGED", Says: "Led by: Nurlan Q.\nBefore: Dana U., Nurlan Q.", Do: func(s *hub.Scene) {
		leaderless(s)
		s.Grant(s.New, grant.NgoLead, s.Ngo)
		heard(s)
		grant := s.Text(`select id from grants where person_id = $1`, s.New.ID)
		s.Officer.Do("endRole", hub.Vars{"id": grant, "reason": "Moved away."}, "grant { id }")
	}},
	{Mutation: "hideContent", Kind: "SHIFT_CHANGED", Says: "A shift is on hold", Do: func(s *hub.Scene) {
		s.Officer.Do("hideContent", hub.Vars{"subjectId": s.Task, "reason": "SPAM", "words": "Why."}, "decision { id }")
	}},
	{Mutation: "showContent", Kind: "SHIFT_CHANGED", Says: "A shift takes place after all", Do: func(s *hub.Scene) {
		s.Officer.Do("showContent", hub.Vars{"id": hidden(s, "IN_FORCE"), "reason": "A mistake."}, "decision { id }")
	}},
	{Mutation: "answerAppeal", Kind: "SHIFT_CHANGED", Says: "A shift takes place after all", Do: func(s *hub.Scene) {
		s.Officer.Do("answerAppeal", hub.Vars{"id": hidden(s, "APPEALED"), "uphold": false, "words": "A mistake."}, "decision { id }")
	}},
	{Mutation: "suspendPerson", Kind: "SHIFT_CHANGED", Says: "Led by: Bolat S.\nBefore: " + bothLeads, Do: func(s *hub.Scene) {
		s.Officer.Do("suspendPerson", hub.Vars{"person": hub.Vars{"id": s.Second.ID}, "reason": "INSULT", "words": "Why."}, "decision { id }")
	}},
	{Mutation: "suspendPerson", Kind: "SHIFT_CHANGED", Says: "Led by: Nurlan Q.\nBefore: Bolat S.", Do: func(s *hub.Scene) { // the only lead: the NGO's lead takes over
		alone(s)
		s.Officer.Do("suspendPerson", hub.Vars{"person": hub.Vars{"id": s.Lead.ID}, "reason": "INSULT", "words": "Why."}, "decision { id }")
	}},
	{Mutation: "endSuspension", Kind: "SHIFT_CHANGED", Says: "Led by: Bolat S.\nBefore: Nurlan Q.", Do: func(s *hub.Scene) {
		alone(s)
		d := s.Decided("SUSPEND", "PERSON", s.Lead.ID, "IN_FORCE", nil, nil, nil, s.Lead.ID)
		s.Exec(`update people set suspended_id = $1 where id = $2`, d, s.Lead.ID)
		s.Officer.Do("endSuspension", hub.Vars{"id": d, "reason": "They said sorry."}, "decision { id }")
	}},
	{Mutation: "endSuspension", Kind: "SHIFT_CHANGED", Says: "Led by: " + bothLeads + "\nBefore: Bolat S.", Do: func(s *hub.Scene) {
		d := s.Decided("SUSPEND", "PERSON", s.Second.ID, "IN_FORCE", nil, nil, nil, s.Second.ID)
		s.Exec(`update people set suspended_id = $1 where id = $2`, d, s.Second.ID)
		s.Officer.Do("endSuspension", hub.Vars{"id": d, "reason": "They said sorry."}, "decision { id }")
	}},
	{Mutation: "eraseAccount", Kind: "SHIFT_CHANGED", Says: "Led by: Bolat S.", Do: func(s *hub.Scene) {
		s.Knows(s.Second)
		s.Second.Erase()
	}},
	{Mutation: "erasePerson", Kind: "SHIFT_CHANGED", Says: "Led by: Bolat S.", Do: func(s *hub.Scene) {
		s.Officer.Do("erasePerson", hub.Vars{"email": s.Second.ID + "@example.org", "reason": "A letter."}, "purgeAt")
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
func heard(s *hub.Scene) {
	for _, who := range s.Coming {
		s.Exec(`delete from outbox where person_id = $1`, who.ID)
		s.Exec(`delete from notices where person_id = $1`, who.ID)
	}
}

// TestEverybodyOnAShiftKnows makes each change that matters to those who come, by every possible mutation: they are told about it
// once, with the old value and the new one. Every other mutation leaves the facts of every shift unchanged.
func TestEverybodyOnAShiftKnows(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	known := map[string]bool{}
	for _, c := range factChanges {
		known[c.Mutation] = true
		s := w.Scene(t)
		c.Do(s)
		for i, who := range s.Coming {
			a := who.Must(`{ viewer { notices { totalCount nodes { kind title text path } } } }`)
			if a.Shows("viewer.notices.totalCount", 1); a.At("viewer.notices.totalCount") != float64(1) {
				t.Errorf("%s: number %d: %s", c.Mutation, i, a.RawBody)
				continue
			}
			a.Shows("viewer.notices.nodes.0.kind", c.Kind).Shows("viewer.notices.nodes.0.path", "/tasks/"+s.Task)
			told := a.Str("viewer.notices.nodes.0.title") + "\n" + a.Str("viewer.notices.nodes.0.text")
			for _, want := range strings.Split(c.Says, "\n") {
				if !strings.Contains(told, want) {
					t.Errorf("%s: %q does not say %q", c.Mutation, told, want)
				}
			}
		}
	}
	goods := goods(w)
	for _, mutation := range changesNone {
		before := factsOfAll(w)
		if a := goods[mutation].Who.Ask(hub.Document(mutation, "__typename"), hub.Vars{"in": goods[mutation].In}); a.Code() != "" {
			t.Errorf("%s is refused, and proves nothing: %s", mutation, a.RawBody)
		}
		for shift, is := range factsOfAll(w) {
			if was, there := before[shift]; there && was != is {
				t.Errorf("%s changed %s to %s", mutation, was, is)
			}
		}
	}
	listed := append(slices.Collect(maps.Keys(known)), changesNone...)
	for _, m := range hub.Schema().Mutation.Fields {
		if n := slices.Index(listed, m.Name); n < 0 || slices.Contains(listed[n+1:], m.Name) {
			t.Errorf("%s must be in one of the tables: does it change what matters to those who come?", m.Name)
		}
	}
}

// factsOfAll returns the facts of every shift that somebody comes to, from the tables.
func factsOfAll(w *hub.World) map[string]string {
	w.T.Helper()
	var rows []struct{ ID, Facts string }
	if err := w.DB.Select(&rows, `select s.id, concat_ws(' ', s.starts_at, s.ends_at, coalesce(s.place, t.place), coalesce(s.lat, t.lat), coalesce(s.lon, t.lon),
			s.state, t.state = 'CANCELLED', coalesce(s.hidden_id, t.hidden_id), (select string_agg(m.person_id::text, ' ' order by m.person_id)
				from memberships m join people p on p.id = m.person_id and p.suspended_id is null where m.team_id = t.team_id and m.state = 'ACTIVE' and m.role = 'LEAD'),
			(select string_agg(g.person_id::text, ' ' order by g.person_id) from grants g where g.ngo_id = t.ngo_id and g.ended_at is null
				and not exists (select from memberships m join people p on p.id = m.person_id and p.suspended_id is null
					where m.team_id = t.team_id and m.state = 'ACTIVE' and m.role = 'LEAD'))) as facts
		from shifts s join tasks t on t.id = s.task_id
		where exists (select from signups g where g.shift_id = s.id and g.state in ('WAITLISTED', 'OFFERED', 'CONFIRMED', 'CHECKED_IN')) and s.ends_at > now()`); err != nil {
		w.T.Fatal(err)
	}
	facts := make(map[string]string, len(rows))
	for _, row := range rows {
		facts[row.ID] = row.Facts
	}
	return facts
}

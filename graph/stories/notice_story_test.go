package stories

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/outbox"
)

// TestTheLoopIsTold follows a proposal to its verified result and reads what everybody was told on the way.
func TestTheLoopIsTold(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	author, supporter := c.volunteer, c.other
	c.lead.told()
	c.lead.do("markNoticesRead", vars{"upTo": at(1)}, "person { unreadNotices }")
	proposal := author.do("submitProposal", vars{"districtId": c.district("AUEZOV"), "centreId": c.centre("AUEZOV-1"), "title": "Алаңды жөндеу",
		"text": "Балалар алаңы ескірген.", "language": "KK"}, "proposal { id }").str("submitProposal.proposal.id")
	c.coordinator.hears("PROPOSAL_NEW").shows("viewer.notices.nodes.0.path", "/proposals/"+proposal).
		shows("viewer.notices.nodes.0.text", "Take a first look at “Алаңды жөндеу”.")
	in := vars{"id": proposal}
	supporter.do("supportProposal", in, "proposal { id }")
	author.hears()
	c.coordinator.do("reviewProposal", in, "proposal { id }")
	author.hears("PROPOSAL_MOVED")
	supporter.hears("PROPOSAL_MOVED")
	c.coordinator.do("askForInfo", vars{"id": proposal, "question": "Қай аула?"}, "proposal { id }")
	a := author.hears("PROPOSAL_INFO_WANTED")
	if text := a.str("viewer.notices.nodes.0.text"); !strings.Contains(text, "Қай аула?") {
		t.Errorf("the question is not in %q", text)
	}
	supporter.hears("PROPOSAL_MOVED")
	author.do("answerInfo", vars{"id": proposal, "answer": "Екіншісі."}, "proposal { id }")
	c.coordinator.hears("PROPOSAL_MOVED")
	supporter.hears("PROPOSAL_MOVED")
	c.coordinator.do("acceptProposal", in, "proposal { id }")
	author.hears("PROPOSAL_MOVED")
	supporter.hears("PROPOSAL_MOVED")

	task := c.lead.do("adoptProposal", vars{"proposalId": proposal, "teamId": c.team}, "task { id }").str("adoptProposal.task.id")
	of := vars{"id": task}
	c.lead.do("addShift", vars{"taskId": task, "shift": c.newShift(3, 48*time.Hour)}, "shift { id }")
	author.hears("PROPOSAL_MOVED")
	c.lead.do("openTask", of, "task { id }")
	c.lead.do("startTask", of, "task { id }")
	c.lead.do("postProgress", vars{"taskId": task, "text": "Half is done.", "language": "EN"}, "update { id }")
	author.hears("TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL")
	c.lead.do("claimDone", vars{"id": task, "words": "All clean.", "noPhotoReason": "No camera.", "cancelShifts": true}, "task { id }")
	c.coordinator.hears("TASK_TO_VERIFY").shows("viewer.notices.nodes.0.path", "/desk/centres/"+c.centre("AUEZOV-1")+"/results")
	c.coordinator.do("sendBack", vars{"id": task, "reason": "Bags are left."}, "task { id }")
	c.lead.hears("TASK_SENT_BACK").shows("viewer.notices.nodes.0.text", "The centre has sent “Алаңды жөндеу” back: Bags are left.").
		shows("viewer.notices.nodes.0.path", "/desk/tasks/"+task)
	c.lead.do("claimDone", vars{"id": task, "words": "Now.", "noPhotoReason": "No camera.", "cancelShifts": true}, "task { id }")
	c.coordinator.do("verifyTask", of, "task { id }")
	c.lead.hears("TASK_VERIFIED")
	author.hears("TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL")
	supporter.hears("PROPOSAL_MOVED", "TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL",
		"TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL")
	c.ngoLead.hears("MEMBERSHIP_REQUESTED") // from the first lead, while the team had none
	c.officer.hears()
}

// TestShiftsAreTold checks what people on a shift are told, and those on its waiting list.
func TestShiftsAreTold(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	first, second, third := c.crowd(3)[0], c.person("Second", 20), c.person("Third", 20)
	_, shift := c.task(1, 48*time.Hour)
	signup, _ := c.signUp(first, shift)
	c.signUp(second, shift)
	c.signUp(third, shift)
	first.do("cancelSignup", vars{"id": signup}, "signup { id }")
	first.hears()
	second.hears("SEAT_OFFERED").shows("viewer.notices.nodes.0.path", "/me")
	third.hears()
	c.lead.do("updateShift", vars{"id": shift, "capacity": 1, "place": nil}, "shift { id }")
	second.hears()
	c.lead.do("updateShift", vars{"id": shift, "place": "The gate"}, "shift { id }")
	second.hears("SHIFT_CHANGED")
	third.hears("SHIFT_CHANGED")
	c.exec(`update signups set offer_expires_at = now() - interval '1 minute' where state = 'OFFERED'`)
	c.tick()
	second.hears("OFFER_EXPIRED")
	third.hears("SEAT_OFFERED")

	c.age(shift, 47*time.Hour) // it begins in an hour, and the offer has expired
	last := c.person("Last", 20)
	c.signUp(last, shift)
	third.hears("OFFER_EXPIRED")
	last.hears("SEATS_LATE")
	c.tick()
	last.hears()
	other := c.lead.do("addShift", vars{"taskId": c.text(`select task_id from shifts where id = $1`, shift), "shift": c.newShift(1, 99*time.Hour)},
		"shift { id }").str("addShift.shift.id")
	c.signUp(second, other)
	c.lead.do("cancelShift", vars{"id": shift, "reason": "A storm."}, "shift { id }")
	last.hears("SHIFT_CANCELLED")
	third.hears()
	c.lead.do("cancelTask", vars{"id": c.text(`select task_id from shifts where id = $1`, shift), "reason": "A flood."}, "task { id }")
	second.hears("SHIFT_CANCELLED")
}

// TestMembershipsAreTold checks what a team and its new and leaving members are told about each other.
func TestMembershipsAreTold(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.lead.do("markNoticesRead", vars{"upTo": at(1)}, "person { id }")
	of := func(a *answer, mutation string) vars { return vars{"id": a.str(mutation + ".membership.id")} }
	asked := of(c.other.do("requestMembership", vars{"teamId": c.team}, "membership { id }"), "requestMembership")
	c.lead.hears("MEMBERSHIP_REQUESTED").shows("viewer.notices.nodes.0.path", "/desk/teams/"+c.team+"/people")
	asked["accept"] = false
	asked["reason"] = "Full."
	c.lead.do("answerMembership", asked, "membership { id }")
	c.other.hears("MEMBERSHIP_ANSWERED").shows("viewer.notices.nodes.0.text", "“Команда Ауэзов” has declined your request this time.\nThey write: Full.")
	invited := of(c.lead.do("inviteMember", vars{"teamId": c.team, "personId": c.other.id}, "membership { id }"), "inviteMember")
	c.other.hears("MEMBERSHIP_INVITED")
	invited["accept"] = true
	c.other.do("answerMembership", invited, "membership { id }")
	c.lead.hears("MEMBERSHIP_ANSWERED")
	c.other.do("leaveTeam", vars{"id": invited["id"]}, "membership { id }")
	c.lead.hears("MEMBERSHIP_ENDED")
	again := of(c.other.do("requestMembership", vars{"teamId": c.team}, "membership { id }"), "requestMembership")
	c.other.do("withdrawMembership", again, "membership { id }")
	c.lead.hears("MEMBERSHIP_REQUESTED", "MEMBERSHIP_ENDED").shows("viewer.notices.nodes.0.title", "A request was withdrawn")
	c.other.do("requestMembership", vars{"teamId": c.team}, "membership { id }")
	c.lead.hears("MEMBERSHIP_REQUESTED")
	c.exec(`update memberships set expires_at = now() - interval '1 minute' where state = 'REQUESTED'`)
	c.tick()
	c.other.hears("MEMBERSHIP_ENDED")
	c.lead.hears()
}

// TestReadingNotices refuses invalid input, and lets nobody read, count or mark another person's notices.
func TestReadingNotices(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.tell("TASK_VERIFIED", time.Time{}, c.volunteer, c.volunteer, c.other)
	mine := c.volunteer.must(`{ viewer { unreadNotices notices { totalCount nodes { id readAt } } } }`)
	mine.shows("viewer.unreadNotices", 2).shows("viewer.notices.totalCount", 2).shows("viewer.notices.nodes.0.readAt", nil)
	id := mine.str("viewer.notices.nodes.0.id")
	for _, in := range []vars{{}, {"ids": []string{id}, "upTo": at(1)}, {"ids": []string{}}} {
		c.volunteer.refused("INVALID", "markNoticesRead", in)
	}
	c.visitor().refused("UNAUTHENTICATED", "markNoticesRead", vars{"upTo": at(1)})
	c.other.do("markNoticesRead", vars{"ids": []string{id}}, "person { id }")
	c.volunteer.must(`{ viewer { unreadNotices } }`).shows("viewer.unreadNotices", 2)
	c.volunteer.do("markNoticesRead", vars{"ids": []string{id}}, "person { unreadNotices }").shows("markNoticesRead.person.unreadNotices", 1)
	c.volunteer.must(`{ viewer { notices(filter: {unread: true}) { totalCount } } }`).shows("viewer.notices.totalCount", 1)
	c.volunteer.do("markNoticesRead", vars{"upTo": at(1)}, "person { unreadNotices }").shows("markNoticesRead.person.unreadNotices", 0)
	c.other.must(`{ viewer { unreadNotices } }`).shows("viewer.unreadNotices", 1)

	for _, wrong := range [][]vars{{}, {{"topic": "SHIFTS"}}, {{"topic": "SHIFTS", "telegram": true}, {"topic": "SHIFTS", "telegram": false}}} {
		c.volunteer.refused("INVALID", "setNoticePreferences", vars{"preferences": wrong})
	}
}

// TestHowPeopleAreTold checks the choice of emails, the quiet hours and the daily email.
func TestHowPeopleAreTold(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.exec(`delete from outbox`)
	needed, none, daily, all := c.volunteer, c.other, c.person("Daily", 20), c.person("All", 20)
	needed.must(`{ viewer { noticePreferences { topic email telegram } } }`).
		shows("viewer.noticePreferences.0", vars{"topic": "SHIFTS", "email": "NEEDED", "telegram": true}).
		shows("viewer.noticePreferences.5", vars{"topic": "CENTRE", "email": "DAILY", "telegram": true})
	for who, email := range map[*caller]string{none: "NONE", daily: "DAILY", all: "ALL"} {
		who.do("setNoticePreferences", vars{"preferences": []vars{{"topic": "TEAMWORK", "email": email}}},
			"person { noticePreferences { topic email } }").shows("setNoticePreferences.person.noticePreferences.4", vars{"topic": "TEAMWORK", "email": email})
	}
	c.exec(`delete from outbox`)
	everybody := []*caller{needed, none, daily, all}
	noon := outbox.Next(time.Now().AddDate(0, 0, 1), 12)
	c.clock.Store(&noon)
	c.tell("TASK_VERIFIED", time.Time{}, everybody...)  // nobody has to act
	c.tell("TASK_SENT_BACK", time.Time{}, everybody...) // somebody should act
	c.sends(noon, "all@example.org: Your team’s result is confirmed", "volunteer@example.org: Your team’s task still needs some work",
		"daily@example.org: Your team’s task still needs some work", "all@example.org: Your team’s task still needs some work")
	if err := c.r.Notices.Collect(context.Background(), noon.Add(5*time.Hour)); err != nil {
		t.Fatal(err)
	}
	c.sends(noon.Add(5 * time.Hour))
	evening := noon.Add(6 * time.Hour)
	for range 2 {
		if err := c.r.Notices.Collect(context.Background(), evening); err != nil {
			t.Fatal(err)
		}
	}
	c.sends(evening, "daily@example.org: Your day on Jastar Hub: 1\u00a0notification")

	night := noon.Add(11 * time.Hour)
	c.clock.Store(&night)
	c.tell("TASK_SENT_BACK", time.Time{}, needed)
	c.tell("SHIFT_CANCELLED", night.Add(20*time.Minute), needed)
	c.tell("SHIFT_CANCELLED", night.Add(16*time.Hour), needed)
	c.sends(night, "volunteer@example.org: A shift is cancelled:")
	c.sends(night.Add(8 * time.Hour)) // 7 o'clock
	needed.do("markNoticesRead", vars{"ids": []string{needed.must(`{ viewer { notices { nodes { id } } } }`).str("viewer.notices.nodes.0.id")}}, "person { id }")
	c.sends(night.Add(9*time.Hour), "volunteer@example.org: Your team’s task still needs some work") // the other has been read in the meantime
}

// sends lets the worker send at a moment, and expects these emails.
func (h *hub) sends(now time.Time, want ...string) {
	h.t.Helper()
	var got []string
	carry := func(_ context.Context, letters []*outbox.Letter) {
		for _, l := range letters {
			got = append(got, *l.Address+": "+strings.TrimSuffix(l.Subject, " "))
		}
	}
	if err := h.sender(outbox.Email, carry).Send(context.Background(), now); err != nil {
		h.t.Fatal(err)
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		h.t.Errorf("at %s sent %q, want %q", now, got, want)
	}
}

// TestDeadLetters gives up a message, and lets an officer have it sent again.
func TestDeadLetters(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.exec(`delete from outbox`)
	c.tell("TASK_SENT_BACK", time.Time{}, c.volunteer)
	away := c.sender(outbox.Email, func(_ context.Context, letters []*outbox.Letter) {
		for _, l := range letters {
			l.Failure = errors.New("550 no mailbox Volunteer@example.org here, volunteer")
		}
	})
	for at, tries := c.noon(), 0; tries < 10; at, tries = at.AddDate(0, 0, 1), tries+1 {
		if err := away.Send(context.Background(), at); err != nil {
			t.Fatal(err)
		}
	}
	const list = `{ deadLetters { totalCount nodes { id channel kind person { displayName } attempts error availableActions { action allowed } } } }`
	a := c.officer.must(list).shows("deadLetters.totalCount", 1).shows("deadLetters.nodes.0.error", "550 no mailbox … here, …").
		shows("deadLetters.nodes.0.kind", "TASK_SENT_BACK").shows("deadLetters.nodes.0.attempts", 10).
		shows("deadLetters.nodes.0.availableActions", []vars{{"action": "SEND_AGAIN", "allowed": true}})
	in := vars{"id": a.str("deadLetters.nodes.0.id")}
	c.coordinator.refused("NOT_OFFICER", "sendAgain", in)
	c.officer.do("sendAgain", in, "letter { failedAt availableActions { allowed reason } }").
		shows("sendAgain.letter", vars{"failedAt": nil, "availableActions": []vars{{"allowed": false, "reason": "WRONG_STATE"}}})
	c.officer.refused("WRONG_STATE", "sendAgain", in)
	c.sends(c.noon(), "volunteer@example.org: Your team’s task still needs some work")
	c.officer.must(list).shows("deadLetters.totalCount", 0)
	c.exec(`insert into outbox (id, kind, address, language, data, created_at, due_at, attempts, failed_at, last_error)
		values (gen_random_uuid(), 'RESET_PASSWORD', 'who@example.org', 'EN', '{}', now(), now(), 10, now(), 'away')`)
	c.officer.refused("WRONG_STATE", "sendAgain", vars{"id": c.officer.must(list).str("deadLetters.nodes.0.id")})
}

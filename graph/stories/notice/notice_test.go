// Package notice has the stories of what people are told, and how.
package notice

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/outbox"
)

// TestTheLoopIsTold follows a proposal to its verified result and reads what everybody was told on the way.
func TestTheLoopIsTold(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	author, supporter := c.Volunteer, c.Other
	told(c.Lead)
	c.Lead.Do("markNoticesRead", hub.Vars{"upTo": c.In(1)}, "person { unreadNotices }")
	proposal := author.Do("submitProposal", hub.Vars{"districtId": c.District("AUEZOV"), "centreId": c.Centre("AUEZOV-1"), "title": "Алаңды жөндеу",
		"text": "Балалар алаңы ескірген.", "language": "KK"}, "proposal { id }").Str("submitProposal.proposal.id")
	c.Coordinator.Hears("PROPOSAL_NEW").Shows("viewer.notices.nodes.0.path", "/proposals/"+proposal).
		Shows("viewer.notices.nodes.0.text", "Take a first look at “Алаңды жөндеу”.")
	in := hub.Vars{"id": proposal}
	supporter.Do("supportProposal", in, "proposal { id }")
	author.Hears()
	c.Coordinator.Do("reviewProposal", in, "proposal { id }")
	author.Hears("PROPOSAL_MOVED")
	supporter.Hears("PROPOSAL_MOVED")
	c.Coordinator.Do("askForInfo", hub.Vars{"id": proposal, "question": "Қай аула?"}, "proposal { id }")
	a := author.Hears("PROPOSAL_INFO_WANTED")
	if text := a.Str("viewer.notices.nodes.0.text"); !strings.Contains(text, "Қай аула?") {
		t.Errorf("the question is not in %q", text)
	}
	supporter.Hears("PROPOSAL_MOVED")
	author.Do("answerInfo", hub.Vars{"id": proposal, "answer": "Екіншісі."}, "proposal { id }")
	c.Coordinator.Hears("PROPOSAL_MOVED")
	supporter.Hears("PROPOSAL_MOVED")
	c.Coordinator.Do("acceptProposal", in, "proposal { id }")
	author.Hears("PROPOSAL_MOVED")
	supporter.Hears("PROPOSAL_MOVED")

	task := c.Lead.Do("adoptProposal", hub.Vars{"proposalId": proposal, "teamId": c.Team}, "task { id }").Str("adoptProposal.task.id")
	of := hub.Vars{"id": task}
	c.Lead.Do("addShift", hub.Vars{"taskId": task, "shift": c.NewShift(3, 48*time.Hour)}, "shift { id }")
	author.Hears("PROPOSAL_MOVED")
	c.Lead.Do("openTask", of, "task { id }")
	c.Lead.Do("startTask", of, "task { id }")
	c.Lead.Do("postProgress", hub.Vars{"taskId": task, "text": "Half is done.", "language": "EN"}, "update { id }")
	author.Hears("TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL")
	c.Lead.Do("claimDone", hub.Vars{"id": task, "words": "All clean.", "noPhotoReason": "No camera.", "cancelShifts": true}, "task { id }")
	c.Coordinator.Hears("TASK_TO_VERIFY").Shows("viewer.notices.nodes.0.path", "/desk/centres/"+c.Centre("AUEZOV-1")+"/results")
	c.Coordinator.Do("sendBack", hub.Vars{"id": task, "reason": "Bags are left."}, "task { id }")
	c.Lead.Hears("TASK_SENT_BACK").Shows("viewer.notices.nodes.0.text", "The centre has sent “Алаңды жөндеу” back: Bags are left.").
		Shows("viewer.notices.nodes.0.path", "/desk/tasks/"+task)
	c.Lead.Do("claimDone", hub.Vars{"id": task, "words": "Now.", "noPhotoReason": "No camera.", "cancelShifts": true}, "task { id }")
	c.Coordinator.Do("verifyTask", of, "task { id }")
	c.Lead.Hears("TASK_VERIFIED")
	author.Hears("TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL")
	supporter.Hears("PROPOSAL_MOVED", "TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL",
		"TASK_FROM_PROPOSAL", "TASK_FROM_PROPOSAL")
	c.NgoLead.Hears("MEMBERSHIP_REQUESTED") // from the first lead, while the team had none
	c.Officer.Hears()
}

// TestShiftsAreTold checks what people on a shift are told, and those on its waiting list.
func TestShiftsAreTold(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	first, second, third := c.Crowd(3)[0], c.Person("Second", 20), c.Person("Third", 20)
	_, shift := c.Task(1, 48*time.Hour)
	signup, _ := c.SignUp(first, shift)
	c.SignUp(second, shift)
	c.SignUp(third, shift)
	first.Do("cancelSignup", hub.Vars{"id": signup}, "signup { id }")
	first.Hears()
	second.Hears("SEAT_OFFERED").Shows("viewer.notices.nodes.0.path", "/me")
	third.Hears()
	c.Lead.Do("updateShift", hub.Vars{"id": shift, "capacity": 1, "place": nil}, "shift { id }")
	second.Hears()
	c.Lead.Do("updateShift", hub.Vars{"id": shift, "place": "The gate"}, "shift { id }")
	second.Hears("SHIFT_CHANGED")
	third.Hears("SHIFT_CHANGED")
	c.Pass(24 * time.Hour)
	c.Tick()
	second.Hears("OFFER_EXPIRED")
	third.Hears("SEAT_OFFERED")

	c.Pass(23 * time.Hour) // it begins in an hour, and the offer has expired
	last := c.Person("Last", 20)
	c.SignUp(last, shift)
	third.Hears("OFFER_EXPIRED")
	last.Hears("SEATS_LATE")
	c.Tick()
	last.Hears()
	other := c.Lead.Do("addShift", hub.Vars{"taskId": c.Text(`select task_id from shifts where id = $1`, shift), "shift": c.NewShift(1, 99*time.Hour)},
		"shift { id }").Str("addShift.shift.id")
	c.SignUp(second, other)
	c.Lead.Do("cancelShift", hub.Vars{"id": shift, "reason": "A storm."}, "shift { id }")
	last.Hears("SHIFT_CANCELLED")
	third.Hears()
	c.Lead.Do("cancelTask", hub.Vars{"id": c.Text(`select task_id from shifts where id = $1`, shift), "reason": "A flood."}, "task { id }")
	second.Hears("SHIFT_CANCELLED")
}

// TestMembershipsAreTold checks what a team and its new and leaving members are told about each other.
func TestMembershipsAreTold(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Lead.Do("markNoticesRead", hub.Vars{"upTo": c.In(1)}, "person { id }")
	of := func(a *hub.Answer, mutation string) hub.Vars {
		return hub.Vars{"id": a.Str(mutation + ".membership.id")}
	}
	asked := of(c.Other.Do("requestMembership", hub.Vars{"teamId": c.Team}, "membership { id }"), "requestMembership")
	c.Lead.Hears("MEMBERSHIP_REQUESTED").Shows("viewer.notices.nodes.0.path", "/desk/teams/"+c.Team+"/people")
	asked["accept"] = false
	asked["reason"] = "Full."
	c.Lead.Do("answerMembership", asked, "membership { id }")
	c.Other.Hears("MEMBERSHIP_ANSWERED").Shows("viewer.notices.nodes.0.text", "“Команда Ауэзов” has declined your request this time.\nThey write: Full.")
	invited := of(c.Lead.Do("inviteMember", hub.Vars{"teamId": c.Team, "personId": c.Other.ID}, "membership { id }"), "inviteMember")
	c.Other.Hears("MEMBERSHIP_INVITED")
	invited["accept"] = true
	c.Other.Do("answerMembership", invited, "membership { id }")
	c.Lead.Hears("MEMBERSHIP_ANSWERED")
	c.Other.Do("leaveTeam", hub.Vars{"id": invited["id"]}, "membership { id }")
	c.Lead.Hears("MEMBERSHIP_ENDED")
	again := of(c.Other.Do("requestMembership", hub.Vars{"teamId": c.Team}, "membership { id }"), "requestMembership")
	c.Other.Do("withdrawMembership", again, "membership { id }")
	c.Lead.Hears("MEMBERSHIP_REQUESTED", "MEMBERSHIP_ENDED").Shows("viewer.notices.nodes.0.title", "A request was withdrawn")
	c.Other.Do("requestMembership", hub.Vars{"teamId": c.Team}, "membership { id }")
	c.Lead.Hears("MEMBERSHIP_REQUESTED")
	c.Pass(14 * 24 * time.Hour)
	c.Tick()
	c.Other.Hears("MEMBERSHIP_ENDED")
	c.Lead.Hears()
}

// TestReadingNotices refuses invalid input, and lets nobody read, count or mark another person's notices.
func TestReadingNotices(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Tell("TASK_VERIFIED", time.Time{}, c.Volunteer, c.Volunteer, c.Other)
	mine := c.Volunteer.Must(`{ viewer { unreadNotices notices { totalCount nodes { id readAt } } } }`)
	mine.Shows("viewer.unreadNotices", 2).Shows("viewer.notices.totalCount", 2).Shows("viewer.notices.nodes.0.readAt", nil)
	id := mine.Str("viewer.notices.nodes.0.id")
	for _, in := range []hub.Vars{{}, {"ids": []string{id}, "upTo": c.In(1)}, {"ids": []string{}}} {
		c.Volunteer.Refused("INVALID", "markNoticesRead", in)
	}
	c.Visitor().Refused("UNAUTHENTICATED", "markNoticesRead", hub.Vars{"upTo": c.In(1)})
	c.Other.Do("markNoticesRead", hub.Vars{"ids": []string{id}}, "person { id }")
	c.Volunteer.Must(`{ viewer { unreadNotices } }`).Shows("viewer.unreadNotices", 2)
	c.Volunteer.Do("markNoticesRead", hub.Vars{"ids": []string{id}}, "person { unreadNotices }").Shows("markNoticesRead.person.unreadNotices", 1)
	c.Volunteer.Must(`{ viewer { notices(filter: {unread: true}) { totalCount } } }`).Shows("viewer.notices.totalCount", 1)
	c.Volunteer.Do("markNoticesRead", hub.Vars{"upTo": c.In(1)}, "person { unreadNotices }").Shows("markNoticesRead.person.unreadNotices", 0)
	c.Other.Must(`{ viewer { unreadNotices } }`).Shows("viewer.unreadNotices", 1)

	for _, wrong := range [][]hub.Vars{{}, {{"topic": "SHIFTS"}}, {{"topic": "SHIFTS", "telegram": true}, {"topic": "SHIFTS", "telegram": false}}} {
		c.Volunteer.Refused("INVALID", "setNoticePreferences", hub.Vars{"preferences": wrong})
	}
}

// TestHowPeopleAreTold checks the choice of emails, the quiet hours and the daily email.
func TestHowPeopleAreTold(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Exec(`delete from outbox`)
	needed, none, daily, all := c.Volunteer, c.Other, c.Person("Daily", 20), c.Person("All", 20)
	needed.Must(`{ viewer { noticePreferences { topic email telegram } } }`).
		Shows("viewer.noticePreferences.0", hub.Vars{"topic": "SHIFTS", "email": "NEEDED", "telegram": true}).
		Shows("viewer.noticePreferences.5", hub.Vars{"topic": "CENTRE", "email": "DAILY", "telegram": true})
	for who, email := range map[*hub.Caller]string{none: "NONE", daily: "DAILY", all: "ALL"} {
		who.Do("setNoticePreferences", hub.Vars{"preferences": []hub.Vars{{"topic": "TEAMWORK", "email": email}}},
			"person { noticePreferences { topic email } }").Shows("setNoticePreferences.person.noticePreferences.4", hub.Vars{"topic": "TEAMWORK", "email": email})
	}
	c.Exec(`delete from outbox`)
	everybody := []*hub.Caller{needed, none, daily, all}
	noon := outbox.Next(c.Present().AddDate(0, 0, 1), 12)
	c.Still(noon)
	c.Tell("TASK_VERIFIED", time.Time{}, everybody...)  // nobody has to act
	c.Tell("TASK_SENT_BACK", time.Time{}, everybody...) // somebody should act
	sends(c.Hub, noon, "all@example.org: Your team’s result is confirmed", "volunteer@example.org: Your team’s task still needs some work",
		"daily@example.org: Your team’s task still needs some work", "all@example.org: Your team’s task still needs some work")
	if err := c.Resolver.Notices.Collect(context.Background(), noon.Add(5*time.Hour)); err != nil {
		t.Fatal(err)
	}
	sends(c.Hub, noon.Add(5*time.Hour))
	evening := noon.Add(6 * time.Hour)
	for range 2 {
		if err := c.Resolver.Notices.Collect(context.Background(), evening); err != nil {
			t.Fatal(err)
		}
	}
	sends(c.Hub, evening, "daily@example.org: Your day on Jastar Hub: 1\u00a0notification")

	night := noon.Add(11 * time.Hour)
	c.Still(night)
	c.Tell("TASK_SENT_BACK", time.Time{}, needed)
	c.Tell("SHIFT_CANCELLED", night.Add(20*time.Minute), needed)
	c.Tell("SHIFT_CANCELLED", night.Add(16*time.Hour), needed)
	sends(c.Hub, night, "volunteer@example.org: A shift is cancelled:")
	sends(c.Hub, night.Add(8*time.Hour)) // 7 o'clock
	needed.Do("markNoticesRead", hub.Vars{"ids": []string{needed.Must(`{ viewer { notices { nodes { id } } } }`).Str("viewer.notices.nodes.0.id")}}, "person { id }")
	sends(c.Hub, night.Add(9*time.Hour), "volunteer@example.org: Your team’s task still needs some work") // the other has been read in the meantime
}

// sends lets the worker send at a moment, and expects these emails.
func sends(h *hub.Hub, now time.Time, want ...string) {
	h.T.Helper()
	var got []string
	carry := func(_ context.Context, letters []*outbox.Letter) {
		for _, l := range letters {
			got = append(got, *l.Address+": "+strings.TrimSuffix(l.Subject, " "))
		}
	}
	if err := h.Sender(outbox.Email, carry).Send(context.Background(), now); err != nil {
		h.T.Fatal(err)
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		h.T.Errorf("at %s sent %q, want %q", now, got, want)
	}
}

// TestDeadLetters gives up a message, and lets an officer have it sent again.
func TestDeadLetters(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Exec(`delete from outbox`)
	c.Tell("TASK_SENT_BACK", time.Time{}, c.Volunteer)
	away := c.Sender(outbox.Email, func(_ context.Context, letters []*outbox.Letter) {
		for _, l := range letters {
			l.Failure = errors.New("550 no mailbox Volunteer@example.org here, volunteer")
		}
	})
	for at, tries := c.Noon(), 0; tries < 10; at, tries = at.AddDate(0, 0, 1), tries+1 {
		if err := away.Send(context.Background(), at); err != nil {
			t.Fatal(err)
		}
	}
	const list = `{ deadLetters { totalCount nodes { id channel kind person { displayName } attempts error availableActions { action allowed } } } }`
	a := c.Officer.Must(list).Shows("deadLetters.totalCount", 1).Shows("deadLetters.nodes.0.error", "550 no mailbox … here, …").
		Shows("deadLetters.nodes.0.kind", "TASK_SENT_BACK").Shows("deadLetters.nodes.0.attempts", 10).
		Shows("deadLetters.nodes.0.availableActions", []hub.Vars{{"action": "SEND_AGAIN", "allowed": true}})
	in := hub.Vars{"id": a.Str("deadLetters.nodes.0.id")}
	c.Coordinator.Refused("NOT_OFFICER", "sendAgain", in)
	c.Officer.Do("sendAgain", in, "letter { failedAt availableActions { allowed reason } }").
		Shows("sendAgain.letter", hub.Vars{"failedAt": nil, "availableActions": []hub.Vars{{"allowed": false, "reason": "WRONG_STATE"}}})
	c.Officer.Refused("WRONG_STATE", "sendAgain", in)
	sends(c.Hub, c.Noon(), "volunteer@example.org: Your team’s task still needs some work")
	c.Officer.Must(list).Shows("deadLetters.totalCount", 0)
	c.Exec(`insert into outbox (id, kind, address, language, data, created_at, due_at, attempts, failed_at, last_error)
		values (gen_random_uuid(), 'RESET_PASSWORD', 'who@example.org', 'EN', '{}', now(), now(), 10, now(), 'away')`)
	c.Officer.Refused("WRONG_STATE", "sendAgain", hub.Vars{"id": c.Officer.Must(list).Str("deadLetters.nodes.0.id")})
}

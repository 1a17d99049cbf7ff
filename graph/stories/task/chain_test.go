package task

import (
	"encoding/base64"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// chain is a city whose people are served by two processes in turn, so that they depend on nothing that only one process knows.
type chain struct {
	*hub.City
	processes [2]*hub.Hub
	turns     int
}

func newChain(t *testing.T) *chain {
	t.Helper()
	k := &chain{City: hub.NewCity(t)}
	hub := program(t)
	settings := []string{"HUB_BLOB_URL=file://" + t.TempDir(), "HUB_SECRET_KEY=" + base64.StdEncoding.EncodeToString(slices.Repeat([]byte{7}, 32))}
	for i := range k.processes {
		k.processes[i] = process(k.Hub, t, hub, settings...)
	}
	return k
}

// next returns somebody at the process whose turn it is.
func (k *chain) next(who *hub.Caller) *hub.Caller {
	k.turns++
	return who.Over(k.processes[k.turns%2])
}

// does runs a mutation at the next process, and returns the text at a path of the payload.
func (k *chain) does(who *hub.Caller, mutation string, in hub.Vars, payload, path string) string {
	k.T.Helper()
	a := k.next(who).Do(mutation, in, payload)
	if path == "" {
		return ""
	}
	return a.Str(mutation + "." + path)
}

// passes lets time pass for a shift and for those who came to it: the processes have the machine's clock, so their rows get older.
func (k *chain) passes(shift string, by time.Duration) {
	k.T.Helper()
	k.Exec(`update shifts set starts_at = starts_at - make_interval(secs => $2), ends_at = ends_at - make_interval(secs => $2) where id = $1`, shift, by.Seconds())
	k.Exec(`update signups set checked_in_at = checked_in_at - make_interval(secs => $2) where shift_id = $1`, shift, by.Seconds())
}

// ends ends the shift, with the recorded attendance.
func (k *chain) ends(shift string) {
	k.T.Helper()
	k.Exec(`update signups set checked_out_at = checked_out_at - interval '30 minutes' where shift_id = $1`, shift)
	k.Exec(`update hours set came_at = came_at - interval '30 minutes', went_at = went_at - interval '30 minutes' where shift_id = $1`, shift)
	k.passes(shift, 30*time.Minute)
}

// posts sends a photo to the next process.
func (k *chain) posts(who *hub.Caller) (photo string) {
	k.T.Helper()
	at := k.next(who).Hub
	return (&hub.Photos{Hub: at, URL: strings.TrimSuffix(at.URL, "/graphql")}).Upload(who, hub.FromCamera(1200, 800)).ID
}

// TestTheWholeChain follows what a girl saw in her yard to a result that the centre has checked, and to a certificate that anyone
// can check: six people, two processes, and everything that each of them was told, in order.
func TestTheWholeChain(t *testing.T) {
	t.Parallel()
	k := newChain(t)
	author, supporter, coordinator, lead := k.Person("Author", 17), k.Person("Supporter", 30), k.Coordinator, k.Lead
	first, second := k.Person("First", 20), k.Person("Second", 22)

	// She proposes, another person finds it before proposing the same, and the centre accepts.
	place := hub.Vars{"districtId": k.District("AUEZOV"), "centreId": k.Centre("AUEZOV-1"), "title": "Балалар алаңын тазалау", "text": "Алаңды шөп басып кеткен.", "language": "KK"}
	proposal := k.does(author, "submitProposal", place, "proposal { id }", "proposal.id")
	k.next(supporter).Must(`query($district: ID!) { similarProposals(districtId: $district, title: "Балалар алаңын тазалайық") { id } }`,
		hub.Vars{"district": k.District("AUEZOV")}).Shows("similarProposals", []hub.Vars{{"id": proposal}})
	of := hub.Vars{"id": proposal}
	k.does(supporter, "supportProposal", of, "proposal { id }", "")
	k.does(coordinator, "reviewProposal", of, "proposal { id }", "")
	k.does(coordinator, "acceptProposal", of, "proposal { id }", "")

	// A team adopts it. There is one seat for two people; then there are two.
	task := k.does(lead, "adoptProposal", hub.Vars{"proposalId": proposal, "teamId": k.Team}, "task { id }", "task.id")
	shift := k.does(lead, "addShift", hub.Vars{"taskId": task, "shift": k.NewShift(1, 48*time.Hour)}, "shift { id }", "shift.id")
	k.does(lead, "openTask", hub.Vars{"id": task}, "task { id }", "")
	k.does(first, "signUp", hub.Vars{"shiftId": shift}, "signup { state }", "signup.state")
	signup := k.does(second, "signUp", hub.Vars{"shiftId": shift}, "signup { id }", "signup.id")
	k.does(lead, "updateShift", hub.Vars{"id": shift, "capacity": 2}, "shift { id }", "")
	k.does(second, "acceptOffer", hub.Vars{"id": signup}, "signup { id }", "")
	k.does(lead, "startTask", hub.Vars{"id": task}, "task { id }", "")

	// On the day one person checks in with the code on the lead's screen, the lead checks in the other; two hours later they
	// leave.
	k.passes(shift, 48*time.Hour+5*time.Minute)
	code := k.next(lead).Must(hub.ShowCode, hub.Vars{"shift": shift}).Str("checkInCode.code")
	own := k.does(first, "checkInWithCode", hub.Vars{"shiftId": shift, "code": code}, "signup { id state }", "signup.id")
	if codes := k.next(lead).Done("checkInMany", hub.Vars{"ids": []string{signup}}); !slices.Equal(codes, []string{""}) {
		t.Fatal(codes)
	}
	k.passes(shift, 90*time.Minute)
	k.does(first, "checkOut", hub.Vars{"id": own}, "signup { id }", "")
	k.does(lead, "checkOut", hub.Vars{"id": signup}, "signup { id }", "")

	k.ends(shift)

	// The lead reports the result, with photos that the other process received. The centre has verified it; the author disputes
	// it.
	k.does(lead, "postProgress", hub.Vars{"taskId": task, "text": "Половина готова.", "language": "RU", "percent": 50, "photos": hub.Vars{"ids": []string{k.posts(lead)}, "minorsShown": false}}, "update { id }", "")
	claim := hub.Vars{"id": task, "words": "Алаң таза.", "photos": hub.Vars{"ids": []string{k.posts(lead)}, "minorsShown": false}, "results": []hub.Vars{{"metric": "BAGS", "amount": 14}}}
	k.does(lead, "claimDone", claim, "task { id }", "")
	k.does(coordinator, "verifyTask", hub.Vars{"id": task}, "task { id }", "")
	k.does(author, "disputeResult", hub.Vars{"id": task, "reason": "Қақпаның жаны әлі шөп."}, "task { id }", "")
	claim["photos"], claim["words"] = hub.Vars{"ids": []string{k.posts(lead)}, "minorsShown": false}, "Қақпаның жаны да таза."
	k.does(lead, "claimDone", claim, "task { id }", "")
	k.does(coordinator, "verifyTask", hub.Vars{"id": task}, "task { id }", "")
	k.next(k.Visitor()).Must(`query($id: ID!) { task(id: $id) { state team { results(year: `+k.Present().UTC().Add(5*time.Hour).Format("2006")+`) { metric amount } } } }`,
		hub.Vars{"id": task}).Shows("task", hub.Vars{"state": "VERIFIED", "team": hub.Vars{"results": []hub.Vars{{"metric": "BAGS", "amount": 14}}}})

	// The hours count, and are stated on the certificates, until they turn out to have been fewer.
	if codes := k.next(lead).Done("approveHours", hub.Vars{"ids": []string{k.HoursOf(own), k.HoursOf(signup)}}); !slices.Equal(codes, []string{"", ""}) {
		t.Fatal(codes)
	}
	k.next(first).Must(`{ myRecord { minutes shifts pendingMinutes } }`).Shows("myRecord", hub.Vars{"minutes": 90, "shifts": 1, "pendingMinutes": 0})
	from, to := k.Days()
	number := k.does(first, "issueCertificate", hub.Vars{"from": from, "to": to, "language": "KK"}, "certificate { number }", "certificate.number")
	checked := `query($number: String!) { certificate(number: $number) { initials minutes revocation parts { ngoName(lang: EN) } } }`
	good := hub.Vars{"initials": "F. T.", "minutes": 90, "revocation": nil, "parts": []hub.Vars{{"ngoName": "Clean Almaty"}}}
	k.next(k.Visitor()).Must(checked, hub.Vars{"number": number}).Shows("certificate", good)
	k.prints(first, number)
	if codes := k.next(coordinator).Done("adjustHours", hub.Vars{"rows": []hub.Vars{{"id": k.HoursOf(own), "minutes": 60}}, "reason": "Left earlier."}); !slices.Equal(codes, []string{""}) {
		t.Fatal(codes)
	}
	good["revocation"] = "HOURS_CHANGED"
	k.next(k.Visitor()).Must(checked, hub.Vars{"number": number}).Shows("certificate", good)

	for _, person := range []struct {
		who  *hub.Caller
		told []string
	}{
		{author, []string{
			"PROPOSAL_MOVED: The centre is looking at a proposal",
			"PROPOSAL_MOVED: A proposal was accepted",
			"PROPOSAL_MOVED: A team is taking on a proposal",
			"TASK_FROM_PROPOSAL: A proposal has become a task that you can join",
			"TASK_FROM_PROPOSAL: Work on a proposal has begun",
			"TASK_FROM_PROPOSAL: There is progress on a proposal",
			"TASK_FROM_PROPOSAL: A team reports that a proposal is done",
			"TASK_FROM_PROPOSAL: A proposal has become reality",
			"TASK_FROM_PROPOSAL: A team reports that a proposal is done",
			"TASK_FROM_PROPOSAL: A proposal has become reality",
		}},
		{supporter, []string{
			"PROPOSAL_MOVED: The centre is looking at a proposal",
			"PROPOSAL_MOVED: A proposal was accepted",
			"PROPOSAL_MOVED: A team is taking on a proposal",
			"TASK_FROM_PROPOSAL: A proposal has become a task that you can join",
			"TASK_FROM_PROPOSAL: Work on a proposal has begun",
			"TASK_FROM_PROPOSAL: There is progress on a proposal",
			"TASK_FROM_PROPOSAL: A team reports that a proposal is done",
			"TASK_FROM_PROPOSAL: A proposal has become reality",
			"TASK_FROM_PROPOSAL: A result is disputed",
			"TASK_FROM_PROPOSAL: A team reports that a proposal is done",
			"TASK_FROM_PROPOSAL: A proposal has become reality",
		}},
		{coordinator, []string{
			"PROPOSAL_NEW: A new proposal for your centre",
			"TASK_TO_VERIFY: A team reports that a task is done",
			"TASK_DISPUTED: A result is disputed",
			"TASK_TO_VERIFY: A team reports that a task is done",
		}},
		{lead, []string{
			"MEMBERSHIP_ANSWERED: You are in the team",
			"TASK_VERIFIED: Your team’s result is confirmed",
			"TASK_DISPUTED: A result is disputed",
			"TASK_VERIFIED: Your team’s result is confirmed",
		}},
		{first, []string{
			"HOURS_ANSWERED: Your hours were approved: 1\u00a0h 30\u00a0min",
			"CERTIFICATE_REVOKED: Your certificate is no longer valid",
			"HOURS_ANSWERED: Your hours were adjusted: 1\u00a0h",
		}},
		{second, []string{
			"SEAT_OFFERED: A place is free for you",
			"HOURS_ANSWERED: Your hours were approved: 1\u00a0h 30\u00a0min",
		}},
	} {
		if got := k.titles(person.who); !slices.Equal(got, person.told) {
			t.Errorf("told\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(person.told, "\n"))
		}
	}
}

// titles returns what somebody was told, with the kinds, oldest first.
func (k *chain) titles(who *hub.Caller) (titles []string) {
	k.T.Helper()
	for _, n := range k.next(who).Must(`{ viewer { notices(first: 100) { nodes { kind title } } } }`).At("viewer.notices.nodes").([]any) {
		told := n.(hub.Vars)
		title, _, _ := strings.Cut(told["title"].(string), " until ") // without the time
		titles = append(titles, told["kind"].(string)+": "+title)
	}
	slices.Reverse(titles)
	return titles
}

// prints checks that the next process returns the certificate as a PDF.
func (k *chain) prints(who *hub.Caller, number string) {
	k.T.Helper()
	r, err := http.NewRequest(http.MethodGet, strings.TrimSuffix(k.next(who).Hub.URL, "/graphql")+"/certificates/"+number+".pdf", nil)
	if err != nil {
		k.T.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: "jastar", Value: who.Token})
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		k.T.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	begin := make([]byte, 5)
	if _, err := io.ReadFull(answer.Body, begin); err != nil || answer.StatusCode != http.StatusOK || string(begin) != "%PDF-" {
		k.T.Errorf("%d %q %v", answer.StatusCode, begin, err)
	}
}

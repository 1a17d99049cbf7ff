package stories

import (
	"encoding/base64"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// chain is a city whose people are served by two processes in turn, so that they depend on nothing that only one process knows.
type chain struct {
	*city
	processes [2]*hub
	turns     int
}

func newChain(t *testing.T) *chain {
	t.Helper()
	k := &chain{city: newCity(t)}
	hub := program(t)
	settings := []string{"HUB_BLOB_URL=file://" + t.TempDir(), "HUB_SECRET_KEY=" + base64.StdEncoding.EncodeToString(slices.Repeat([]byte{7}, 32))}
	for i := range k.processes {
		k.processes[i] = k.process(t, hub, settings...)
	}
	return k
}

// next returns somebody at the process whose turn it is.
func (k *chain) next(who *caller) *caller {
	k.turns++
	return who.over(k.processes[k.turns%2])
}

// does runs a mutation at the next process, and returns the text at a path of the payload.
func (k *chain) does(who *caller, mutation string, in vars, payload, path string) string {
	k.t.Helper()
	a := k.next(who).do(mutation, in, payload)
	if path == "" {
		return ""
	}
	return a.str(mutation + "." + path)
}

// passes lets time pass for a shift and for those who came to it.
func (k *chain) passes(shift string, by time.Duration) {
	k.t.Helper()
	k.age(shift, by)
	k.exec(`update signups set checked_in_at = checked_in_at - make_interval(secs => $2) where shift_id = $1`, shift, by.Seconds())
}

// ends ends the shift, with the recorded attendance.
func (k *chain) ends(shift string) {
	k.t.Helper()
	k.exec(`update signups set checked_out_at = checked_out_at - interval '30 minutes' where shift_id = $1`, shift)
	k.exec(`update hours set came_at = came_at - interval '30 minutes', went_at = went_at - interval '30 minutes' where shift_id = $1`, shift)
	k.passes(shift, 30*time.Minute)
}

// posts sends a photo to the next process.
func (k *chain) posts(who *caller) (photo string) {
	k.t.Helper()
	at := k.next(who).h
	return (&photos{at, strings.TrimSuffix(at.url, "/graphql")}).upload(who, fromCamera(1200, 800)).ID
}

// TestTheWholeChain follows what a girl saw in her yard to a result that the centre has checked, and to a certificate that anyone
// can check: six people, two processes, and everything that each of them was told, in order.
func TestTheWholeChain(t *testing.T) {
	t.Parallel()
	k := newChain(t)
	author, supporter, coordinator, lead := k.person("Author", 17), k.person("Supporter", 30), k.coordinator, k.lead
	first, second := k.person("First", 20), k.person("Second", 22)

	// She proposes, another person finds it before proposing the same, and the centre accepts.
	place := vars{"districtId": k.district("AUEZOV"), "centreId": k.centre("AUEZOV-1"), "title": "Балалар алаңын тазалау", "text": "Алаңды шөп басып кеткен.", "language": "KK"}
	proposal := k.does(author, "submitProposal", place, "proposal { id }", "proposal.id")
	k.next(supporter).must(`query($district: ID!) { similarProposals(districtId: $district, title: "Балалар алаңын тазалайық") { id } }`,
		vars{"district": k.district("AUEZOV")}).shows("similarProposals", []vars{{"id": proposal}})
	of := vars{"id": proposal}
	k.does(supporter, "supportProposal", of, "proposal { id }", "")
	k.does(coordinator, "reviewProposal", of, "proposal { id }", "")
	k.does(coordinator, "acceptProposal", of, "proposal { id }", "")

	// A team adopts it. There is one seat for two people; then there are two.
	task := k.does(lead, "adoptProposal", vars{"proposalId": proposal, "teamId": k.team}, "task { id }", "task.id")
	shift := k.does(lead, "addShift", vars{"taskId": task, "shift": k.newShift(1, 48*time.Hour)}, "shift { id }", "shift.id")
	k.does(lead, "openTask", vars{"id": task}, "task { id }", "")
	k.does(first, "signUp", vars{"shiftId": shift}, "signup { state }", "signup.state")
	signup := k.does(second, "signUp", vars{"shiftId": shift}, "signup { id }", "signup.id")
	k.does(lead, "updateShift", vars{"id": shift, "capacity": 2}, "shift { id }", "")
	k.does(second, "acceptOffer", vars{"id": signup}, "signup { id }", "")
	k.does(lead, "startTask", vars{"id": task}, "task { id }", "")

	// On the day one person checks in with the code on the lead's screen, the lead checks in the other; two hours later they
	// leave.
	k.passes(shift, 48*time.Hour+5*time.Minute)
	code := k.next(lead).must(showCode, vars{"shift": shift}).str("checkInCode.code")
	own := k.does(first, "checkInWithCode", vars{"shiftId": shift, "code": code}, "signup { id state }", "signup.id")
	if codes := k.next(lead).done("checkInMany", vars{"ids": []string{signup}}); !slices.Equal(codes, []string{""}) {
		t.Fatal(codes)
	}
	k.passes(shift, 90*time.Minute)
	k.does(first, "checkOut", vars{"id": own}, "signup { id }", "")
	k.does(lead, "checkOut", vars{"id": signup}, "signup { id }", "")

	k.ends(shift)

	// The lead reports the result, with photos that the other process received. The centre has verified it; the author disputes
	// it.
	k.does(lead, "postProgress", vars{"taskId": task, "text": "Половина готова.", "language": "RU", "percent": 50, "photoIds": []string{k.posts(lead)}, "minorsShown": false}, "update { id }", "")
	claim := vars{"id": task, "words": "Алаң таза.", "photoIds": []string{k.posts(lead)}, "minorsShown": false, "results": []vars{{"metric": "BAGS", "amount": 14}}}
	k.does(lead, "claimDone", claim, "task { id }", "")
	k.does(coordinator, "verifyTask", vars{"id": task}, "task { id }", "")
	k.does(author, "disputeResult", vars{"id": task, "reason": "Қақпаның жаны әлі шөп."}, "task { id }", "")
	claim["photoIds"], claim["words"] = []string{k.posts(lead)}, "Қақпаның жаны да таза."
	k.does(lead, "claimDone", claim, "task { id }", "")
	k.does(coordinator, "verifyTask", vars{"id": task}, "task { id }", "")
	k.next(k.visitor()).must(`query($id: ID!) { task(id: $id) { state team { results(year: `+time.Now().UTC().Add(5*time.Hour).Format("2006")+`) { metric amount } } } }`,
		vars{"id": task}).shows("task", vars{"state": "VERIFIED", "team": vars{"results": []vars{{"metric": "BAGS", "amount": 14}}}})

	// The hours count, and are stated on the certificates, until they turn out to have been fewer.
	if codes := k.next(lead).done("approveHours", vars{"ids": []string{k.hoursOf(own), k.hoursOf(signup)}}); !slices.Equal(codes, []string{"", ""}) {
		t.Fatal(codes)
	}
	k.next(first).must(`{ myRecord { minutes shifts pendingMinutes } }`).shows("myRecord", vars{"minutes": 90, "shifts": 1, "pendingMinutes": 0})
	from, to := days()
	number := k.does(first, "issueCertificate", vars{"from": from, "to": to, "language": "KK"}, "certificate { number }", "certificate.number")
	checked := `query($number: String!) { certificate(number: $number) { initials minutes revocation parts { ngoName(lang: EN) } } }`
	good := vars{"initials": "F. T.", "minutes": 90, "revocation": nil, "parts": []vars{{"ngoName": "Clean Almaty"}}}
	k.next(k.visitor()).must(checked, vars{"number": number}).shows("certificate", good)
	k.prints(first, number)
	if codes := k.next(coordinator).done("adjustHours", vars{"rows": []vars{{"id": k.hoursOf(own), "minutes": 60}}, "reason": "Left earlier."}); !slices.Equal(codes, []string{""}) {
		t.Fatal(codes)
	}
	good["revocation"] = "HOURS_CHANGED"
	k.next(k.visitor()).must(checked, vars{"number": number}).shows("certificate", good)

	for _, person := range []struct {
		who  *caller
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
func (k *chain) titles(who *caller) (titles []string) {
	k.t.Helper()
	for _, n := range k.next(who).must(`{ viewer { notices(first: 100) { nodes { kind title } } } }`).at("viewer.notices.nodes").([]any) {
		told := n.(vars)
		title, _, _ := strings.Cut(told["title"].(string), " until ") // without the time
		titles = append(titles, told["kind"].(string)+": "+title)
	}
	slices.Reverse(titles)
	return titles
}

// prints checks that the next process returns the certificate as a PDF.
func (k *chain) prints(who *caller, number string) {
	k.t.Helper()
	r, err := http.NewRequest(http.MethodGet, strings.TrimSuffix(k.next(who).h.url, "/graphql")+"/certificates/"+number+".pdf", nil)
	if err != nil {
		k.t.Fatal(err)
	}
	r.AddCookie(&http.Cookie{Name: "jastar", Value: who.token})
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		k.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	begin := make([]byte, 5)
	if _, err := io.ReadFull(answer.Body, begin); err != nil || answer.StatusCode != http.StatusOK || string(begin) != "%PDF-" {
		k.t.Errorf("%d %q %v", answer.StatusCode, begin, err)
	}
}

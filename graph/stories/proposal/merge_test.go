package proposal

import (
	"slices"
	"sync"
	"testing"

	"jastarhub/graph/stories/hub"
)

// inReview submits a proposal to AUEZOV-1, which begins to review it.
func inReview(c *hub.City, who *hub.Caller) (id string) {
	c.T.Helper()
	id = c.Propose(who)
	c.Coordinator.Do("reviewProposal", hub.Vars{"id": id}, "proposal { id }")
	return id
}

const questions = `{ viewer { mergesToAnswer { totalCount nodes { id mergedInto { id } availableActions { action allowed } } } } }`

// asked checks that the person is asked about these merged proposals, newest first.
func asked(who *hub.Caller, merged ...string) {
	who.Hub.T.Helper()
	ids := []hub.Vars{}
	for _, id := range merged {
		ids = append(ids, hub.Vars{"id": id})
	}
	who.Must(`{ viewer { mergesToAnswer { nodes { id } } } }`).Shows("viewer.mergesToAnswer.nodes", ids)
}

func TestSupportMovesOnlyWhenAskedFor(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	people := c.Crowd(4)
	first, second := inReview(c, c.Other), inReview(c, c.Volunteer)
	for _, who := range people[:3] {
		who.Do("supportProposal", hub.Vars{"id": second}, "proposal { id }")
	}
	people[2].Do("supportProposal", hub.Vars{"id": first}, "proposal { id }")
	c.Coordinator.Do("mergeProposal", hub.Vars{"id": second, "intoId": first, "words": "The same yard."},
		"proposal { state supportCount title mergedInto { id supportCount merged { totalCount nodes { id } } } history(first: 100) { nodes { verb words toState } } }").
		Shows("mergeProposal.proposal.state", "MERGED").Shows("mergeProposal.proposal.supportCount", 3).
		Shows("mergeProposal.proposal.title", "Балалар алаңын тазалау").
		Shows("mergeProposal.proposal.mergedInto", hub.Vars{"id": first, "supportCount": 1, "merged": hub.Vars{"totalCount": 1, "nodes": []hub.Vars{{"id": second}}}}).
		Shows("mergeProposal.proposal.history.nodes.2", hub.Vars{"verb": "MERGE_PROPOSAL", "words": "The same yard.", "toState": "MERGED"})
	asked(people[0], second)
	asked(people[1], second)
	asked(people[2]) // supports the other already
	asked(people[3])
	people[3].Refused("NOT_ASKED", "answerMerge", hub.Vars{"proposalId": second, "move": true})
	people[0].Refused("WRONG_STATE", "answerMerge", hub.Vars{"proposalId": first, "move": true})
	people[0].Do("answerMerge", hub.Vars{"proposalId": second, "move": true}, "proposal { supportCount supportedByMe mergedInto { supportCount supportedByMe } }").
		Shows("answerMerge.proposal", hub.Vars{"supportCount": 2, "supportedByMe": false, "mergedInto": hub.Vars{"supportCount": 2, "supportedByMe": true}})
	people[1].Do("answerMerge", hub.Vars{"proposalId": second, "move": false}, "proposal { supportCount supportedByMe mergedInto { supportCount } }").
		Shows("answerMerge.proposal", hub.Vars{"supportCount": 2, "supportedByMe": true, "mergedInto": hub.Vars{"supportCount": 2}})
	for _, who := range people {
		asked(who)
		who.Refused("NOT_ASKED", "answerMerge", hub.Vars{"proposalId": second, "move": true})
	}
	people[0].Do("withdrawSupport", hub.Vars{"id": first}, "proposal { supportCount }").Shows("withdrawSupport.proposal.supportCount", 1)
}

func TestWhatMergesIntoWhat(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	a, b := inReview(c, c.Other), inReview(c, c.Volunteer)
	merge := func(from, into string) hub.Vars { return hub.Vars{"id": from, "intoId": into} }
	c.Coordinator.Refused("SAME_PROPOSAL", "mergeProposal", merge(a, a))
	c.Other.Refused("NOT_YOUR_CENTRE", "mergeProposal", merge(a, b))
	elsewhere := c.Other.Do("submitProposal", hub.Vars{"districtId": c.District("MEDEU"), "centreId": c.Centre("MEDEU-1"), "title": "Жаңа орындық",
		"text": "Саябаққа орындық керек."}, "proposal { id }").Str("submitProposal.proposal.id")
	c.Coordinator.Refused("OTHER_DISTRICT", "mergeProposal", merge(a, elsewhere))
	submitted := c.Propose(c.Other)
	c.Coordinator.Refused("WRONG_STATE", "mergeProposal", merge(submitted, a))
	declined := inReview(c, c.Other)
	c.Coordinator.Do("declineProposal", hub.Vars{"id": declined, "reason": "NO_MEANS", "words": "There is no money this year."}, "proposal { id }")
	withdrawn := c.Propose(c.Other)
	c.Other.Do("withdrawProposal", hub.Vars{"id": withdrawn}, "proposal { id }")
	hidden := c.Propose(c.Other)
	c.Coordinator.Do("hideContent", hub.Vars{"subjectId": hidden, "reason": "SPAM", "words": "Again and again."}, "decision { id }")
	for _, id := range []string{declined, hidden} {
		c.Coordinator.Refused("NOT_LIVE", "mergeProposal", merge(a, id))
	}
	c.Coordinator.Refused("NOT_FOUND", "mergeProposal", merge(a, withdrawn))
	c.Coordinator.Do("mergeProposal", merge(a, b), "proposal { id }")
	c.Coordinator.Refused("NOT_LIVE", "mergeProposal", merge(b, a)) // no cycle
	c.Coordinator.Refused("WRONG_STATE", "mergeProposal", merge(a, b))
	c.Coordinator.Do("mergeProposal", merge(b, submitted), "proposal { mergedInto { id } }").Shows("mergeProposal.proposal.mergedInto.id", submitted)
	c.Coordinator.Do("reviewProposal", hub.Vars{"id": submitted}, "proposal { id }")
	c.Coordinator.Refused("NOT_LIVE", "mergeProposal", merge(submitted, a)) // nor a longer one
}

// TestQuestionsGoAlong merges twice, and declines the last proposal.
func TestQuestionsGoAlong(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	people := c.Crowd(2)
	a, b, end := inReview(c, c.Other), inReview(c, c.Other), inReview(c, c.Volunteer)
	people[0].Do("supportProposal", hub.Vars{"id": a}, "proposal { id }")
	people[1].Do("supportProposal", hub.Vars{"id": a}, "proposal { id }")
	people[1].Do("supportProposal", hub.Vars{"id": b}, "proposal { id }")
	c.Coordinator.Do("mergeProposal", hub.Vars{"id": a, "intoId": b}, "proposal { id }")
	asked(people[0], a)
	asked(people[1])
	c.Coordinator.Do("mergeProposal", hub.Vars{"id": b, "intoId": end}, "proposal { id }")
	asked(people[0], a)
	asked(people[1], b)
	people[0].Do("answerMerge", hub.Vars{"proposalId": a, "move": true}, "proposal { mergedInto { id supportCount mergedInto { supportCount supportedByMe } } }").
		Shows("answerMerge.proposal.mergedInto", hub.Vars{"id": b, "supportCount": 1, "mergedInto": hub.Vars{"supportCount": 1, "supportedByMe": true}})
	c.Coordinator.Do("declineProposal", hub.Vars{"id": end, "reason": "NO_MEANS", "words": "There is no money this year."}, "proposal { id }")
	people[1].Refused("NOT_LIVE", "answerMerge", hub.Vars{"proposalId": b, "move": true})
	people[1].Do("answerMerge", hub.Vars{"proposalId": b, "move": false}, "proposal { supportedByMe }").Shows("answerMerge.proposal.supportedByMe", true)
	people[1].Must(questions).Shows("viewer.mergesToAnswer", hub.Vars{"totalCount": 0, "nodes": []any{}})
}

// toldOf returns who has notices of a kind, in the order of the people.
func toldOf(c *hub.City, kind, subject string, people ...*hub.Caller) (told []bool) {
	c.T.Helper()
	for _, who := range people {
		told = append(told, c.Count(`select count(*) from notices where kind = $1 and subject_id = $2 and person_id = $3`, kind, subject, who.ID) == 1)
	}
	if n := c.Count(`select count(*) from notices where kind = $1 and subject_id = $2`, kind, subject); n != len(slices.DeleteFunc(slices.Clone(told), func(t bool) bool { return !t })) {
		c.T.Errorf("%d were told of %s", n, kind)
	}
	return told
}

// TestWhoIsToldOfTheLoop merges, disputes a result, and lets deadlines pass.
func TestWhoIsToldOfTheLoop(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	people := c.Crowd(3)
	merged := inReview(c, people[0])
	proposal, task := c.Closed(c.Other)
	people[1].Do("supportProposal", hub.Vars{"id": merged}, "proposal { id }")
	people[2].Do("supportProposal", hub.Vars{"id": proposal}, "proposal { id }")
	c.Coordinator.Do("mergeProposal", hub.Vars{"id": merged, "intoId": proposal}, "proposal { id }")
	if told := toldOf(c, "PROPOSAL_MERGED", merged, people[0], people[1], people[2], c.Coordinator); !slices.Equal(told, []bool{true, true, false, false}) {
		t.Errorf("of the merge: %v", told)
	}
	c.Other.Do("disputeResult", hub.Vars{"id": task, "reason": "The bags are still there."}, "task { id }")
	if told := toldOf(c, "TASK_DISPUTED", task, c.Lead, c.Coordinator, c.Other, people[0]); !slices.Equal(told, []bool{true, true, false, false}) {
		t.Errorf("of the dispute, at work: %v", told)
	}
	// The author of a merged proposal follows the other one; a supporter who has not moved the support does not.
	disputed := c.Count(`select count(*) from notices where kind = 'TASK_FROM_PROPOSAL' and details->>'step' = 'DISPUTE_RESULT' and person_id in ($1, $2)`, people[0].ID, people[2].ID)
	if all := c.Count(`select count(*) from notices where kind = 'TASK_FROM_PROPOSAL' and details->>'step' = 'DISPUTE_RESULT'`); disputed != 2 || all != 2 {
		t.Errorf("of the dispute, who proposed: %d of %d", disputed, all)
	}
	late := c.Propose(c.Other)
	overdue := func(want int) {
		t.Helper()
		for range 2 {
			if err := c.Resolver.Proposals.TellOverdue(t.Context(), c.Present()); err != nil {
				t.Fatal(err)
			}
		}
		if n := c.Count(`select count(*) from notices where kind = 'PROPOSAL_OVERDUE' and person_id = $1`, c.Coordinator.ID); n != want {
			t.Errorf("%d notices of what is overdue, want %d", n, want)
		}
	}
	overdue(0)
	c.Exec(`update proposals set react_by = now() - interval '1 hour' where id = $1`, late)
	overdue(1)
	c.Coordinator.Do("reviewProposal", hub.Vars{"id": late}, "proposal { id }")
	overdue(1)
	c.Exec(`update proposals set decide_by = now() - interval '1 minute' where id = $1`, late)
	overdue(2)
}

// TestMergesAtOnce merges each of two proposals into the other at the same moment, and lets one person answer twice.
func TestMergesAtOnce(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	who := c.Crowd(1)[0]
	for range 5 {
		a, b := inReview(c, c.Other), inReview(c, c.Volunteer)
		who.Do("supportProposal", hub.Vars{"id": a}, "proposal { id }")
		who.Do("supportProposal", hub.Vars{"id": b}, "proposal { id }")
		both := atOnce(c, c.Coordinator, "mergeProposal", hub.Vars{"id": a, "intoId": b}, hub.Vars{"id": b, "intoId": a})
		if both != "NOT_LIVE" && both != "WRONG_STATE" {
			t.Errorf("the coordinator is told %q", both)
		}
		if n := c.Count(`select count(*) from proposals where state = 'MERGED' and id in ($1, $2)`, a, b); n != 1 {
			t.Errorf("%d are merged", n)
		}
		d, e := inReview(c, c.Other), inReview(c, c.Volunteer)
		who.Do("supportProposal", hub.Vars{"id": d}, "proposal { id }")
		c.Coordinator.Do("mergeProposal", hub.Vars{"id": d, "intoId": e}, "proposal { id }")
		if told := atOnce(c, who, "answerMerge", hub.Vars{"proposalId": d, "move": true}, hub.Vars{"proposalId": d, "move": true}); told != "NOT_ASKED" {
			t.Errorf("somebody who answers twice is told %q", told)
		}
		c.Visitor().Must(`query($id: ID!) { proposal(id: $id) { supportCount } }`, hub.Vars{"id": e}).Shows("proposal.supportCount", 1)
	}
}

// atOnce tries a mutation with two inputs concurrently, and returns the codes.
func atOnce(c *hub.City, who *hub.Caller, mutation string, inputs ...hub.Vars) (codes string) {
	answers := make([]*hub.Answer, len(inputs))
	var all sync.WaitGroup
	for i, in := range inputs {
		all.Go(func() { answers[i] = who.Ask(hub.Document(mutation, "proposal { id }"), hub.Vars{"in": in}) })
	}
	all.Wait()
	for _, a := range answers {
		codes += a.Code()
	}
	return codes
}

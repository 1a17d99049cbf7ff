package stories

import (
	"slices"
	"sync"
	"testing"
	"time"
)

// inReview submits a proposal to AUEZOV-1, which begins to review it.
func (c *city) inReview(who *caller) (id string) {
	c.t.Helper()
	id = c.propose(who)
	c.coordinator.do("reviewProposal", vars{"id": id}, "proposal { id }")
	return id
}

const questions = `{ viewer { mergesToAnswer { totalCount nodes { id mergedInto { id } availableActions { action allowed } } } } }`

// asked checks that the person is asked about these merged proposals, newest first.
func asked(who *caller, merged ...string) {
	who.h.t.Helper()
	ids := []vars{}
	for _, id := range merged {
		ids = append(ids, vars{"id": id})
	}
	who.must(`{ viewer { mergesToAnswer { nodes { id } } } }`).shows("viewer.mergesToAnswer.nodes", ids)
}

func TestSupportMovesOnlyWhenAskedFor(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	people := c.crowd(4)
	first, second := c.inReview(c.other), c.inReview(c.volunteer)
	for _, who := range people[:3] {
		who.do("supportProposal", vars{"id": second}, "proposal { id }")
	}
	people[2].do("supportProposal", vars{"id": first}, "proposal { id }")
	c.coordinator.do("mergeProposal", vars{"id": second, "intoId": first, "words": "The same yard."},
		"proposal { state supportCount title mergedInto { id supportCount merged { totalCount nodes { id } } } history(first: 100) { nodes { verb words toState } } }").
		shows("mergeProposal.proposal.state", "MERGED").shows("mergeProposal.proposal.supportCount", 3).
		shows("mergeProposal.proposal.title", "Балалар алаңын тазалау").
		shows("mergeProposal.proposal.mergedInto", vars{"id": first, "supportCount": 1, "merged": vars{"totalCount": 1, "nodes": []vars{{"id": second}}}}).
		shows("mergeProposal.proposal.history.nodes.2", vars{"verb": "MERGE_PROPOSAL", "words": "The same yard.", "toState": "MERGED"})
	asked(people[0], second)
	asked(people[1], second)
	asked(people[2]) // supports the other already
	asked(people[3])
	people[3].refused("NOT_ASKED", "answerMerge", vars{"proposalId": second, "move": true})
	people[0].refused("WRONG_STATE", "answerMerge", vars{"proposalId": first, "move": true})
	people[0].do("answerMerge", vars{"proposalId": second, "move": true}, "proposal { supportCount supportedByMe mergedInto { supportCount supportedByMe } }").
		shows("answerMerge.proposal", vars{"supportCount": 2, "supportedByMe": false, "mergedInto": vars{"supportCount": 2, "supportedByMe": true}})
	people[1].do("answerMerge", vars{"proposalId": second, "move": false}, "proposal { supportCount supportedByMe mergedInto { supportCount } }").
		shows("answerMerge.proposal", vars{"supportCount": 2, "supportedByMe": true, "mergedInto": vars{"supportCount": 2}})
	for _, who := range people {
		asked(who)
		who.refused("NOT_ASKED", "answerMerge", vars{"proposalId": second, "move": true})
	}
	people[0].do("withdrawSupport", vars{"id": first}, "proposal { supportCount }").shows("withdrawSupport.proposal.supportCount", 1)
}

func TestWhatMergesIntoWhat(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	a, b := c.inReview(c.other), c.inReview(c.volunteer)
	merge := func(from, into string) vars { return vars{"id": from, "intoId": into} }
	c.coordinator.refused("SAME_PROPOSAL", "mergeProposal", merge(a, a))
	c.other.refused("NOT_YOUR_CENTRE", "mergeProposal", merge(a, b))
	elsewhere := c.other.do("submitProposal", vars{"districtId": c.district("MEDEU"), "centreId": c.centre("MEDEU-1"), "title": "Жаңа орындық",
		"text": "Саябаққа орындық керек."}, "proposal { id }").str("submitProposal.proposal.id")
	c.coordinator.refused("OTHER_DISTRICT", "mergeProposal", merge(a, elsewhere))
	submitted := c.propose(c.other)
	c.coordinator.refused("WRONG_STATE", "mergeProposal", merge(submitted, a))
	declined := c.inReview(c.other)
	c.coordinator.do("declineProposal", vars{"id": declined, "reason": "NO_MEANS", "words": "There is no money this year."}, "proposal { id }")
	withdrawn := c.propose(c.other)
	c.other.do("withdrawProposal", vars{"id": withdrawn}, "proposal { id }")
	hidden := c.propose(c.other)
	c.coordinator.do("hideContent", vars{"subjectId": hidden, "reason": "SPAM", "words": "Again and again."}, "decision { id }")
	for _, id := range []string{declined, hidden} {
		c.coordinator.refused("NOT_LIVE", "mergeProposal", merge(a, id))
	}
	c.coordinator.refused("NOT_FOUND", "mergeProposal", merge(a, withdrawn))
	c.coordinator.do("mergeProposal", merge(a, b), "proposal { id }")
	c.coordinator.refused("NOT_LIVE", "mergeProposal", merge(b, a)) // no cycle
	c.coordinator.refused("WRONG_STATE", "mergeProposal", merge(a, b))
	c.coordinator.do("mergeProposal", merge(b, submitted), "proposal { mergedInto { id } }").shows("mergeProposal.proposal.mergedInto.id", submitted)
	c.coordinator.do("reviewProposal", vars{"id": submitted}, "proposal { id }")
	c.coordinator.refused("NOT_LIVE", "mergeProposal", merge(submitted, a)) // nor a longer one
}

// TestQuestionsGoAlong merges twice, and declines the last proposal.
func TestQuestionsGoAlong(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	people := c.crowd(2)
	a, b, end := c.inReview(c.other), c.inReview(c.other), c.inReview(c.volunteer)
	people[0].do("supportProposal", vars{"id": a}, "proposal { id }")
	people[1].do("supportProposal", vars{"id": a}, "proposal { id }")
	people[1].do("supportProposal", vars{"id": b}, "proposal { id }")
	c.coordinator.do("mergeProposal", vars{"id": a, "intoId": b}, "proposal { id }")
	asked(people[0], a)
	asked(people[1])
	c.coordinator.do("mergeProposal", vars{"id": b, "intoId": end}, "proposal { id }")
	asked(people[0], a)
	asked(people[1], b)
	people[0].do("answerMerge", vars{"proposalId": a, "move": true}, "proposal { mergedInto { id supportCount mergedInto { supportCount supportedByMe } } }").
		shows("answerMerge.proposal.mergedInto", vars{"id": b, "supportCount": 1, "mergedInto": vars{"supportCount": 1, "supportedByMe": true}})
	c.coordinator.do("declineProposal", vars{"id": end, "reason": "NO_MEANS", "words": "There is no money this year."}, "proposal { id }")
	people[1].refused("NOT_LIVE", "answerMerge", vars{"proposalId": b, "move": true})
	people[1].do("answerMerge", vars{"proposalId": b, "move": false}, "proposal { supportedByMe }").shows("answerMerge.proposal.supportedByMe", true)
	people[1].must(questions).shows("viewer.mergesToAnswer", vars{"totalCount": 0, "nodes": []any{}})
}

// toldOf returns who has notices of a kind, in the order of the people.
func (c *city) toldOf(kind, subject string, people ...*caller) (told []bool) {
	c.t.Helper()
	for _, who := range people {
		told = append(told, c.count(`select count(*) from notices where kind = $1 and subject_id = $2 and person_id = $3`, kind, subject, who.id) == 1)
	}
	if n := c.count(`select count(*) from notices where kind = $1 and subject_id = $2`, kind, subject); n != len(slices.DeleteFunc(slices.Clone(told), func(t bool) bool { return !t })) {
		c.t.Errorf("%d were told of %s", n, kind)
	}
	return told
}

// TestWhoIsToldOfTheLoop merges, disputes a result, and lets deadlines pass.
func TestWhoIsToldOfTheLoop(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	people := c.crowd(3)
	merged := c.inReview(people[0])
	proposal, task := c.closed(c.other)
	people[1].do("supportProposal", vars{"id": merged}, "proposal { id }")
	people[2].do("supportProposal", vars{"id": proposal}, "proposal { id }")
	c.coordinator.do("mergeProposal", vars{"id": merged, "intoId": proposal}, "proposal { id }")
	if told := c.toldOf("PROPOSAL_MERGED", merged, people[0], people[1], people[2], c.coordinator); !slices.Equal(told, []bool{true, true, false, false}) {
		t.Errorf("of the merge: %v", told)
	}
	c.other.do("disputeResult", vars{"id": task, "reason": "The bags are still there."}, "task { id }")
	if told := c.toldOf("TASK_DISPUTED", task, c.lead, c.coordinator, c.other, people[0]); !slices.Equal(told, []bool{true, true, false, false}) {
		t.Errorf("of the dispute, at work: %v", told)
	}
	// The author of a merged proposal follows the other one; a supporter who has not moved the support does not.
	disputed := c.count(`select count(*) from notices where kind = 'TASK_FROM_PROPOSAL' and details->>'step' = 'DISPUTE_RESULT' and person_id in ($1, $2)`, people[0].id, people[2].id)
	if all := c.count(`select count(*) from notices where kind = 'TASK_FROM_PROPOSAL' and details->>'step' = 'DISPUTE_RESULT'`); disputed != 2 || all != 2 {
		t.Errorf("of the dispute, who proposed: %d of %d", disputed, all)
	}
	late := c.propose(c.other)
	overdue := func(want int) {
		t.Helper()
		for range 2 {
			if err := c.r.Proposals.TellOverdue(t.Context(), time.Now()); err != nil {
				t.Fatal(err)
			}
		}
		if n := c.count(`select count(*) from notices where kind = 'PROPOSAL_OVERDUE' and person_id = $1`, c.coordinator.id); n != want {
			t.Errorf("%d notices of what is overdue, want %d", n, want)
		}
	}
	overdue(0)
	c.exec(`update proposals set react_by = now() - interval '1 hour' where id = $1`, late)
	overdue(1)
	c.coordinator.do("reviewProposal", vars{"id": late}, "proposal { id }")
	overdue(1)
	c.exec(`update proposals set decide_by = now() - interval '1 minute' where id = $1`, late)
	overdue(2)
}

// TestMergesAtOnce merges each of two proposals into the other at the same moment, and lets one person answer twice.
func TestMergesAtOnce(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	who := c.crowd(1)[0]
	for range 5 {
		a, b := c.inReview(c.other), c.inReview(c.volunteer)
		who.do("supportProposal", vars{"id": a}, "proposal { id }")
		who.do("supportProposal", vars{"id": b}, "proposal { id }")
		both := c.atOnce(c.coordinator, "mergeProposal", vars{"id": a, "intoId": b}, vars{"id": b, "intoId": a})
		if both != "NOT_LIVE" && both != "WRONG_STATE" {
			t.Errorf("the coordinator is told %q", both)
		}
		if n := c.count(`select count(*) from proposals where state = 'MERGED' and id in ($1, $2)`, a, b); n != 1 {
			t.Errorf("%d are merged", n)
		}
		d, e := c.inReview(c.other), c.inReview(c.volunteer)
		who.do("supportProposal", vars{"id": d}, "proposal { id }")
		c.coordinator.do("mergeProposal", vars{"id": d, "intoId": e}, "proposal { id }")
		if told := c.atOnce(who, "answerMerge", vars{"proposalId": d, "move": true}, vars{"proposalId": d, "move": true}); told != "NOT_ASKED" {
			t.Errorf("somebody who answers twice is told %q", told)
		}
		c.visitor().must(`query($id: ID!) { proposal(id: $id) { supportCount } }`, vars{"id": e}).shows("proposal.supportCount", 1)
	}
}

// atOnce tries a mutation with two inputs concurrently, and returns the codes.
func (c *city) atOnce(who *caller, mutation string, inputs ...vars) (codes string) {
	answers := make([]*answer, len(inputs))
	var all sync.WaitGroup
	for i, in := range inputs {
		all.Go(func() { answers[i] = who.ask(document(mutation, "proposal { id }"), vars{"in": in}) })
	}
	all.Wait()
	for _, a := range answers {
		codes += a.code()
	}
	return codes
}

package walks

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/outbox"
)

// TestAWithdrawnProposalIsItsAuthorsAlone reads everything as everybody: nobody but its author finds the text, the author or the
// photos of a withdrawn proposal, in any list, history, notice, message or download.
func TestAWithdrawnProposalIsItsAuthorsAlone(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	p := w.Photos()
	author, id, shot := proposesInVain(w, p)
	seesProposal(w, author, id, "the author", true)
	for _, who := range []*hub.Caller{w.Visitor(), w.Volunteer, w.Coordinator, w.Officer} {
		p.Shown(who, shot, http.StatusOK, hub.ForAll)
	}
	author.Do("withdrawProposal", hub.Vars{"id": id, "reason": "zqreason"}, "proposal { state title }").Shows("withdrawProposal.proposal.title", "zqtitle орындық")
	seesProposal(w, author, id, "the author", true)
	p.Shown(author, shot, http.StatusOK, hub.ForOne)
	for name, who := range viewers(w) {
		seesProposal(w, who, id, name, false)
		who.Must(lists).Shows("proposals", hub.Vars{"totalCount": 0, "nodes": []any{}}).Shows("found.totalCount", 0).Shows("search", []any{})
		p.Shown(who, shot, http.StatusNotFound, hub.ForOne)
		readsAll(w, name, who, func(at string, a *hub.Answer) {
			if !strings.HasPrefix(at, "officer auditEntries") { // which shows officers who did what, but no text
				silent(w, at, a.RawBody)
			}
		})
	}
	for _, who := range []*hub.Caller{w.Volunteer, w.Coordinator, w.Roles["stranger"]} {
		var data strings.Builder
		if err := w.Resolver.Privacy.Write(context.Background(), &data, uuid.MustParse(who.ID), w.Present(), func() error { return nil }); err != nil {
			t.Fatal(err)
		}
		silent(w, "a download", data.String())
	}
	letters := 0
	carry := func(_ context.Context, all []*outbox.Letter) {
		for _, l := range all {
			letters++
			if l.PersonID.UUID.String() != author.ID {
				silent(w, "a letter", l.Subject+l.Body)
			}
		}
	}
	if err := w.Sender(outbox.Email, carry).Send(context.Background(), w.Noon()); err != nil || letters == 0 {
		t.Errorf("%d letters, %v", letters, err)
	}
	w.Volunteer.Refused("NOT_FOUND", "supportProposal", hub.Vars{"id": id})
	w.Coordinator.Refused("NOT_FOUND", "reviewProposal", hub.Vars{"id": id})
	w.Volunteer.Refused("NOT_FOUND", "reportContent", hub.Vars{"subjectId": id, "reason": "SPAM"})
	author.Refused("WRONG_STATE", "withdrawProposal", hub.Vars{"id": id})
}

// proposesInVain returns a proposal that somebody supports, reports and asks about, with another merged into it.
func proposesInVain(w *hub.World, p *hub.Photos) (author *hub.Caller, id, shot string) {
	w.T.Helper()
	author = w.Person("Zqauthor", 30)
	shot = p.Upload(author, hub.AsJPEG(hub.Picture(30, 20))).ID
	id = author.Do("submitProposal", hub.Vars{"districtId": w.District("AUEZOV"), "centreId": w.Centre("AUEZOV-1"), "title": "zqtitle орындық",
		"text": "zqtext: саябаққа орындық керек.", "place": "zqplace", "photos": hub.Vars{"ids": []string{shot}, "minorsShown": false}}, "proposal { id }").
		Str("submitProposal.proposal.id")
	merged := w.PutProposal("IN_REVIEW")
	w.Volunteer.Do("setNoticePreferences", hub.Vars{"preferences": []hub.Vars{{"topic": "PROPOSALS", "email": "ALL"}}}, "person { id }")
	w.Roles["stranger"].Do("supportProposal", hub.Vars{"id": merged}, "proposal { id }")
	w.Volunteer.Do("supportProposal", hub.Vars{"id": id}, "proposal { id }")
	w.Coordinator.Do("mergeProposal", hub.Vars{"id": merged, "intoId": id}, "proposal { id }")
	w.Coordinator.Do("reviewProposal", hub.Vars{"id": id}, "proposal { id }")
	w.Coordinator.Do("askForInfo", hub.Vars{"id": id, "question": "Which yard?"}, "proposal { id }")
	author.Do("answerInfo", hub.Vars{"id": id, "answer": "zqanswer"}, "proposal { id }")
	w.Volunteer.Do("reportContent", hub.Vars{"subjectId": id, "reason": "SPAM"}, "report { id }")
	return author, id, shot
}

// seesProposal queries the proposal in every way that has a page.
func seesProposal(w *hub.World, who *hub.Caller, id, name string, sees bool) {
	w.T.Helper()
	a := who.Ask(`query($id: ID!, $district: ID!) { proposal(id: $id) { title text author { displayName } trail { nodes { words } } history { nodes { words } } }
		node(id: $id) { ... on Proposal { title } } similarProposals(districtId: $district, title: "zqtitle орындық") { title } }`,
		hub.Vars{"id": id, "district": w.District("AUEZOV")})
	if !sees {
		silent(w, name, a.RawBody)
		if a.Code() != "NOT_FOUND" {
			w.T.Errorf("%s: %s", name, a.RawBody)
		}
		return
	}
	a.Shows("proposal.title", "zqtitle орындық").Shows("node.title", "zqtitle орындық")
}

const lists = `{ proposals(filter: {states: [WITHDRAWN]}) { totalCount nodes { title } } found: proposals(filter: {text: "zqtitle"}) { totalCount }
	search(text: "zqtitle") { __typename } }`

var withdrawn = regexp.MustCompile(`zq(title|text|place|answer|reason)|Zqauthor`)

// silent checks that nothing of what was withdrawn is in the text.
func silent(w *hub.World, at, text string) {
	w.T.Helper()
	if found := withdrawn.FindString(text); found != "" {
		w.T.Errorf("%s tells of %s", at, found)
	}
}

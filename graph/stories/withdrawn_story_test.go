package stories

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/outbox"
)

// TestAWithdrawnProposalIsItsAuthorsAlone reads everything as everybody: nobody but its author finds the text, the author or the
// photos of a withdrawn proposal, in any list, history, notice, message or download.
func TestAWithdrawnProposalIsItsAuthorsAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.photos()
	author, id, shot := w.proposesInVain(p)
	w.reads(author, id, "the author", true)
	for _, who := range []*caller{w.visitor(), w.volunteer, w.coordinator, w.officer} {
		p.shown(who, shot, http.StatusOK, forAll)
	}
	author.do("withdrawProposal", vars{"id": id, "reason": "zqreason"}, "proposal { state title }").shows("withdrawProposal.proposal.title", "zqtitle орындық")
	w.reads(author, id, "the author", true)
	p.shown(author, shot, http.StatusOK, forOne)
	for name, who := range w.viewers() {
		w.reads(who, id, name, false)
		who.must(lists).shows("proposals", vars{"totalCount": 0, "nodes": []any{}}).shows("found.totalCount", 0).shows("search", []any{})
		p.shown(who, shot, http.StatusNotFound, forOne)
		w.readsAll(name, who, func(at string, a *answer) {
			if !strings.HasPrefix(at, "officer auditEntries") { // which shows officers who did what, but no text
				w.silent(at, a.rawBody)
			}
		})
	}
	for _, who := range []*caller{w.volunteer, w.coordinator, w.roles["stranger"]} {
		var data strings.Builder
		if err := w.r.Privacy.Write(context.Background(), &data, uuid.MustParse(who.id), time.Now(), func() error { return nil }); err != nil {
			t.Fatal(err)
		}
		w.silent("a download", data.String())
	}
	letters := 0
	carry := func(_ context.Context, all []*outbox.Letter) {
		for _, l := range all {
			letters++
			if l.PersonID.UUID.String() != author.id {
				w.silent("a letter", l.Subject+l.Body)
			}
		}
	}
	if err := w.sender(outbox.Email, carry).Send(context.Background(), w.noon()); err != nil || letters == 0 {
		t.Errorf("%d letters, %v", letters, err)
	}
	w.volunteer.refused("NOT_FOUND", "supportProposal", vars{"id": id})
	w.coordinator.refused("NOT_FOUND", "reviewProposal", vars{"id": id})
	w.volunteer.refused("NOT_FOUND", "reportContent", vars{"subjectId": id, "reason": "SPAM"})
	author.refused("WRONG_STATE", "withdrawProposal", vars{"id": id})
}

// proposesInVain returns a proposal that somebody supports, reports and asks about, with another merged into it.
func (w *world) proposesInVain(p *photos) (author *caller, id, shot string) {
	w.t.Helper()
	author = w.person("Zqauthor", 30)
	shot = p.upload(author, asJPEG(picture(30, 20))).ID
	id = author.do("submitProposal", vars{"districtId": w.district("AUEZOV"), "centreId": w.centre("AUEZOV-1"), "title": "zqtitle орындық",
		"text": "zqtext: саябаққа орындық керек.", "place": "zqplace", "photoIds": []string{shot}, "minorsShown": false}, "proposal { id }").
		str("submitProposal.proposal.id")
	merged := w.putProposal("IN_REVIEW")
	w.volunteer.do("setNoticePreferences", vars{"preferences": []vars{{"topic": "PROPOSALS", "email": "ALL"}}}, "person { id }")
	w.roles["stranger"].do("supportProposal", vars{"id": merged}, "proposal { id }")
	w.volunteer.do("supportProposal", vars{"id": id}, "proposal { id }")
	w.coordinator.do("mergeProposal", vars{"id": merged, "intoId": id}, "proposal { id }")
	w.coordinator.do("reviewProposal", vars{"id": id}, "proposal { id }")
	w.coordinator.do("askForInfo", vars{"id": id, "question": "Which yard?"}, "proposal { id }")
	author.do("answerInfo", vars{"id": id, "answer": "zqanswer"}, "proposal { id }")
	w.volunteer.do("reportContent", vars{"subjectId": id, "reason": "SPAM"}, "report { id }")
	return author, id, shot
}

// reads queries the proposal in every way that has a page.
func (w *world) reads(who *caller, id, name string, sees bool) {
	w.t.Helper()
	a := who.ask(`query($id: ID!, $district: ID!) { proposal(id: $id) { title text author { displayName } trail { nodes { words } } history { nodes { words } } }
		node(id: $id) { ... on Proposal { title } } similarProposals(districtId: $district, title: "zqtitle орындық") { title } }`,
		vars{"id": id, "district": w.district("AUEZOV")})
	if !sees {
		w.silent(name, a.rawBody)
		if a.code() != "NOT_FOUND" {
			w.t.Errorf("%s: %s", name, a.rawBody)
		}
		return
	}
	a.shows("proposal.title", "zqtitle орындық").shows("node.title", "zqtitle орындық")
}

const lists = `{ proposals(filter: {states: [WITHDRAWN]}) { totalCount nodes { title } } found: proposals(filter: {text: "zqtitle"}) { totalCount }
	search(text: "zqtitle") { __typename } }`

var withdrawn = regexp.MustCompile(`zq(title|text|place|answer|reason)|Zqauthor`)

// silent checks that nothing of what was withdrawn is in the text.
func (w *world) silent(at, text string) {
	w.t.Helper()
	if found := withdrawn.FindString(text); found != "" {
		w.t.Errorf("%s tells of %s", at, found)
	}
}

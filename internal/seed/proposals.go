package seed

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/history"
	"jastarhub/internal/lang"
	deadlines "jastarhub/internal/proposal"
)

// idea is a proposal, until when it could be supported, and what it was merged into.
type idea struct {
	proposal
	supportable time.Time
	into        *idea
}

// ask is what somebody proposes, and what becomes of it.
type ask struct {
	draft
	language lang.Language
	centre   *centre
	author   uuid.UUID
	created  time.Time
	state    string
	wish     *wish // nil for something that a team can do
	repeats  *idea
}

// proposable reports whether a task may come from a proposal. No text is used again before most others have been.
func (c *city) proposable(t *topic) bool {
	return t.Proposal != nil && c.chance(float64(c.Proposals)/float64(2*c.Tasks)) && c.proposed[t.Title] <= len(c.ideas)/25
}

// adopt makes the proposal that a task comes from: accepted before the task began.
func (c *city) adopt(p *plan, host *centre) *idea {
	c.proposed[p.topic.Title]++
	created := p.CreatedAt.Add(-c.lasting(8*day, 20*day))
	if host.State != open || host.from.After(created) {
		host = c.answering(host.District, created)[0]
	}
	i := c.propose(ask{draft: *p.topic.Proposal, language: p.Language, centre: host, author: c.anybody(created).ID,
		created: created, state: accepted})
	i.Place, i.Lat, i.Lon = p.Place, p.Lat, p.Lon
	return i
}

// addProposals makes the proposals that no task came from. The first in each state is the resident's.
func (c *city) addProposals() {
	possible, other, last := c.possible(), cycle[wish]{list: c.texts.wishes}, ""
	for n, state := range deal(c.Proposals-len(c.ideas), c.proposalStates) {
		late := n%(2*c.watched) == 0 || n%7 == 3
		a := ask{created: c.now.Add(-c.ageOf(state, late)), state: state}
		if state == declined || state != accepted && n%2 == 1 {
			a.wish = other.next()
			a.draft, a.language = a.wish.draft, a.wish.Language
		} else {
			t := possible.next()
			a.draft, a.language = *t.Proposal, t.Language
		}
		a.author = c.anybody(a.created).ID
		if state != last {
			a.author, last = c.resident.ID, state
		}
		answering := c.answering(c.districts[n%len(c.districts)], a.created)
		a.centre = answering[n/len(c.districts)%len(answering)]
		if n%c.watched == 0 {
			a.centre = c.hosts()[0]
		}
		if state == merged {
			c.repeat(&a)
		}
		c.propose(a)
	}
}

// possible returns the topics that somebody could propose, first those that no task came from.
func (c *city) possible() cycle[topic] {
	topics := slices.DeleteFunc(slices.Clone(c.texts.topics), func(t topic) bool { return t.Proposal == nil })
	slices.SortStableFunc(topics, func(a, b topic) int { return c.proposed[a.Title] - c.proposed[b.Title] })
	return cycle[topic]{list: topics}
}

// ageOf returns how long ago a proposal was made that is in a state now. The centre is late with some.
func (c *city) ageOf(state string, late bool) time.Duration {
	switch {
	case state == submitted && late:
		return c.lasting(8*day, 12*day)
	case state == inReview && late:
		return c.lasting(23*day, 30*day)
	}
	switch state {
	case submitted:
		return c.lasting(time.Hour, 5*day)
	case inReview:
		return c.lasting(2*day, 12*day)
	case needsInfo:
		return c.lasting(4*day, 15*day)
	}
	return c.lasting(8*day, time.Duration(c.days-10)*day)
}

// repeat turns the proposal into one that asks for the same as another, in fewer words.
func (c *city) repeat(a *ask) {
	earlier := slices.DeleteFunc(slices.Clone(c.ideas), func(i *idea) bool {
		return i.State != accepted || i.CreatedAt.After(c.now.Add(-12*day))
	})
	a.repeats = pick(c.dice, earlier)
	a.created = c.between(a.repeats.CreatedAt.Add(day), c.now.Add(-8*day))
	a.author, a.language, a.Title = c.anybody(a.created).ID, a.repeats.Language, a.repeats.Title
	a.Text = firstSentence(a.repeats.Text)
	a.centre = c.centres[slices.IndexFunc(c.centres, func(x *centre) bool { return x.ID == a.repeats.CentreID })]
}

func firstSentence(text string) string {
	sentence, _, _ := strings.Cut(text, ". ")
	return sentence + "."
}

func (c *city) propose(a ask) *idea {
	at := pick(c.dice, c.places[a.centre.District])
	i := &idea{supportable: c.now, proposal: proposal{ID: c.id(a.created), DistrictID: a.centre.DistrictID, CentreID: a.centre.ID,
		AuthorID: a.author, Title: a.Title, Text: a.Text, Language: a.language, Place: at.In(a.language), State: a.state,
		CreatedAt: a.created, ReactBy: deadlines.Deadline(c.special, a.created, deadlines.ReactDays),
		DecideBy: deadlines.Deadline(c.special, a.created, deadlines.DecideDays)}}
	i.Lat, i.Lon = c.near(at)
	trail := c.trail(i.ID)
	trail.step(a.created, "SUBMIT_PROPOSAL", submitted, history.Author, a.author)
	c.consider(trail, a, i)
	i.UpdatedAt = trail.at
	if a.state == declined || a.state == merged || a.state == withdrawn {
		i.supportable = trail.at
	}
	c.ideas = append(c.ideas, i)
	return i
}

// consider moves the proposal from SUBMITTED to its state.
func (c *city) consider(trail *trail, a ask, i *idea) {
	if a.state == submitted {
		return
	}
	if a.state == withdrawn && c.chance(0.5) {
		trail.step(trail.at.Add(c.lasting(time.Hour, 3*day)), "WITHDRAW_PROPOSAL", withdrawn, history.Author, a.author)
		return
	}
	trail.step(trail.at.Add(c.lasting(3*time.Hour, 2*day)), "REVIEW_PROPOSAL", inReview, history.Coordinator, a.centre.coordinator.ID)
	if a.state == inReview {
		return
	}
	if a.state == needsInfo || a.unclear() || c.chance(0.3) {
		c.inquire(trail, a, i)
	}
	if a.state != needsInfo {
		c.decide(trail, a, i)
	}
}

// inquire asks the author a question, and answers it where the proposal went on.
func (c *city) inquire(trail *trail, a ask, i *idea) {
	words := c.words(a.language)
	question := pick(c.dice, words.Questions)
	trail.step(trail.at.Add(c.lasting(2*time.Hour, day)), "ASK_FOR_INFO", needsInfo, history.Coordinator, a.centre.coordinator.ID)
	trail.because(question)
	if a.state == needsInfo {
		i.Question, i.AskedAt = &question, &trail.at
		return
	}
	since := trail.at
	trail.step(trail.at.Add(c.lasting(2*time.Hour, 2*day)), "ANSWER_INFO", inReview, history.Author, a.author)
	trail.because(pick(c.dice, words.Answers))
	i.DecideBy = deadlines.PutOff(c.special, i.DecideBy, since, trail.at)
}

// unclear reports whether it is declined as unclear, which nobody does without asking first.
func (a *ask) unclear() bool { return a.state == declined && a.wish.Reason == "UNCLEAR" }

// decide applies the decision of the centre, or of the author, on a proposal in review.
func (c *city) decide(trail *trail, a ask, i *idea) {
	at, coordinator := trail.at.Add(c.lasting(3*time.Hour, 2*day)), a.centre.coordinator.ID
	switch a.state {
	case accepted:
		trail.step(at, "ACCEPT_PROPOSAL", accepted, history.Coordinator, coordinator)
	case declined:
		i.DeclineReason, i.DeclineWords = &a.wish.Reason, &a.wish.Words
		trail.step(at, "DECLINE_PROPOSAL", declined, history.Coordinator, coordinator)
		trail.because(a.wish.Words)
	case merged:
		i.MergedInto, i.into = some(a.repeats.ID), a.repeats
		trail.step(at, "MERGE_PROPOSAL", merged, history.Coordinator, coordinator)
		trail.because(a.repeats.Title)
	case withdrawn:
		trail.step(at, "WITHDRAW_PROPOSAL", withdrawn, history.Author, a.author)
	}
}

// addSupports lets people support proposals: a few proposals get most of the support.
func (c *city) addSupports() {
	weights := make([]float64, len(c.ideas))
	for i := range weights {
		weights[i] = math.Pow(c.Float64(), 3)
	}
	for n, count := range share(c.Supports, weights) {
		i := c.ideas[n]
		joined := c.joined(i.supportable)
		first := c.IntN(len(joined))
		// One person after the other, so that nobody supports twice.
		for k := 0; k < len(joined) && count > 0; k++ {
			if p := &joined[(first+k)%len(joined)]; p.ID != i.AuthorID && !c.supporting[[2]uuid.UUID{i.ID, p.ID}] {
				count -= c.support(i, p, count)
			}
		}
	}
}

// support adds one support, or two if it moved with a merged proposal and most allows two; it returns how many.
func (c *city) support(i *idea, p *person, most int) (written int) {
	at := c.between(later(i.CreatedAt, p.CreatedAt), i.supportable)
	s := support{ID: c.id(at), ProposalID: i.ID, PersonID: p.ID, GivenAt: at}
	c.supporting[[2]uuid.UUID{i.ID, p.ID}] = true
	written = 1
	if c.chance(0.03) {
		s.WithdrawnAt = new(c.between(at, i.supportable))
	} else if i.into != nil && !c.supporting[[2]uuid.UUID{i.into.ID, p.ID}] {
		if moved := c.questioned(i, p, most > 1 && p.ID != i.into.AuthorID); moved != nil {
			s.WithdrawnAt = moved
			c.rows.supports = append(c.rows.supports, support{ID: c.id(*moved), ProposalID: i.into.ID, PersonID: p.ID, GivenAt: *moved})
			c.supporting[[2]uuid.UUID{i.into.ID, p.ID}] = true
			written = 2
		}
	}
	c.rows.supports = append(c.rows.supports, s)
	return written
}

// questioned asks a supporter of a merged proposal, and returns when the support moved, nil if it did not. Some have not
// answered.
func (c *city) questioned(i *idea, p *person, mayMove bool) (moved *time.Time) {
	q := question{ID: c.id(i.supportable), ProposalID: i.ID, IntoID: i.into.ID, PersonID: p.ID, AskedAt: i.supportable}
	if c.chance(0.6) {
		q.AnsweredAt, q.Moved = new(c.between(i.supportable, c.now)), new(mayMove && c.chance(0.7))
	}
	if q.Moved != nil && *q.Moved {
		moved = q.AnsweredAt
	}
	c.rows.questions = append(c.rows.questions, q)
	return moved
}

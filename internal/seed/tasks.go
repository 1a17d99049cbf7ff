package seed

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/history"
)

// plan is a task with its shifts, and when it moved. A moment that has not come, or never will, is zero.
type plan struct {
	task
	crew   *crew
	topic  *topic
	shifts []shift
	author uuid.UUID // of the proposal it came from

	opened, started, claimed, ended time.Time
}

// reopened reports whether the task was claimed done and is in progress again: the centre sent it back, or its proposer disputed
// the result.
func (p *plan) reopened() bool { return p.State == inProgress && !p.claimed.IsZero() }

func (p *plan) done() bool { return p.State == claimedDone || p.State == verified }

func (c *city) addTasks() {
	used := map[string]int{}
	for _, state := range deal(c.Tasks, c.taskStates) {
		crews := slices.DeleteFunc(slices.Clone(c.crews), func(k *crew) bool { return !k.canHave(state) })
		c.addTask(crews[used[state]%len(crews)], state, used[state])
		used[state]++
	}
}

// canHave reports whether the team can have a task in a state: if its NGO is not active yet it only prepares tasks; if it no
// longer is, all its tasks are over.
func (k *crew) canHave(state string) bool {
	switch k.ngo.State {
	case active:
		return true
	case forming:
		return state == draftState
	}
	return state == verified || state == cancelled
}

// addTask makes the n-th task in a state.
func (c *city) addTask(k *crew, state string, n int) {
	p := &plan{crew: k, topic: k.topics.next()}
	p.State, p.TeamID, p.NgoID, p.CreatedBy = state, k.ID, k.NgoID, pick(c.dice, k.leads)
	p.MinAge, p.Language, p.Description = p.topic.MinAge, p.topic.Language, p.topic.Text
	p.WorkClass = cmp.Or(p.topic.WorkClass, "STANDARD")
	at := pick(c.dice, c.places[k.now().District])
	p.Place = at.In(p.Language)
	p.Title = p.topic.Title + " — " + p.Place
	p.Lat, p.Lon = c.near(at)
	if state == cancelled {
		p.CancelReason = new(pick(c.dice, c.words(p.Language).TaskCancelled))
	}
	c.date(p, c.slotsFor(p, n))

	host := k.now()
	if !p.ended.IsZero() {
		host = k.at(p.ended)
	}
	p.CentreID, p.DistrictID = host.ID, host.DistrictID
	if state != cancelled && (c.proposable(p.topic) || p.reopened() && p.topic.Proposal != nil) {
		i := c.adopt(p, host)
		p.ProposalID, p.author = some(i.ID), i.AuthorID
	}
	if p.done() {
		p.Percent, p.ClaimedBy = 100, some(pick(c.dice, k.leads))
	}
	c.tellTask(p, host)
	c.plans = append(c.plans, p)
}

// near returns a point close to a place; one task in ten has none.
func (c *city) near(at place) (lat, lon *float64) {
	if c.chance(0.1) {
		return nil, nil
	}
	return new(at.Lat + (c.Float64()-0.5)/250), new(at.Lon + (c.Float64()-0.5)/250)
}

// slotsFor returns two or three slots for the shifts of a task, in the past, in the future, or both, as its state requires. Tasks
// in progress differ by their number: the first two have a shift that is running, or has just ended.
func (c *city) slotsFor(p *plan, nth int) []int {
	n, step := c.within(2, 3), c.within(1, 6)
	length, past := (n-1)*step, 2*c.days-50
	switch p.State {
	case verified:
		recent := 12
		if p.crew.ngo.State != active {
			recent = 60
		}
		return series(c.latest-recent-c.IntN(past-recent)-length, n, step)
	case claimedDone:
		return series(c.latest-c.within(4, 8)-length, n, step)
	case cancelled:
		return series(c.latest-c.IntN(past)-length, n, step)
	case open:
		return series(c.upcoming(c.IntN(24)), n, step)
	case draftState:
		return series(c.upcoming(c.within(8, 30)), n, step)
	}
	begun := c.latest
	switch nth % 5 {
	case 2, 3:
		begun -= c.within(1, 10)
	case 4: // sent back: everybody has been there, and still the task is not done
		return series(c.latest-c.within(4, 6)-length, n, step)
	}
	return append([]int{begun}, series(c.upcoming(c.IntN(20)), n-1, step)...)
}

func series(first, n, step int) []int {
	slots := make([]int, n)
	for i := range slots {
		slots[i] = first + i*step
	}
	return slots
}

// date makes the shifts and sets all times.
func (c *city) date(p *plan, slots []int) {
	p.shifts = make([]shift, len(slots))
	for i, slot := range slots {
		p.shifts[i] = c.shift(slot)
	}
	first, last := p.shifts[0].StartsAt, p.shifts[len(slots)-1].EndsAt
	p.opened = earliest(first, c.now).Add(-c.lasting(2*day, 10*day))
	p.CreatedAt = p.opened.Add(-c.lasting(3*time.Hour, 3*day))
	p.ID = c.id(p.CreatedAt)
	switch p.State {
	case draftState:
		p.opened = time.Time{}
	case cancelled:
		p.ended = c.between(p.opened.Add(time.Hour), earliest(first, c.now).Add(-time.Hour))
	case inProgress, claimedDone, verified:
		p.started = first.Add(c.lasting(time.Second, time.Minute))
	}
	if p.done() || p.State == inProgress && !last.After(c.now) {
		p.claimed = last.Add(c.lasting(time.Hour, 20*time.Hour))
	}
	if p.State == verified {
		p.ended = p.claimed.Add(c.lasting(3*time.Hour, 3*day))
		p.VerifiedAt = &p.ended
	}
	for i := range p.shifts {
		c.dateShift(p, i)
	}
}

// tellTask adds the task's history, from the draft to its present state.
func (c *city) tellTask(p *plan, host *centre) {
	trail, lead := c.trail(p.ID), p.CreatedBy
	if p.ProposalID.Valid {
		trail.step(p.CreatedAt, "ADOPT_PROPOSAL", draftState, history.Lead, lead)
	} else {
		trail.step(p.CreatedAt, "CREATE_TASK", draftState, history.Lead, lead)
	}
	if !p.opened.IsZero() {
		trail.step(p.opened, "OPEN_TASK", open, history.Lead, lead)
	}
	if !p.started.IsZero() {
		trail.step(p.started, "START_TASK", inProgress, history.Hub, uuid.Nil)
	}
	if !p.claimed.IsZero() {
		trail.step(p.claimed, "CLAIM_DONE", claimedDone, history.Lead, c.claimant(p))
		c.claim(p)
		trail.because(p.topic.Updates[1])
	}
	switch p.State {
	case verified:
		trail.step(p.ended, "VERIFY_TASK", verified, history.Coordinator, host.coordinator.ID)
	case inProgress:
		if p.reopened() && p.ProposalID.Valid {
			trail.step(p.claimed.Add(c.lasting(time.Hour, 2*time.Hour)), "VERIFY_TASK", verified, history.Coordinator, host.coordinator.ID)
			trail.step(trail.at.Add(c.lasting(time.Hour, 2*time.Hour)), "DISPUTE_RESULT", inProgress, history.Author, p.author)
			trail.because(pick(c.dice, c.words(p.Language).Disputed))
		} else if p.reopened() {
			trail.step(p.claimed.Add(c.lasting(time.Hour, 4*time.Hour)), "SEND_BACK", inProgress, history.Coordinator, host.coordinator.ID)
			trail.because(pick(c.dice, c.words(p.Language).SentBack))
		}
	case cancelled:
		trail.step(p.ended, "CANCEL_TASK", cancelled, history.Lead, lead)
		trail.because(*p.CancelReason)
	}
	p.UpdatedAt = trail.at
}

// claim adds what the team did.
func (c *city) claim(p *plan) {
	r := amounts[p.topic.Metric]
	id := c.id(p.claimed)
	c.rows.claims = append(c.rows.claims, claim{ID: id, TaskID: p.ID, ClaimedBy: c.claimant(p), Words: p.topic.Updates[1],
		NoPhotoReason: pick(c.dice, c.words(p.Language).NoPhoto), ClaimedAt: p.claimed})
	c.rows.claimed = append(c.rows.claimed, claimResult{ClaimID: id, Metric: p.topic.Metric, Amount: c.within(r[0], 4*r[1])})
}

func (c *city) claimant(p *plan) uuid.UUID {
	if p.ClaimedBy.Valid {
		return p.ClaimedBy.UUID
	}
	return p.CreatedBy
}

package seed

import (
	"slices"
	"time"
)

// addUpdates adds the progress updates of the tasks.
func (c *city) addUpdates() {
	weights := make([]float64, len(c.plans))
	for i, p := range c.plans {
		if !p.started.IsZero() {
			weights[i] = 0.3 + 1.4*c.Float64()
		}
	}
	for i, n := range share(c.Updates, weights) {
		p, until := c.plans[i], c.now
		if p.done() {
			until = p.claimed
		}
		for k, at := range c.moments(n, p.started, until) {
			c.update(p, k, n, at)
		}
	}
}

// moments returns n different moments in order.
func (c *city) moments(n int, from, to time.Time) []time.Time {
	list := make([]time.Time, n)
	for i := range list {
		list[i] = c.between(from, to)
	}
	slices.SortFunc(list, time.Time.Compare)
	for i := 1; i < n; i++ {
		list[i] = later(list[i], list[i-1].Add(time.Second))
	}
	return list
}

// update adds the k-th of n updates: the first and the last are about the task, the others could be about any task.
func (c *city) update(p *plan, k, n int, at time.Time) {
	whole := n
	if !p.done() {
		whole += 2
	}
	u := update{ID: c.id(at), TaskID: p.ID, AuthorID: pick(c.dice, p.crew.leads), Language: p.Language, CreatedAt: at,
		Percent: 100 * (k + 1) / whole / 5 * 5}
	switch {
	case k == n-1 && p.done():
		u.Text = p.topic.Updates[1]
	case k == 0:
		u.Text = p.topic.Updates[0]
	default:
		u.Text = pick(c.dice, c.words(p.Language).Updates)
	}
	c.rows.updates = append(c.rows.updates, u)
	p.Percent = max(p.Percent, u.Percent)
	if k == 0 || c.chance(0.6) {
		r := amounts[p.topic.Metric]
		c.rows.results = append(c.rows.results, result{UpdateID: u.ID, Metric: p.topic.Metric, Amount: c.within(r[0], r[1])})
	}
}

// amounts are the usual minimum and maximum for one update.
var amounts = map[string][2]int{
	"BAGS": {5, 60}, "TREES": {5, 80}, "KILOGRAMS": {20, 400}, "SQUARE_METRES": {10, 200}, "PEOPLE_HELPED": {4, 60}, "ITEMS": {3, 120},
}

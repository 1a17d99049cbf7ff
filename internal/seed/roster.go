package seed

// roster hands out volunteers so that nobody is on two shifts at the same time: in each slot everybody is asked at most once, one
// after the other.
type roster struct {
	dice
	stars []*star
	pool  []*person
	turns map[int]*turn // by slot
}

// star is an account to try that must have sign-ups in each of these states.
type star struct {
	*person
	wants map[string]int
	busy  map[int]bool // by slot
}

// turn is where a slot began in the pool, and how many people it has asked.
type turn struct{ first, asked int }

// newRoster takes the volunteers who can sign in and about one of the others for every four sign-ups.
func (c *city) newRoster() *roster {
	w := &roster{dice: c.dice, turns: map[int]*turn{}, stars: []*star{
		{&c.volunteers[0], map[string]int{completed: 4, noShow: 1, cancelled: 1, confirmed: 2, offered: 1, waitlisted: 1}, map[int]bool{}},
		{c.adult, map[string]int{completed: 5, cancelled: 1, checkedIn: 1, confirmed: 2}, map[int]bool{}},
	}}
	step := max(1, len(c.volunteers)*4/(c.Signups+1))
	for i := range c.volunteers[1:] {
		if i < c.accounts || i%step == 0 {
			w.pool = append(w.pool, &c.volunteers[1+i])
		}
	}
	// In the order of joining, the earliest would always be next while the others had not joined yet.
	w.Shuffle(len(w.pool), func(i, j int) { w.pool[i], w.pool[j] = w.pool[j], w.pool[i] })
	return w
}

// next returns a person for a shift of the slot; nil if nobody suitable is left.
func (w *roster) next(slot int, state string, fits func(*person) bool) *person {
	for _, s := range w.stars {
		if s.wants[state] > 0 && !s.busy[slot] && fits(s.person) {
			s.wants[state]--
			s.busy[slot] = true
			return s.person
		}
	}
	t := w.turns[slot]
	if t == nil {
		t = &turn{first: w.IntN(len(w.pool))}
		w.turns[slot] = t
	}
	for t.asked < len(w.pool) {
		p := w.pool[(t.first+t.asked)%len(w.pool)]
		t.asked++
		if fits(p) {
			return p
		}
	}
	return nil
}

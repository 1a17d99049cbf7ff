package attempt

import "time"

// New makes a limit that the hub does not have.
func New(name string, free int, first, most, window time.Duration) Limit {
	return Limit{name: name, free: free, first: first, most: most, window: window}
}

// Sound reports whether the limit is bounded and described.
func (l Limit) Sound() bool {
	return l.what != "" && l.free > 0 && l.window > 0 && l.most >= l.first && (l.first > 0) == (l.name != "")
}

// Name returns the name that the limit's attempts are counted under.
func (l Limit) Name() string { return l.name }

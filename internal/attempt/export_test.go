package attempt

import "time"

// New makes a limit that is not the hub's.
func New(name string, free int, first, most, window time.Duration) Limit {
	return Limit{name: name, free: free, first: first, most: most, window: window}
}

// Sound tells whether the limit bounds something and says what.
func (l Limit) Sound() bool {
	return l.what != "" && l.free > 0 && l.window > 0 && l.most >= l.first && (l.first > 0) == (l.name != "")
}

// Name is what the limit's attempts are kept under.
func (l Limit) Name() string { return l.name }

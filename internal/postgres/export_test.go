package postgres

import (
	"maps"
	"slices"
)

// ForgetTimelines makes this process as ignorant of promotions as a new one.
func ForgetTimelines() { newest.Clear() }

// Constraints are the names of those that have a code of their own.
func Constraints() []string { return slices.Sorted(maps.Keys(constraints)) }

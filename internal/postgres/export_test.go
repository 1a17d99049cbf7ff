package postgres

// ForgetTimelines makes this process as ignorant of promotions as a new one.
func ForgetTimelines() { newest.Clear() }

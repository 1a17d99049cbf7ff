package fault

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Check collects every invalid field of an input.
type Check struct{ list List }

// Err is all that was found, or nil.
func (c *Check) Err() error {
	if len(c.list) == 0 {
		return nil
	}
	return c.list
}

// That refuses the field unless ok.
func (c *Check) That(ok bool, field, text string) {
	if !ok {
		c.list = append(c.list, Field(field, text))
	}
}

// Text trims the text and bounds its length, counted in characters.
func (c *Check) Text(field string, text *string, least, most int) {
	*text = strings.TrimSpace(*text)
	n := utf8.RuneCountInString(*text)
	switch {
	case n == 0 && least > 0:
		c.That(false, field, "must not be empty")
	case n < least:
		c.That(false, field, fmt.Sprintf("must have at least %d characters", least))
	case n > most:
		c.That(false, field, fmt.Sprintf("must have at most %d characters", most))
	}
}

// OptionalText is Text for a field that may be left out; an empty one becomes nil.
func (c *Check) OptionalText(field string, text **string, most int) {
	if *text == nil {
		return
	}
	c.Text(field, *text, 0, most)
	if **text == "" {
		*text = nil
	}
}

// Between bounds a whole number.
func (c *Check) Between(field string, n, least, most int) {
	c.That(n >= least && n <= most, field, fmt.Sprintf("must be from %d to %d", least, most))
}

// Future refuses a time that has come.
func (c *Check) Future(field string, t, now time.Time) {
	c.That(t.After(now), field, "must be in the future")
}

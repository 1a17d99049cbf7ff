package fault

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"jastarhub/internal/letters"
)

// Check collects every invalid field of an input.
type Check struct{ list List }

// Err returns all faults found, or nil.
func (c *Check) Err() error {
	if len(c.list) == 0 {
		return nil
	}
	return c.list
}

// That adds a fault to the field unless ok.
func (c *Check) That(ok bool, field, text string) {
	if !ok {
		c.Refuse(Field(field, text))
	}
}

// Refuse adds a fault.
func (c *Check) Refuse(f *Fault) { c.list = append(c.list, f) }

// Text trims the text and limits its length, counted in characters; invisible characters do not count towards the minimum.
func (c *Check) Text(field string, text *string, least, most int) {
	*text = strings.TrimSpace(*text)
	visible := letters.Visible(*text)
	if visible == 0 {
		*text = ""
	}
	switch {
	case visible == 0 && least > 0:
		c.That(false, field, "must not be empty")
	case visible < least:
		c.Refuse(Field(field, fmt.Sprintf("must have at least %d characters", least)).With(Min, least))
	case utf8.RuneCountInString(*text) > most:
		c.Refuse(Field(field, fmt.Sprintf("must have at most %d characters", most)).With(Max, most))
	}
}

// Name is Text for the name of somebody or something: one line of visible characters, with at least one letter. An empty name is
// valid if least is 0.
func (c *Check) Name(field string, name *string, least, most int) {
	*name = letters.Spaced(*name)
	found := len(c.list)
	if c.Text(field, name, least, most); *name == "" || len(c.list) > found {
		return
	}
	wrong := letters.WrongName(*name)
	c.That(wrong == "", field, wrong)
}

// OptionalText is Text for a field that may be left out; an empty text becomes nil.
func (c *Check) OptionalText(field string, text **string, most int) {
	if *text == nil {
		return
	}
	c.Text(field, *text, 0, most)
	if **text == "" {
		*text = nil
	}
}

// Items limits the length of a list.
func (c *Check) Items(field string, n, most int) {
	if n > most {
		c.Refuse(TooMany(field, most))
	}
}

// TooMany returns the refusal of a list that is too long.
func TooMany(field string, most int) *Fault {
	return Field(field, fmt.Sprintf("must have at most %d items", most)).With(Max, most)
}

// Between limits a whole number.
func (c *Check) Between(field string, n, least, most int) {
	if n < least || n > most {
		c.Refuse(Field(field, fmt.Sprintf("must be from %d to %d", least, most)).With(Min, least).With(Max, most))
	}
}

// Future refuses a time that is not in the future.
func (c *Check) Future(field string, t, now time.Time) {
	c.That(t.After(now), field, "must be in the future")
}

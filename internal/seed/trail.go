package seed

import (
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/history"
	"jastarhub/internal/rule"
)

// trail builds the history of one object. Its steps are added in order, at least a second apart: the history is read in the order
// of ids.
type trail struct {
	c       *city
	subject uuid.UUID
	state   string
	at      time.Time
}

func (c *city) trail(subject uuid.UUID) *trail { return &trail{c: c, subject: subject} }

// step moves the object into a state; for the hub's own steps the person is uuid.Nil.
func (t *trail) step(at time.Time, verb rule.Verb, to string, as history.ActingAs, by uuid.UUID) {
	t.at = later(at, t.at.Add(time.Second))
	move := history.To(t.subject, verb, t.state, to, as)
	move.ID, move.At, move.ByID = t.c.id(t.at), t.at, uuid.NullUUID{UUID: by, Valid: as != history.Hub && as != history.Guardian}
	t.state = to
	t.c.rows.moves = append(t.c.rows.moves, move)
}

// because sets the reason of the last step.
func (t *trail) because(words string) {
	t.c.rows.moves[len(t.c.rows.moves)-1].Words = &words
}

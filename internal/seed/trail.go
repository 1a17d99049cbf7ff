package seed

import (
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
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
	act := history.Act{By: &auth.Actor{PersonID: by}, As: as, Verb: verb, Now: t.at}
	move := act.Done(history.To(t.subject, t.state, to))
	move.ID = t.c.id(t.at)
	t.state = to
	t.c.rows.moves = append(t.c.rows.moves, move)
}

// because sets the reason of the last step.
func (t *trail) because(words string) {
	t.c.rows.moves[len(t.c.rows.moves)-1].Words = &words
}

package outbox

import (
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/lang"
)

// Letter is a message to one person on one channel.
type Letter struct {
	ID        uuid.UUID     `db:"id"`
	Channel   Channel       `db:"channel"`
	Kind      Kind          `db:"kind"`
	Address   *string       `db:"address"` // an email address, or a chat; nil where the person no longer has one
	Language  lang.Language `db:"language"`
	Data      []byte        `db:"data"`
	PersonID  uuid.NullUUID `db:"person_id"`
	NoticeID  uuid.NullUUID `db:"notice_id"`
	AtNight   bool          `db:"at_night"`
	Lasting   bool          `db:"lasting"` // the text is read from notices, and can be written again
	CreatedAt time.Time     `db:"created_at"`
	Attempts  int           `db:"attempts"`

	Subject, Body string
	Failure       error
}

// ErrGone says that there is no longer anybody to send to, or anything to send: the message is dropped.
var ErrGone = errors.New("there is nothing left to send")

// errBlocked says that a person wants no more messages in a chat.
var errBlocked = fmt.Errorf("the chat is closed: %w", ErrGone)

const (
	mostAttempts          = 10
	firstPause, mostPause = time.Minute, 6 * time.Hour
	mostError             = 500
	batch                 = 20
)

// pause returns how long to wait after a number of attempts.
func pause(attempts int) time.Duration {
	return min(firstPause<<min(attempts-1, 20), mostPause)
}

func (l *Letter) givenUp() bool { return l.Attempts >= mostAttempts }

package notice

import (
	"context"
	"crypto/hmac"
	"encoding/base64"

	"github.com/google/uuid"

	"jastarhub/internal/fault"
)

// A reminder's link has the notice's id and the hub's signature for this purpose. It shows one shift to one person, who can
// answer there whether they come.
const (
	answerPurpose = "answer a reminder"
	signatureSize = 16
)

var answers = base64.RawURLEncoding.Strict()

// answerLink returns the path where the person answers a reminder, "" where the notice is not a reminder.
func (s *Service) answerLink(n *Notice) string {
	if n.Kind != ShiftTomorrow || s.Key == nil {
		return ""
	}
	return "/coming/" + answers.EncodeToString(append(n.ID[:], s.signature(n.ID)...))
}

func (s *Service) signature(id uuid.UUID) []byte {
	return s.Key.Sign(answerPurpose, id[:])[:signatureSize]
}

// Reminder reads the reminder that a link leads to, unless the person's links have been invalidated since. Codes: NOT_FOUND.
func (s *Service) Reminder(ctx context.Context, token string) (*Notice, error) {
	bytes, err := answers.DecodeString(token)
	if err != nil || len(bytes) != len(uuid.UUID{})+signatureSize {
		return nil, fault.Missing("token")
	}
	id := uuid.UUID(bytes[:16])
	if !hmac.Equal(bytes[16:], s.signature(id)) {
		return nil, fault.Missing("token")
	}
	rows, err := linked(ctx, s.DB, id)
	if err == nil && (len(rows) == 0 || rows[0].Kind != ShiftTomorrow) {
		err = fault.Missing("token")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

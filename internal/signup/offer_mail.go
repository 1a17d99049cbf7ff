package signup

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/lang"
	"jastarhub/internal/outbox"
	"jastarhub/internal/postgres"
)

const mailSeatOffered outbox.Kind = "SEAT_OFFERED"

// tellOffered mails those who are offered a seat what it is and until when it is held.
func tellOffered(ctx context.Context, tx *sqlx.Tx, slot *Slot, offered []uuid.UUID, now time.Time) error {
	if len(offered) == 0 {
		return nil
	}
	people, err := postgres.Read[struct {
		Email    string        `db:"email"`
		Language lang.Language `db:"language"`
		Task     string        `db:"task"`
	}](ctx, tx, postgres.Select(`select p.email, p.language, t.title as task from signups g join people p on p.id = g.person_id
		join tasks t on t.id = ? where g.id = any(?) order by g.line`, slot.TaskID, postgres.IDs(offered)))
	if err != nil {
		return err
	}
	mails := make([]outbox.Mail, len(people))
	for i, p := range people {
		mails[i] = outbox.Mail{Kind: mailSeatOffered, To: p.Email, Language: p.Language,
			Data: map[string]any{"task": p.Task, "when": clock(slot.StartsAt), "until": clock(slot.offerEnds(now))}}
	}
	return outbox.Put(ctx, tx, now, mails...)
}

func clock(t time.Time) string { return t.In(auth.Almaty).Format("02.01.2006 15:04") }

package notice

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/outbox"
	"jastarhub/internal/postgres"
)

const digest outbox.Kind = "NOTICES_OF_THE_DAY"

// digestAt is the hour of the daily email, in Almaty.
const digestAt = 18

// collected is the data of a daily email.
type collected struct {
	Notices []uuid.UUID `json:"notices"`
}

// WriteLetters writes the texts of messages about notices. It checks again who is to get them: nothing is sent to a person who is
// suspended or has gone, who no longer wants such messages, or who has read the notice in the app, and nothing that is no longer
// true.
func (s *Service) WriteLetters(hub string) func(context.Context, time.Time, []*outbox.Letter) error {
	return func(ctx context.Context, now time.Time, letters []*outbox.Letter) error {
		of, wanted, people := make([][]uuid.UUID, len(letters)), []uuid.UUID{}, []uuid.UUID{}
		for i, l := range letters {
			var in collected
			if l.Failure = json.Unmarshal(l.Data, &in); l.NoticeID.Valid {
				in.Notices = []uuid.UUID{l.NoticeID.UUID}
			}
			of[i], wanted, people = in.Notices, append(wanted, in.Notices...), append(people, l.PersonID.UUID)
		}
		rows, err := standing(ctx, s.DB, wanted, now)
		if err != nil {
			return err
		}
		chosen, err := preferences(ctx, s.DB, people)
		if err != nil {
			return err
		}
		at := make(map[uuid.UUID]*Notice, len(rows))
		for _, n := range rows {
			at[n.ID] = n
		}
		for i, l := range letters {
			var told []*Notice
			for _, id := range of[i] {
				if n := at[id]; n != nil && n.PersonID == l.PersonID.UUID && n.preference(chosen).wants(l.Channel, l.Kind == digest, kinds[n.Kind]) {
					told = append(told, n)
				}
			}
			l.Failure = errors.Join(l.Failure, fault.Caught(func() (err error) {
				l.Subject, l.Body, err = s.letter(l, told, hub, now)
				return err
			}))
		}
		return nil
	}
}

// preference returns how the person wants to be told about the notice's topic.
func (n *Notice) preference(chosen []*NoticePreference) *NoticePreference {
	preferences := all(n.PersonID, chosen)
	return preferences[slices.IndexFunc(preferences, func(p *NoticePreference) bool { return p.Topic == n.Topic() })]
}

func (s *Service) letter(l *outbox.Letter, told []*Notice, hub string, now time.Time) (subject, body string, err error) {
	in := voice{l.Language, now, outbox.Unlinked}
	switch {
	case len(told) == 0:
		return "", "", outbox.ErrGone
	case l.Kind == digest:
		subject, body, err = daily(told, in, hub)
	default:
		subject, body, err = s.single(told[0], in, hub)
	}
	if err != nil || l.Channel != outbox.Email {
		return subject, body, err
	}
	footer, err := write("footer", l.Language, nil)
	return subject, body + "\n\n--\n" + footer + "\n" + hub + "/notices/settings\n", err
}

func (s *Service) single(n *Notice, in voice, hub string) (subject, body string, err error) {
	subject, body, err = n.text(in)
	body += "\n\n" + hub + n.Path()
	if link := s.answerLink(n); err == nil && link != "" {
		var ask string
		ask, err = write("answer", in.language, nil)
		body += "\n\n" + ask + "\n" + hub + link
	}
	return subject, body, err
}

func daily(told []*Notice, in voice, hub string) (subject, body string, err error) {
	for _, n := range told {
		line, rest, err := n.text(in)
		if err != nil {
			return "", "", err
		}
		body += line + "\n" + rest + "\n" + hub + n.Path() + "\n\n"
	}
	subject, err = write("digest", in.language, len(told))
	return subject, body, err
}

// peopleInRound is how many daily emails are written at once.
const peopleInRound = 500

// Collect creates the daily emails that are due: one for each person, with what was not emailed at once. One hub at a time does it.
func (s *Service) Collect(ctx context.Context, now time.Time) error {
	for {
		var written int64
		err := s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
			if _, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock(hashtextextended('daily notices', 0))`); err != nil {
				return err
			}
			statement := postgres.Select(`with due as (
					select distinct person_id from notices where digest_at <= ? limit ?),
				taken as (update notices n set digest_at = null from due where n.person_id = due.person_id and n.digest_at <= ?
					returning n.id, n.person_id)`, now, peopleInRound, now)
			outbox.Notices{Kind: digest, Now: now, Due: outbox.Awake(now)}.Put(statement, `select 'EMAIL' as channel, p.id as person_id,
					null::uuid as notice_id, p.language, jsonb_build_object('notices', jsonb_agg(t.id order by t.id)) as data
				from taken t join people p on p.id = t.person_id where p.erased_at is null group by p.id`)
			result, err := tx.ExecContext(ctx, statement.SQL(), statement.Args()...)
			if err != nil {
				return err
			}
			written, err = result.RowsAffected()
			return err
		})
		if err != nil || written < peopleInRound {
			return postgres.Map(err)
		}
	}
}

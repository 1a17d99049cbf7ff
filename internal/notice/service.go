package notice

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
	"jastarhub/internal/secret"
)

// Service is what people do with their notices.
type Service struct {
	DB  *postgres.DB
	Key *secret.Key // signs the links of reminders; nil where links are neither made nor read
}

// OfPersons reads a page of each person's notices, newest first.
func (s *Service) OfPersons(ctx context.Context, people []uuid.UUID, unread bool, args paging.Args) (map[uuid.UUID]*NoticeConnection, error) {
	rows, err := ofPersons(ctx, s.DB, people, unread, args)
	return paging.Each(people, rows, person, args, paging.ByID(id),
		func(ctx context.Context) (map[uuid.UUID]int, error) { return counts(ctx, s.DB, people, unread) }), err
}

// Unread counts the unread notices of each of the people.
func (s *Service) Unread(ctx context.Context, people []uuid.UUID) (map[uuid.UUID]int, error) {
	return counts(ctx, s.DB, people, true)
}

// PreferencesOf reads how each of the people wants to be told, for every topic.
func (s *Service) PreferencesOf(ctx context.Context, people []uuid.UUID) (map[uuid.UUID][]*NoticePreference, error) {
	chosen, err := preferences(ctx, s.DB, people)
	of := make(map[uuid.UUID][]*NoticePreference, len(people))
	for _, p := range people {
		of[p] = all(p, chosen)
	}
	return of, err
}

// NoticesPayload names the person whose notices changed.
type NoticesPayload struct{ PersonID uuid.UUID }

type (
	MarkNoticesReadPayload      = NoticesPayload
	SetNoticePreferencesPayload = NoticesPayload
	UnlinkTelegramPayload       = NoticesPayload
)

func payload(person uuid.UUID, err error) (*NoticesPayload, error) {
	if err != nil {
		return nil, err
	}
	return &NoticesPayload{PersonID: person}, nil
}

// MarkNoticesReadInput is what was read: these notices, or all up to a moment.
type MarkNoticesReadInput struct {
	IDs  []uuid.UUID
	UpTo *time.Time
}

func (in *MarkNoticesReadInput) validate() error {
	var c fault.Check
	c.That(in.UpTo != nil || len(in.IDs) > 0, "ids", "must not be empty")
	c.Items("ids", len(in.IDs), paging.Most)
	return c.Err()
}

// MarkRead marks the actor's own notices as read; ids of other people's change nothing. Codes: INVALID.
func (s *Service) MarkRead(ctx context.Context, c mutation.Call, in MarkNoticesReadInput) (*NoticesPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		return c.Actor.PersonID, markRead(ctx, tx, c.Actor.PersonID, &in, c.Now)
	})
	return payload(id, err)
}

// SetPreferences sets how the actor is told about topics. Codes: INVALID.
func (s *Service) SetPreferences(ctx context.Context, c mutation.Call, in SetNoticePreferencesInput) (*NoticesPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		person := c.Actor.PersonID
		chosen, err := preferences(ctx, tx, []uuid.UUID{person})
		if err != nil {
			return uuid.Nil, err
		}
		for _, now := range all(person, chosen) {
			for _, change := range in.Preferences {
				if change.Topic != now.Topic {
					continue
				}
				if err := setPreference(ctx, tx, change.over(*now)); err != nil {
					return uuid.Nil, err
				}
			}
		}
		return person, nil
	})
	return payload(id, err)
}

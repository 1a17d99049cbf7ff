package notice

import (
	"cmp"

	"github.com/google/uuid"

	"jastarhub/internal/fault"
	"jastarhub/internal/outbox"
)

// NoticeEmail is which notices of a topic are emailed.
type NoticeEmail string

// The choices.
const (
	MailNone   NoticeEmail = "NONE"
	MailNeeded NoticeEmail = "NEEDED"
	MailDaily  NoticeEmail = "DAILY"
	MailAll    NoticeEmail = "ALL"
)

// NoticePreference is how a person wants to be told about a topic, outside the app.
type NoticePreference struct {
	PersonID uuid.UUID   `db:"person_id"`
	Topic    NoticeTopic `db:"topic"`
	Email    NoticeEmail `db:"email"`
	Telegram bool        `db:"telegram"`
}

// Topics are all topics, in the order in which they are shown.
var Topics = []NoticeTopic{Shifts, Reminders, Proposals, Memberships, Teamwork, CentreWork, Record}

// email returns the default for a person who has not chosen: what the person must know is emailed at once, the work of a centre
// once a day.
func (t NoticeTopic) email() NoticeEmail {
	if t == CentreWork {
		return MailDaily
	}
	return MailNeeded
}

// all returns the preferences of a person for each topic.
func all(person uuid.UUID, chosen []*NoticePreference) []*NoticePreference {
	preferences := make([]*NoticePreference, len(Topics))
	for i, topic := range Topics {
		preferences[i] = &NoticePreference{PersonID: person, Topic: topic, Email: topic.email(), Telegram: true}
		for _, c := range chosen {
			if c.PersonID == person && c.Topic == topic {
				preferences[i] = c
			}
		}
	}
	return preferences
}

// wants reports whether a message on a channel is to include a notice of a kind; daily is for the daily email.
func (p *NoticePreference) wants(channel outbox.Channel, daily bool, k kind) bool {
	switch {
	case channel == outbox.Telegram:
		return p.Telegram
	case daily:
		return p.Email == MailDaily || p.Email == MailAll
	}
	return p.Email == MailAll || k.needed && p.Email != MailNone
}

// NoticePreferenceInput is a change for one topic.
type NoticePreferenceInput struct {
	Topic    NoticeTopic
	Email    *NoticeEmail
	Telegram *bool
}

// SetNoticePreferencesInput is a change of preferences; other topics keep theirs.
type SetNoticePreferencesInput struct{ Preferences []NoticePreferenceInput }

func (in *SetNoticePreferencesInput) validate() error {
	var c fault.Check
	seen := map[NoticeTopic]bool{}
	c.That(len(in.Preferences) > 0, "preferences", "must name at least one topic")
	for _, p := range in.Preferences {
		c.That(!seen[p.Topic], "preferences", "must name each topic only once")
		c.That(p.Email != nil || p.Telegram != nil, "preferences", "must each set email or telegram")
		seen[p.Topic] = true
	}
	return c.Err()
}

// over returns a preference with the change applied.
func (in *NoticePreferenceInput) over(p NoticePreference) NoticePreference {
	p.Email, p.Telegram = *cmp.Or(in.Email, &p.Email), *cmp.Or(in.Telegram, &p.Telegram)
	return p
}

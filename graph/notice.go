package graph

import (
	"context"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/notice"
	"jastarhub/internal/outbox"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
)

func (r *Resolver) noticeRelations() map[string]relation {
	own := func(a *auth.Actor, p *person.Person) bool { return p.Own(a) }
	whose := one(func(p *notice.NoticesPayload) uuid.UUID { return p.PersonID }, r.People.ByIDs)
	return map[string]relation{
		"Person.notices":                     guarded(own, r.noticesOf),
		"Person.unreadNotices":               silent(own, each(r.unreadOf)),
		"Person.noticePreferences":           silent(own, lists[person.Person](r.Notices.PreferencesOf)),
		"Person.telegram":                    silent(own, each(r.telegramOf)),
		"MarkNoticesReadPayload.person":      whose,
		"SetNoticePreferencesPayload.person": whose,
		"UnlinkTelegramPayload.person":       whose,
		"DeadLetter.person":                  maybe(func(d *outbox.DeadLetter) uuid.NullUUID { return d.PersonID }, r.People.ByIDs),
		"DeadLetter.availableActions":        actsOn(func(q *request, d *outbox.DeadLetter) []*rule.Action { return d.Actions(q.Actor) }),
	}
}

// noticesOf reads a page of notices for every person, all or only unread ones.
func (r *Resolver) noticesOf(ctx context.Context, objects []any, args arguments) ([]any, error) {
	unread, _ := args.filter()["unread"].(bool)
	return pages[person.Person](notice.Newest, func(ctx context.Context, people []uuid.UUID, asked paging.Args) (map[uuid.UUID]*notice.NoticeConnection, error) {
		return r.Notices.OfPersons(ctx, people, unread, asked)
	})(ctx, objects, args)
}

func (r *Resolver) unreadOf(ctx context.Context, _ *request, people []*person.Person) ([]*int, error) {
	found, err := r.Notices.Unread(ctx, paging.IDs(people, idOf[person.Person]()))
	counts := make([]*int, len(people))
	for i, p := range people {
		n := found[p.ID]
		counts[i] = &n
	}
	return counts, err
}

func (r *Resolver) telegramOf(ctx context.Context, _ *request, people []*person.Person) ([]*notice.TelegramLink, error) {
	found, err := r.Notices.LinksOf(ctx, paging.IDs(people, idOf[person.Person]()))
	links := make([]*notice.TelegramLink, len(people))
	for i, p := range people {
		links[i] = found[p.ID]
	}
	return links, err
}

// linkTelegram takes no idempotency key: its answer is shown only once.
func (r *Resolver) linkTelegram(ctx context.Context, in notice.LinkTelegramInput) (*notice.LinkTelegramPayload, error) {
	if err := from(ctx).noKey(); err != nil {
		return nil, err
	}
	return r.Notices.LinkTelegram(ctx, call(ctx), in)
}

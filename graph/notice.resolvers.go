package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/notice"
	"jastarhub/internal/outbox"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
)

func (r *deadLetterResolver) Person(ctx context.Context, obj *outbox.DeadLetter) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *deadLetterResolver) AvailableActions(ctx context.Context, obj *outbox.DeadLetter) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *markNoticesReadPayloadResolver) Person(ctx context.Context, obj *notice.NoticesPayload) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *mutationResolver) MarkNoticesRead(ctx context.Context, input notice.MarkNoticesReadInput) (*notice.NoticesPayload, error) {
	return r.Notices.MarkRead(ctx, call(ctx), input)
}

func (r *mutationResolver) SetNoticePreferences(ctx context.Context, input notice.SetNoticePreferencesInput) (*notice.NoticesPayload, error) {
	return r.Notices.SetPreferences(ctx, call(ctx), input)
}

func (r *mutationResolver) LinkTelegram(ctx context.Context, input notice.LinkTelegramInput) (*notice.LinkTelegramPayload, error) {
	return r.linkTelegram(ctx, input)
}

func (r *mutationResolver) UnlinkTelegram(ctx context.Context, input notice.UnlinkTelegramInput) (*notice.NoticesPayload, error) {
	return r.Notices.UnlinkTelegram(ctx, call(ctx), input)
}

func (r *mutationResolver) SendAgain(ctx context.Context, input outbox.SendAgainInput) (*outbox.SendAgainPayload, error) {
	return r.Letters.SendAgain(ctx, call(ctx), input)
}

func (r *noticeResolver) Title(ctx context.Context, obj *notice.Notice) (string, error) {
	title, _, err := obj.Text(from(ctx).Language, from(ctx).Now)
	return title, err
}

func (r *noticeResolver) Text(ctx context.Context, obj *notice.Notice) (string, error) {
	_, text, err := obj.Text(from(ctx).Language, from(ctx).Now)
	return text, err
}

func (r *personResolver) Notices(ctx context.Context, obj *person.Person, filter *notice.NoticeFilter, first int, after *string) (*paging.Connection[notice.Notice], error) {
	return take[*paging.Connection[notice.Notice]](ctx, obj)
}

func (r *personResolver) UnreadNotices(ctx context.Context, obj *person.Person) (*int, error) {
	return take[*int](ctx, obj)
}

func (r *personResolver) NoticePreferences(ctx context.Context, obj *person.Person) ([]*notice.NoticePreference, error) {
	return take[[]*notice.NoticePreference](ctx, obj)
}

func (r *personResolver) Telegram(ctx context.Context, obj *person.Person) (*notice.TelegramLink, error) {
	return take[*notice.TelegramLink](ctx, obj)
}

func (r *queryResolver) DeadLetters(ctx context.Context, first int, after *string) (*paging.Connection[outbox.DeadLetter], error) {
	return r.Letters.Dead(ctx, from(ctx).Actor, first, after)
}

func (r *setNoticePreferencesPayloadResolver) Person(ctx context.Context, obj *notice.NoticesPayload) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *unlinkTelegramPayloadResolver) Person(ctx context.Context, obj *notice.NoticesPayload) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *Resolver) DeadLetter() generated.DeadLetterResolver { return &deadLetterResolver{r} }

func (r *Resolver) MarkNoticesReadPayload() generated.MarkNoticesReadPayloadResolver {
	return &markNoticesReadPayloadResolver{r}
}

func (r *Resolver) Notice() generated.NoticeResolver { return &noticeResolver{r} }

func (r *Resolver) SetNoticePreferencesPayload() generated.SetNoticePreferencesPayloadResolver {
	return &setNoticePreferencesPayloadResolver{r}
}

func (r *Resolver) UnlinkTelegramPayload() generated.UnlinkTelegramPayloadResolver {
	return &unlinkTelegramPayloadResolver{r}
}

type (
	deadLetterResolver                  struct{ *Resolver }
	markNoticesReadPayloadResolver      struct{ *Resolver }
	noticeResolver                      struct{ *Resolver }
	setNoticePreferencesPayloadResolver struct{ *Resolver }
	unlinkTelegramPayloadResolver       struct{ *Resolver }
)

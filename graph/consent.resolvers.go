package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/consent"
	"jastarhub/internal/history"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
)

func (r *consentResolver) Person(ctx context.Context, obj *consent.Consent) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *consentResolver) RecordedBy(ctx context.Context, obj *consent.Consent) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *consentResolver) RevokedBy(ctx context.Context, obj *consent.Consent) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *consentResolver) History(ctx context.Context, obj *consent.Consent, first int, after *string) (*paging.Connection[history.Move], error) {
	return take[*paging.Connection[history.Move]](ctx, obj)
}

func (r *consentResolver) AvailableActions(ctx context.Context, obj *consent.Consent) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *mutationResolver) RequestConsent(ctx context.Context, input consent.RequestConsentInput) (*consent.ConsentPayload, error) {
	return r.Resolver.Consents.Request(ctx, call(ctx), input)
}

func (r *mutationResolver) RecordConsent(ctx context.Context, input consent.RecordConsentInput) (*consent.ConsentPayload, error) {
	return r.Resolver.Consents.Record(ctx, call(ctx), input)
}

func (r *mutationResolver) WithdrawConsent(ctx context.Context, input consent.WithdrawConsentInput) (*consent.ConsentPayload, error) {
	return r.Resolver.Consents.Withdraw(ctx, call(ctx), input)
}

func (r *personResolver) AgeBand(ctx context.Context, obj *person.Person) (*person.AgeBand, error) {
	return obj.AgeBand(from(ctx).Now), nil
}

func (r *personResolver) Contact(ctx context.Context, obj *person.Person) (*person.Contact, error) {
	return take[*person.Contact](ctx, obj)
}

func (r *personResolver) Consents(ctx context.Context, obj *person.Person) ([]*consent.Consent, error) {
	return take[[]*consent.Consent](ctx, obj)
}

func (r *queryResolver) Minor(ctx context.Context, email string) (*person.Person, error) {
	return r.Resolver.Consents.Minor(ctx, call(ctx), email)
}

func (r *Resolver) Consent() generated.ConsentResolver { return &consentResolver{r} }

type consentResolver struct{ *Resolver }

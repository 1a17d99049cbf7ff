package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/certificate"
	"jastarhub/internal/history"
	"jastarhub/internal/lang"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
)

func (r *certificateResolver) Holder(ctx context.Context, obj *certificate.Certificate) (*string, error) {
	return obj.Holder(from(ctx).Actor), nil
}

func (r *certificateResolver) Parts(ctx context.Context, obj *certificate.Certificate) ([]*certificate.CertificatePart, error) {
	return take[[]*certificate.CertificatePart](ctx, obj)
}

func (r *certificateResolver) PDFPath(ctx context.Context, obj *certificate.Certificate) (*string, error) {
	return obj.PDFPath(from(ctx).Actor), nil
}

func (r *certificateResolver) History(ctx context.Context, obj *certificate.Certificate, first int, after *string) (*paging.Connection[history.Move], error) {
	return take[*paging.Connection[history.Move]](ctx, obj)
}

func (r *certificateResolver) AvailableActions(ctx context.Context, obj *certificate.Certificate) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *certificatePartResolver) TeamName(ctx context.Context, obj *certificate.CertificatePart, lang *lang.Language) (*string, error) {
	return called(ctx, obj.Team, lang), nil
}

func (r *certificatePartResolver) NgoName(ctx context.Context, obj *certificate.CertificatePart, lang *lang.Language) (*string, error) {
	return called(ctx, obj.Ngo, lang), nil
}

func (r *mutationResolver) IssueCertificate(ctx context.Context, input certificate.IssueCertificateInput) (*certificate.CertificatePayload, error) {
	return r.Certificates.Issue(ctx, call(ctx), input)
}

func (r *mutationResolver) RevokeCertificate(ctx context.Context, input certificate.RevokeCertificateInput) (*certificate.CertificatePayload, error) {
	return r.Certificates.Revoke(ctx, call(ctx), input)
}

func (r *personResolver) Certificates(ctx context.Context, obj *person.Person, first int, after *string) (*paging.Connection[certificate.Certificate], error) {
	return take[*paging.Connection[certificate.Certificate]](ctx, obj)
}

func (r *queryResolver) Certificate(ctx context.Context, number string) (*certificate.Certificate, error) {
	return r.Certificates.Get(ctx, number)
}

func (r *Resolver) Certificate() generated.CertificateResolver { return &certificateResolver{r} }

func (r *Resolver) CertificatePart() generated.CertificatePartResolver {
	return &certificatePartResolver{r}
}

type (
	certificateResolver     struct{ *Resolver }
	certificatePartResolver struct{ *Resolver }
)

package graph

import (
	"cmp"
	"context"

	"jastarhub/internal/auth"
	"jastarhub/internal/certificate"
	"jastarhub/internal/history"
	"jastarhub/internal/lang"
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
)

func (r *Resolver) certificateRelations() map[string]relation {
	return map[string]relation{
		"Certificate.parts": lists[certificate.Certificate](r.Certificates.PartsOf),
		"Certificate.history": guarded(func(a *auth.Actor, c *certificate.Certificate) bool { return c.Visible(a) },
			pages[certificate.Certificate](history.Order, r.historyOf)),
		"Certificate.availableActions": each(func(_ context.Context, q *request, rows []*certificate.Certificate) ([][]*rule.Action, error) {
			actions := make([][]*rule.Action, len(rows))
			for i, c := range rows {
				actions[i] = c.Actions(q.Actor)
			}
			return actions, nil
		}),
		"Person.certificates": guarded(func(a *auth.Actor, p *person.Person) bool { return p.Own(a) },
			pages[person.Person](certificate.Order, r.Certificates.OfPersons)),
	}
}

// called returns a name that a certificate stores; an ellipsis if it is no longer shown.
func called(ctx context.Context, text lang.Text, asked *lang.Language) string {
	return cmp.Or(named(ctx, text, asked), "…")
}

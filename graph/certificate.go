package graph

import (
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
		"Certificate.availableActions": actsOn(func(q *request, c *certificate.Certificate) []*rule.Action { return c.Actions(q.Actor) }),
		"Person.certificates": guarded(func(a *auth.Actor, p *person.Person) bool { return p.Own(a) },
			pages[person.Person](certificate.Order, r.Certificates.OfPersons)),
	}
}

// called returns a name that a certificate stores, nil while it is not shown.
func called(ctx context.Context, text lang.Text, asked *lang.Language) *string {
	if name := named(ctx, text, asked); name != "" {
		return &name
	}
	return nil
}

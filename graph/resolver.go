// Package graph is the GraphQL edge: it calls the services, and joins what they return.
package graph

import (
	"github.com/99designs/gqlgen/graphql"

	"jastarhub/graph/generated"
	"jastarhub/internal/account"
	"jastarhub/internal/audit"
	"jastarhub/internal/centre"
	"jastarhub/internal/certificate"
	"jastarhub/internal/consent"
	"jastarhub/internal/consent/given"
	"jastarhub/internal/grant"
	"jastarhub/internal/hours"
	"jastarhub/internal/identity"
	"jastarhub/internal/indicator"
	"jastarhub/internal/invitation"
	"jastarhub/internal/membership"
	"jastarhub/internal/moderation"
	"jastarhub/internal/ngo"
	"jastarhub/internal/notice"
	"jastarhub/internal/outbox"
	"jastarhub/internal/person"
	"jastarhub/internal/photo"
	"jastarhub/internal/postgres"
	"jastarhub/internal/privacy"
	"jastarhub/internal/progress"
	"jastarhub/internal/proposal"
	"jastarhub/internal/search"
	"jastarhub/internal/shift"
	"jastarhub/internal/signup"
	"jastarhub/internal/task"
	"jastarhub/internal/team"
	"jastarhub/internal/workday"
)

// Resolver is the list of services.
type Resolver struct {
	DB           *postgres.DB
	People       *person.Service
	Accounts     *account.Service
	Grants       *grant.Service
	Identities   *identity.Service
	Centres      *centre.Service
	Indicators   *indicator.Service
	Workdays     *workday.Service
	Ngos         *ngo.Service
	Teams        *team.Service
	Memberships  *membership.Service
	Proposals    *proposal.Service
	Tasks        *task.Service
	Shifts       *shift.Service
	Signups      *signup.Service
	Certificates *certificate.Service
	WorkedHours  *hours.Service
	Progress     *progress.Service
	Audit        *audit.Service
	Invitations  *invitation.Service
	Consents     *consent.Service
	Moderation   *moderation.Service
	Privacy      *privacy.Service
	Photos       *photo.Service // the program opens its bucket
	Notices      *notice.Service
	Letters      *outbox.Service
	Search       *search.Service

	nodes  nodeIndex
	levels *levels
}

// NewResolver makes the services on one pool.
func NewResolver(db *postgres.DB) *Resolver {
	signups := &signup.Service{DB: db, ConsentAge: given.Age}
	people := &person.Service{DB: db}
	accounts := account.New(db, people)
	shifts := &shift.Service{DB: db, Signups: signups}
	consents := &consent.Service{DB: db, People: people, Signups: signups}
	r := &Resolver{
		DB:           db,
		People:       people,
		Accounts:     accounts,
		Grants:       &grant.Service{DB: db},
		Identities:   &identity.Service{DB: db, People: people, Accounts: accounts},
		Centres:      &centre.Service{DB: db},
		Indicators:   &indicator.Service{DB: db},
		Workdays:     &workday.Service{DB: db},
		Ngos:         &ngo.Service{DB: db},
		Teams:        &team.Service{DB: db, MoveTasks: task.MoveOfTeam},
		Memberships:  &membership.Service{DB: db},
		Proposals:    &proposal.Service{DB: db, ReactDays: proposal.ReactDays, DecideDays: proposal.DecideDays},
		Tasks:        &task.Service{DB: db, Shifts: shifts},
		Shifts:       shifts,
		Signups:      signups,
		Certificates: &certificate.Service{DB: db},
		WorkedHours:  &hours.Service{DB: db},
		Progress:     &progress.Service{DB: db},
		Audit:        &audit.Service{DB: db},
		Invitations:  &invitation.Service{DB: db, Accounts: accounts},
		Consents:     consents,
		Moderation:   &moderation.Service{DB: db, Signups: signups},
		Privacy:      &privacy.Service{DB: db, People: people, Accounts: accounts, Consents: consents},
		Photos:       &photo.Service{DB: db},
		Notices:      &notice.Service{DB: db},
		Letters:      &outbox.Service{DB: db},
		Search:       &search.Service{DB: db},
	}
	accounts.Vacate, accounts.Adopt, accounts.KeepOut = r.Privacy.Vacate, r.Identities.Adopt, r.Moderation.KeepOut
	r.nodes = newNodeIndex(r)
	r.levels = newLevels(r.Schema().Schema(), r.relations())
	return r
}

// Schema returns the schema with its resolvers.
func (r *Resolver) Schema() graphql.ExecutableSchema {
	prepare()
	return generated.NewExecutableSchema(generated.Config{Resolvers: r})
}

// Levels returns the field middleware that reads relations level by level.
func (r *Resolver) Levels() graphql.FieldMiddleware {
	return r.levels.around
}

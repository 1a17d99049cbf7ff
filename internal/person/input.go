package person

import (
	"fmt"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"

	"jastarhub/internal/almaty"
	"jastarhub/internal/email"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
)

const (
	MostName         = 80
	youngest, oldest = 6, 120
)

// CheckBirthDate checks that the person is neither too young nor too old.
func CheckBirthDate(c *fault.Check, birth, now time.Time) {
	if age := almaty.AgeOn(birth, now); age < youngest || age > oldest {
		c.Refuse(fault.Field("birthDate", fmt.Sprintf("must be %d to %d years ago", youngest, oldest)).
			With(fault.Min, now.AddDate(-oldest-1, 0, 1).Format(time.DateOnly)).With(fault.Max, now.AddDate(-youngest, 0, 0).Format(time.DateOnly)))
	}
}

// PersonReference names a person, by id or by the account's email address: one of them is given.
type PersonReference struct {
	ID    *uuid.UUID
	Email *string
}

// Check checks the address, if that is what is given.
func (r *PersonReference) Check(c *fault.Check) {
	if r.Email != nil {
		email.Check(c, "person.email", r.Email)
	}
}

// UpdateProfileInput has the changes to a profile; fields that are left out keep their values, and a null district removes the
// present one.
type UpdateProfileInput struct {
	GivenName  *string
	FamilyName *string
	Language   *lang.Language
	DistrictID graphql.Omittable[*uuid.UUID]
	BirthDate  *time.Time
}

func (in *UpdateProfileInput) validate(now time.Time) error {
	var c fault.Check
	if in.BirthDate != nil {
		CheckBirthDate(&c, *in.BirthDate, now)
	}
	if in.GivenName != nil {
		c.Name("givenName", in.GivenName, 1, MostName)
	}
	if in.FamilyName != nil {
		c.Name("familyName", in.FamilyName, 0, MostName)
	}
	return c.Err()
}

// completes requires everything that says who the person is if the account does not have it yet, and otherwise allows no birth
// date: what the person may do, and who answers for a minor, depend on it.
func (in *UpdateProfileInput) completes(p *Private) error {
	var c fault.Check
	if p.GivenName != "" {
		c.That(in.BirthDate == nil, "birthDate", "cannot be changed")
		return c.Err()
	}
	c.That(in.GivenName != nil, "givenName", "must be given")
	c.That(in.BirthDate != nil, "birthDate", "must be given")
	return c.Err()
}

func (in *UpdateProfileInput) apply(p *Private) {
	if in.BirthDate != nil {
		p.BirthDate = *in.BirthDate
	}
	if in.GivenName != nil {
		p.GivenName = *in.GivenName
	}
	if in.FamilyName != nil {
		p.FamilyName = *in.FamilyName
	}
	if in.Language != nil {
		p.Language = *in.Language
	}
	if district, given := in.DistrictID.ValueOK(); given {
		p.DistrictID = uuid.NullUUID{}
		if district != nil {
			p.DistrictID = uuid.NullUUID{UUID: *district, Valid: true}
		}
	}
}

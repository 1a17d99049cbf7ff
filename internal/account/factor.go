package account

import (
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
)

// ResetSecondFactor is the verb of an officer who removes a second factor.
const ResetSecondFactor rule.Verb = "RESET_SECOND_FACTOR"

// The states of a second factor, as the person's history names them.
const factorOn, factorOff = "ON", "OFF"

// StartSecondFactorInput is the present password and, where a second factor is on, its code.
type StartSecondFactorInput struct {
	Password string
	Code     *string
}

// StartSecondFactorPayload is what an authenticator needs, shown once.
type StartSecondFactorPayload struct{ Secret, URI string }

// ConfirmSecondFactorInput is a code made from the new secret.
type ConfirmSecondFactorInput struct{ Code string }

// ConfirmSecondFactorPayload is the new session, and the recovery codes, shown once.
type ConfirmSecondFactorPayload struct {
	Person        *person.Person
	Token         string
	RecoveryCodes []string
}

// EndSecondFactorInput is the present password and a code.
type EndSecondFactorInput struct{ Password, Code string }

// EndSecondFactorPayload is the person whose second factor is off.
type EndSecondFactorPayload struct{ Person *person.Person }

// RenewRecoveryCodesInput is a code.
type RenewRecoveryCodesInput struct{ Code string }

// RenewRecoveryCodesPayload is the new codes, shown once.
type RenewRecoveryCodesPayload struct{ RecoveryCodes []string }

// ResetSecondFactorInput names the person whose second factor is removed, by id or email, and the reason.
type ResetSecondFactorInput struct {
	Person person.PersonReference
	Reason string
}

// ResetSecondFactorPayload is the person whose second factor was removed.
type ResetSecondFactorPayload struct{ Person *person.Person }

func (in *ResetSecondFactorInput) validate() error {
	var c check
	in.Person.Check(&c.Check)
	c.Text("reason", &in.Reason, 3, 1000)
	return c.Err()
}

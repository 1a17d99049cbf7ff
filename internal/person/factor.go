package person

import (
	"crypto/rand"
	"crypto/sha256"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"jastarhub/internal/rule"
)

// ResetSecondFactor is the verb of the officer who takes a second factor away.
const ResetSecondFactor rule.Verb = "RESET_SECOND_FACTOR"

// The states of a second factor, as the person's history names them.
const factorOn, factorOff = "ON", "OFF"

// SecondFactor is what a person sees of their own.
type SecondFactor struct {
	PersonID          uuid.UUID `db:"person_id"`
	Active            bool      `db:"active"`
	RecoveryCodesLeft int       `db:"recovery_codes_left"`
	RolesWait         bool      // for the session to be one with a second factor
}

// factor is a second factor with its secrets sealed. Secret is nil until a first code has confirmed it.
type factor struct {
	Secret   []byte `db:"secret"`
	Pending  []byte `db:"pending"`
	LastStep int64  `db:"last_step"`
}

const (
	issuer    = "Jastar Hub"
	period    = 30 // seconds
	digits    = otp.DigitsSix
	recovered = 10 // recovery codes at once
	mostCode  = 40 // characters, with what people write between them
)

// stepOf finds the time step that a code is of: the present one or, for a clock that is wrong, the one before or after.
func stepOf(secret, code string, now time.Time) (step int64, found bool, err error) {
	present := now.Unix() / period
	for _, step := range []int64{present, present - 1, present + 1} {
		found, err := hotp.ValidateCustom(code, uint64(step), secret, hotp.ValidateOpts{Digits: digits, Algorithm: otp.AlgorithmSHA1})
		if found || err != nil {
			return step, found, err
		}
	}
	return 0, false, nil
}

// strip leaves of a code what counts: people write it in groups.
func strip(code string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(code))
}

// ofAuthenticator tells a code that an authenticator shows from a recovery code.
func ofAuthenticator(stripped string) bool {
	return len(stripped) == digits.Length() && strings.Trim(stripped, "0123456789") == ""
}

// newRecoveryCodes makes codes of 80 bits each, and what is stored of them.
func newRecoveryCodes() (codes []string, hashes [][]byte) {
	for range recovered {
		code := rand.Text()[:16]
		codes = append(codes, code[:4]+"-"+code[4:8]+"-"+code[8:12]+"-"+code[12:])
		hashes = append(hashes, hashRecovery(code))
	}
	return codes, hashes
}

func hashRecovery(stripped string) []byte {
	sum := sha256.Sum256([]byte(stripped))
	return sum[:]
}

// StartSecondFactorInput is the present password and, where a second factor is on, its code.
type StartSecondFactorInput struct {
	Password string
	Code     *string
}

// StartSecondFactorPayload is what an authenticator needs to know, told once.
type StartSecondFactorPayload struct{ Secret, URI string }

// ConfirmSecondFactorInput is a code that the new secret gives.
type ConfirmSecondFactorInput struct{ Code string }

// ConfirmSecondFactorPayload is the session that goes on, and the recovery codes, told once.
type ConfirmSecondFactorPayload struct {
	Person        *Person
	Token         string
	RecoveryCodes []string
}

// EndSecondFactorInput is the present password and a code.
type EndSecondFactorInput struct{ Password, Code string }

// EndSecondFactorPayload is whose second factor is off.
type EndSecondFactorPayload struct{ Person *Person }

// RenewRecoveryCodesInput is a code.
type RenewRecoveryCodesInput struct{ Code string }

// RenewRecoveryCodesPayload is the new codes, told once.
type RenewRecoveryCodesPayload struct{ RecoveryCodes []string }

// ResetSecondFactorInput is whose second factor is taken away, by id or e-mail, and why.
type ResetSecondFactorInput struct {
	PersonID *uuid.UUID
	Email    *string
	Reason   string
}

// ResetSecondFactorPayload is whose second factor was taken away.
type ResetSecondFactorPayload struct{ Person *Person }

func (in *ResetSecondFactorInput) validate() error {
	var c check
	c.personOrEmail(in.PersonID, in.Email)
	c.Text("reason", &in.Reason, 3, 1000)
	return c.Err()
}

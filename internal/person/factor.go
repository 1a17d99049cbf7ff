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

// ResetSecondFactor is the verb of an officer who removes a second factor.
const ResetSecondFactor rule.Verb = "RESET_SECOND_FACTOR"

// The states of a second factor, as the person's history names them.
const factorOn, factorOff = "ON", "OFF"

// SecondFactor is what a person sees of their own second factor.
type SecondFactor struct {
	PersonID          uuid.UUID `db:"person_id"`
	Active            bool      `db:"active"`
	RecoveryCodesLeft int       `db:"recovery_codes_left"`
	RolesWait         bool      // until the session is one with a second factor
}

// factor is a second factor with its secrets encrypted. Secret is nil until a first code has confirmed it.
type factor struct {
	Secret   []byte `db:"secret"`
	Pending  []byte `db:"pending"`
	LastStep int64  `db:"last_step"`
}

const (
	issuer    = "Jastar Hub"
	period    = 30 // seconds
	digits    = otp.DigitsSix
	recovered = 10 // number of recovery codes
	mostCode  = 40 // characters, with the separators that people type
)

// stepOf finds the time step of a code: the present one or, because clocks may be wrong, the one before or after.
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

// strip removes separators from a code: people type it in groups.
func strip(code string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(code))
}

// ofAuthenticator reports whether a code is from an authenticator and not a recovery code.
func ofAuthenticator(stripped string) bool {
	return len(stripped) == digits.Length() && strings.Trim(stripped, "0123456789") == ""
}

// newRecoveryCodes returns codes of 80 bits each, and the hashes that are stored.
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

// StartSecondFactorPayload is what an authenticator needs, shown once.
type StartSecondFactorPayload struct{ Secret, URI string }

// ConfirmSecondFactorInput is a code made from the new secret.
type ConfirmSecondFactorInput struct{ Code string }

// ConfirmSecondFactorPayload is the new session, and the recovery codes, shown once.
type ConfirmSecondFactorPayload struct {
	Person        *Person
	Token         string
	RecoveryCodes []string
}

// EndSecondFactorInput is the present password and a code.
type EndSecondFactorInput struct{ Password, Code string }

// EndSecondFactorPayload is the person whose second factor is off.
type EndSecondFactorPayload struct{ Person *Person }

// RenewRecoveryCodesInput is a code.
type RenewRecoveryCodesInput struct{ Code string }

// RenewRecoveryCodesPayload is the new codes, shown once.
type RenewRecoveryCodesPayload struct{ RecoveryCodes []string }

// ResetSecondFactorInput names the person whose second factor is removed, by id or email, and the reason.
type ResetSecondFactorInput struct {
	PersonID *uuid.UUID
	Email    *string
	Reason   string
}

// ResetSecondFactorPayload is the person whose second factor was removed.
type ResetSecondFactorPayload struct{ Person *Person }

func (in *ResetSecondFactorInput) validate() error {
	var c check
	CheckNamed(&c.Check, in.PersonID, in.Email)
	c.Text("reason", &in.Reason, 3, 1000)
	return c.Err()
}

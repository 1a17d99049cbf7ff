// Package factor is second factors: their secrets, their codes, and codes for recovery. What people do with them is in account.
package factor

import (
	"crypto/rand"
	"crypto/sha256"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

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
)

// MostCode is the maximum length of a code, with the separators that people type.
const MostCode = 40

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

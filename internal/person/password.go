package person

import (
	"context"
	"strings"

	"github.com/alexedwards/argon2id"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// A hash takes about 24 ms of one core and 19 MiB.
var params = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// nobody is a hash, with the same params, for accounts that do not exist: they must not answer sooner than others.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$WhEFXUwJ3EesE16L3RLCBQ$n3VC/c+UVWVx4zVqf3M+cZBAdl6+NoGcX7HBSraWVNo"

// noPassword stands where others have a hash: no password matches it.
const noPassword = "none"

const queue = 64

// hasher hashes passwords, so few at once that other work goes on, and so many in line that nobody waits in vain.
type hasher struct {
	admitted chan struct{} // at work or in line
	working  chan struct{}
}

func newHasher(cores int) *hasher {
	atOnce := max(1, cores/2)
	return &hasher{admitted: make(chan struct{}, atOnce+queue), working: make(chan struct{}, atOnce)}
}

// hash makes a hash of a new password. Codes: BUSY, TIMEOUT.
func (h *hasher) hash(ctx context.Context, password string) (hash string, err error) {
	err = h.inTurn(ctx, func() error {
		hash, err = argon2id.CreateHash(password, params)
		return err
	})
	return hash, err
}

// matches tells whether the password is the one that was hashed. What is no hash has none, and takes as long. Codes: BUSY,
// TIMEOUT.
func (h *hasher) matches(ctx context.Context, password, hash string) (matches bool, err error) {
	isHash := strings.HasPrefix(hash, "$")
	if !isHash {
		hash = nobody
	}
	err = h.inTurn(ctx, func() error {
		matches, err = argon2id.ComparePasswordAndHash(password, hash)
		return err
	})
	return matches && isHash, err
}

func (h *hasher) inTurn(ctx context.Context, work func() error) error {
	select {
	case h.admitted <- struct{}{}:
		defer func() { <-h.admitted }()
	default:
		return fault.New(fault.Busy)
	}
	select {
	case h.working <- struct{}{}:
		defer func() { <-h.working }()
	case <-ctx.Done():
		return postgres.Map(ctx.Err())
	}
	return work()
}

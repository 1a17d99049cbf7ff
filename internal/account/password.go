package account

import (
	"context"
	"strings"
	"sync/atomic"

	"github.com/alexedwards/argon2id"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// A hash takes about 24 ms of one core and 19 MiB.
var params = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// nobody is a hash, with the same params, for accounts that do not exist: these must not be answered faster than others.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$WhEFXUwJ3EesE16L3RLCBQ$n3VC/c+UVWVx4zVqf3M+cZBAdl6+NoGcX7HBSraWVNo"

// noPassword is stored in place of a hash: no password matches it.
const noPassword = "none"

const queue = 64

// hasher limits how many passwords are hashed at once, so that other work goes on, and how many wait, so that nobody waits in
// vain.
type hasher struct {
	admitted chan struct{} // at work or waiting
	working  chan struct{}
	made     atomic.Int64 // number of hashes so far
}

func newHasher(cores int) *hasher {
	atOnce := max(1, cores/2)
	return &hasher{admitted: make(chan struct{}, atOnce+queue), working: make(chan struct{}, atOnce)}
}

// turn is permission to hash.
type turn struct{ *hasher }

// turn waits until it is the visitor's turn. Where v allows it, the visitor does not occupy a request slot meanwhile, so that
// many people who sign in at once do not block readers. For the same reason, callers read from the database what is to be hashed
// only after that. Codes: BUSY, TIMEOUT.
func (h *hasher) turn(ctx context.Context, v Visit) (*turn, error) {
	select {
	case h.admitted <- struct{}{}:
	default:
		return nil, fault.New(fault.Busy)
	}
	wait := func() error {
		select {
		case h.working <- struct{}{}:
			return nil
		case <-ctx.Done():
			<-h.admitted
			return postgres.Map(ctx.Err())
		}
	}
	if v.Aside == nil {
		return &turn{h}, wait()
	}
	return &turn{h}, v.Aside(wait)
}

func (t *turn) end() {
	<-t.working
	<-t.admitted
}

// hash hashes a new password.
func (t *turn) hash(password string, cost *argon2id.Params) (string, error) {
	t.made.Add(1)
	return argon2id.CreateHash(password, cost)
}

// matches reports whether the password is the one that was hashed. A value that is not a hash matches nothing, and takes as long.
func (t *turn) matches(password, hash string) (bool, error) {
	t.made.Add(1)
	isHash := strings.HasPrefix(hash, "$")
	if !isHash {
		hash = nobody
	}
	matches, err := argon2id.ComparePasswordAndHash(password, hash)
	return matches && isHash, err
}

// hash waits for a turn and hashes a new password. Codes: BUSY, TIMEOUT.
func (s *Service) hash(ctx context.Context, v Visit, password string) (string, error) {
	turn, err := s.passwords.turn(ctx, v)
	if err != nil {
		return "", err
	}
	defer turn.end()
	return turn.hash(password, s.Hashing)
}

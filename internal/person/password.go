package person

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

// nobody is a hash, with the same params, for accounts that do not exist: they must not answer sooner than others.
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$WhEFXUwJ3EesE16L3RLCBQ$n3VC/c+UVWVx4zVqf3M+cZBAdl6+NoGcX7HBSraWVNo"

// noPassword stands where others have a hash: no password matches it.
const noPassword = "none"

const queue = 64

// hasher lets passwords be hashed, so few at once that other work goes on, and so many in line that nobody waits in vain.
type hasher struct {
	admitted chan struct{} // at work or in line
	working  chan struct{}
	made     atomic.Int64 // hashes, so far
}

func newHasher(cores int) *hasher {
	atOnce := max(1, cores/2)
	return &hasher{admitted: make(chan struct{}, atOnce+queue), working: make(chan struct{}, atOnce)}
}

// turn is somebody's turn to hash.
type turn struct{ *hasher }

// turn waits in line, where v allows it without a place that readers wait for: many who sign in at once stand in nobody's
// way. Whoever reads the database for what is hashed does it in turn, for the same reason. Codes: BUSY, TIMEOUT.
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

// hash makes a hash of a new password.
func (t *turn) hash(password string, cost *argon2id.Params) (string, error) {
	t.made.Add(1)
	return argon2id.CreateHash(password, cost)
}

// matches reports whether the password is the one that was hashed. What is no hash has none, and takes as long.
func (t *turn) matches(password, hash string) (bool, error) {
	t.made.Add(1)
	isHash := strings.HasPrefix(hash, "$")
	if !isHash {
		hash = nobody
	}
	matches, err := argon2id.ComparePasswordAndHash(password, hash)
	return matches && isHash, err
}

// hash makes a hash of a new password in its turn. Codes: BUSY, TIMEOUT.
func (s *Service) hash(ctx context.Context, v Visit, password string) (string, error) {
	turn, err := s.passwords.turn(ctx, v)
	if err != nil {
		return "", err
	}
	defer turn.end()
	return turn.hash(password, s.Hashing)
}

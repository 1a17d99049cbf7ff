package person

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/postgres"
)

// Browser keeps for somebody what shows, where they sign in again, that they have signed in on the device before. The zero value
// is a program, which keeps nothing.
type Browser struct {
	Devices string
	Keep    func(devices string)
}

// A mark shows that an account was signed in to on a device: when, and the hub's signature over that, the account and since when
// its links count. So it names nobody, and ends with all that void ends.
const (
	markBytes = 8 + 32
	mostMarks = 10 // on a device: the last ones stay
)

// DeviceLasts is how long a device is known, if nothing ends that earlier.
const DeviceLasts = 180 * day

// linksSince are the microseconds of when the account's links were last ended, 0 where they never were.
const linksSince = `coalesce(extract(epoch from links_since) * 1000000, 0)::bigint`

func (s *Service) mark(person uuid.UUID, since int64, at []byte) []byte {
	signed := binary.BigEndian.AppendUint64(slices.Concat(person[:], at), uint64(since))
	return slices.Concat(at, s.Key.Sign("device", signed))
}

func (s *Service) isOf(mark []byte, person uuid.UUID, since int64, now time.Time) bool {
	at := mark[:markBytes-32]
	return hmac.Equal(mark, s.mark(person, since, at)) && now.Sub(time.Unix(0, int64(binary.BigEndian.Uint64(at)))) < DeviceLasts
}

// marks are the ones that the browser shows, the latest first.
func (b Browser) marks() [][]byte {
	all, err := base64.RawURLEncoding.DecodeString(b.Devices)
	if err != nil || len(all)%markBytes != 0 || len(all) > mostMarks*markBytes {
		return nil
	}
	return slices.Collect(slices.Chunk(all, markBytes))
}

// markOf is the mark of an account that the browser shows, nil where there is none.
func (s *Service) markOf(b Browser, a *account, now time.Time) []byte {
	marks := b.marks()
	if i := slices.IndexFunc(marks, func(m []byte) bool { return s.isOf(m, a.ID, a.LinksSince, now) }); i >= 0 {
		return marks[i]
	}
	return nil
}

// remember has the browser show from now on that the person, who is locked, was here.
func (s *Service) remember(ctx context.Context, tx *sqlx.Tx, v Visit, person uuid.UUID) error {
	if v.Browser.Keep == nil {
		return nil
	}
	since, err := postgres.Read[int64](ctx, tx, postgres.Select(`select `+linksSince+` from people where id = ?`, person))
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(v.Browser.marks(), func(m []byte) bool { return s.isOf(m, person, *since[0], v.Now) })
	own := s.mark(person, *since[0], binary.BigEndian.AppendUint64(nil, uint64(v.Now.UnixNano())))
	marks := slices.Concat([][]byte{own}, others[:min(len(others), mostMarks-1)])
	v.Browser.Keep(base64.RawURLEncoding.EncodeToString(slices.Concat(marks...)))
	return nil
}

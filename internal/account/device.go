package account

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// Browser stores the proof that somebody has signed in on this device before. The zero value is a program, which stores nothing.
type Browser struct {
	Devices string
	Keep    func(devices string)
}

// A mark proves that an account was signed in to on a device: it has the time, and the hub's signature over the time, the account
// and the moment since when its links are valid. So it names nobody, and void makes it invalid.
const (
	markBytes = 8 + 32
	mostMarks = 10 // on a device: the latest ones are kept
)

// DeviceLasts is how long a device is known, unless something ends that earlier.
const DeviceLasts = 180 * day

func (s *Service) mark(person uuid.UUID, since int64, at []byte) []byte {
	signed := binary.BigEndian.AppendUint64(slices.Concat(person[:], at), uint64(since))
	return slices.Concat(at, s.Key.Sign("device", signed))
}

func (s *Service) isOf(mark []byte, person uuid.UUID, since int64, now time.Time) bool {
	at := mark[:markBytes-32]
	return hmac.Equal(mark, s.mark(person, since, at)) && now.Sub(time.Unix(0, int64(binary.BigEndian.Uint64(at)))) < DeviceLasts
}

// marks returns the marks that the browser sent, latest first.
func (b Browser) marks() [][]byte {
	all, err := base64.RawURLEncoding.DecodeString(b.Devices)
	if err != nil || len(all)%markBytes != 0 || len(all) > mostMarks*markBytes {
		return nil
	}
	return slices.Collect(slices.Chunk(all, markBytes))
}

// markOf returns the browser's mark of an account, nil where there is none.
func (s *Service) markOf(b Browser, a *account, now time.Time) []byte {
	marks := b.marks()
	if i := slices.IndexFunc(marks, func(m []byte) bool { return s.isOf(m, a.ID, a.LinksSince, now) }); i >= 0 {
		return marks[i]
	}
	return nil
}

// remember stores a mark of the person, who is locked, in the browser.
func (s *Service) remember(ctx context.Context, tx *sqlx.Tx, v Visit, person uuid.UUID) error {
	if v.Browser.Keep == nil {
		return nil
	}
	since, err := linksSinceOf(ctx, tx, person)
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(v.Browser.marks(), func(m []byte) bool { return s.isOf(m, person, since, v.Now) })
	own := s.mark(person, since, binary.BigEndian.AppendUint64(nil, uint64(v.Now.UnixNano())))
	marks := slices.Concat([][]byte{own}, others[:min(len(others), mostMarks-1)])
	v.Browser.Keep(base64.RawURLEncoding.EncodeToString(slices.Concat(marks...)))
	return nil
}

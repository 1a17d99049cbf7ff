package account

import (
	"encoding/base64"
	"encoding/binary"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/secret"
)

func TestMarks(t *testing.T) {
	key, err := secret.Parse(base64.StdEncoding.EncodeToString(make([]byte, 32)))
	if err != nil {
		t.Fatal(err)
	}
	s, now, owner := &Service{Key: key}, time.Date(2026, 5, 8, 19, 0, 0, 0, time.UTC), &account{ID: uuid.New(), LinksSince: 5}
	mark := s.mark(owner.ID, 5, binary.BigEndian.AppendUint64(nil, uint64(now.UnixNano())))
	shown := func(marks ...[]byte) Browser {
		return Browser{Devices: base64.RawURLEncoding.EncodeToString(slices.Concat(marks...))}
	}
	other := s.mark(uuid.New(), 5, mark[:8])
	later := slices.Clone(mark)
	later[0]++
	for what, c := range map[string]struct {
		shows Browser
		of    *account
		after time.Duration
		known bool
	}{
		"its own":                 {shown(mark), owner, 0, true},
		"among others":            {shown(other, other, mark), owner, DeviceLasts - 1, true},
		"too old":                 {shown(mark), owner, DeviceLasts, false},
		"of another":              {shown(other), owner, 0, false},
		"its links ended since":   {shown(mark), &account{ID: owner.ID, LinksSince: 6}, 0, false},
		"a later time written in": {shown(later), owner, 0, false},
		"nobody's account":        {shown(mark, other), &account{}, 0, false},
		"nothing":                 {Browser{}, owner, 0, false},
		"half a mark":             {shown(mark, mark[:20]), owner, 0, false},
		"no base64":               {Browser{Devices: "*"}, owner, 0, false},
		"as many as may be":       {shown(slices.Repeat([][]byte{mark}, mostMarks)...), owner, 0, true},
		"more than that":          {shown(slices.Repeat([][]byte{mark}, mostMarks+1)...), owner, 0, false},
	} {
		if got := s.markOf(c.shows, c.of, now.Add(c.after)); (got != nil) != c.known {
			t.Errorf("%s: %v", what, got)
		}
	}
}

package photo

import (
	"context"
	"encoding/binary"
	"hash/crc32"
	"io"
	"strings"
	"time"

	"jastarhub/graph/stories/hub"
)

// tidy lets the worker do its jobs after a time.
func tidy(p *hub.Photos, in time.Duration) {
	p.T.Helper()
	if err := p.Resolver.Photos.Tidy(context.Background(), p.Present().Add(in)); err != nil {
		p.T.Fatal(err)
	}
}

// files returns how many there are in the bucket.
func files(p *hub.Photos) (n int) {
	p.T.Helper()
	for list := p.Resolver.Photos.Bucket.List(nil); ; n++ {
		if _, err := list.Next(context.Background()); err == io.EOF {
			return n
		} else if err != nil {
			p.T.Fatal(err)
		}
	}
}

// bomb returns a small PNG that claims to be large.
func bomb(w, h uint32, size int) []byte {
	out := []byte("\x89PNG\r\n\x1a\n")
	part := func(name string, data []byte) {
		out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
		out = append(append(out, name...), data...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(append([]byte(name), data...)))
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	part("IHDR", append(head, 8, 6, 0, 0, 0))
	part("IDAT", make([]byte, size))
	part("IEND", nil)
	return out
}

// progressive returns a JPEG of that size without any data yet, all of which must be kept until the end.
func progressive(w, h int) []byte {
	sent := hub.AsJPEG(hub.Picture(16, 16))
	at := strings.Index(string(sent), "\xff\xc0")
	sent[at+1] = 0xc2
	binary.BigEndian.PutUint16(sent[at+5:], uint16(h))
	binary.BigEndian.PutUint16(sent[at+7:], uint16(w))
	return sent
}

package photo

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"io"
	"time"

	"golang.org/x/sync/semaphore"

	"jastarhub/internal/fault"
)

const (
	turn     = 5 * time.Second  // how long to wait for memory
	patience = 15 * time.Second // how long one picture may take: a small file can be expensive to decode
	quality  = 82
)

// memory limits the memory in which pictures are decoded, for all of them together.
var memory = semaphore.NewWeighted(mostMemory)

// picture is a picture as it is stored: a JPEG for each of the widths, and the size of the largest.
type picture struct {
	width, height int
	files         [len(widths)][]byte
}

func unreadable(text string) error { return fault.Field("file", text) }

// read makes a picture of what somebody sent. Its memory is estimated from the header, before anything is decoded. Codes:
// INVALID, BUSY, PHOTO_FORMAT.
func read(ctx context.Context, sent []byte) (*picture, error) {
	f := formatOf(sent)
	switch {
	case f == nil && isHEIC(sent):
		return nil, wrongFormat(heic)
	case f == nil:
		return nil, wrongFormat(fault.PhotoFormat.Text())
	}
	c, err := f.config(bytes.NewReader(sent))
	if err != nil || c.Width < 1 || c.Height < 1 {
		return nil, unreadable("cannot be read")
	}
	weight := f.weighs(sent, c)
	needs := int64(weight * float64(c.Width) * float64(c.Height))
	switch {
	case c.Width > mostSide || c.Height > mostSide || c.Width*c.Height > mostPixels || needs > mostMemory:
		return nil, unreadable("must have at most 40 megapixels")
	case weight == 0:
		return nil, unreadable("cannot be read")
	}
	waiting, cancel := context.WithTimeout(ctx, turn)
	defer cancel()
	if memory.Acquire(waiting, needs) != nil {
		return nil, fault.New(fault.Busy)
	}
	defer memory.Release(needs)
	return f.read(ctx, sent)
}

func (f *format) read(ctx context.Context, sent []byte) (*picture, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	whole, err := f.decode(&patient{ctx, bytes.NewReader(sent)})
	if err != nil {
		return nil, unreadable("cannot be read: it is damaged or incomplete")
	}
	held, meant := orientation(f.aboutIt(sent)), profileOf(f.colours(sent))
	w, h := whole.Bounds().Dx(), whole.Bounds().Dy()
	if lying(held) {
		w, h = h, w
	}
	p := &picture{}
	for i := len(widths) - 1; i >= 0; i-- {
		if w, h = fit(w, h, widths[i]); lying(held) {
			w, h = h, w
		}
		small := upright(shrink(whole, w, h), held)
		if meant != nil {
			meant.convert(small)
			meant = nil
		}
		whole, held, w, h = small, 1, small.Rect.Dx(), small.Rect.Dy()
		p.width, p.height = max(p.width, w), max(p.height, h)
		if p.files[i], err = written(small); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// written returns a picture as JPEG; the encoder writes no metadata.
func written(m *image.RGBA) ([]byte, error) {
	var out bytes.Buffer
	err := jpeg.Encode(&out, m, &jpeg.Options{Quality: quality})
	return out.Bytes(), err
}

// patient is a reader with a deadline.
type patient struct {
	ctx  context.Context
	from io.Reader
}

// Read reads until the deadline.
func (p *patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.from.Read(b[:min(len(b), 4096)])
}

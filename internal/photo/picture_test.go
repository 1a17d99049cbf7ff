package photo

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"jastarhub/internal/fault"
)

// corners returns a picture with another colour in each quarter: red, green, blue, white.
func corners(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	colours := [4]color.RGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 255}}
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, colours[2*(2*y/h)+2*x/w])
		}
	}
	return m
}

func quarters(m *image.RGBA) (seen string) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	for i := range 4 {
		switch m.RGBAAt(w/4+i%2*w/2, h/4+i/2*h/2) {
		case color.RGBA{255, 0, 0, 255}:
			seen += "r"
		case color.RGBA{0, 255, 0, 255}:
			seen += "g"
		case color.RGBA{0, 0, 255, 255}:
			seen += "b"
		default:
			seen += "w"
		}
	}
	return seen
}

// TestUpright compares the eight orientations with their meaning: where row 0 and column 0 of the picture are.
func TestUpright(t *testing.T) {
	for i, want := range []string{"rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"} {
		m := upright(corners(40, 20), i+1)
		size := image.Rect(0, 0, 40, 20)
		if i >= 4 {
			size = image.Rect(0, 0, 20, 40)
		}
		if got := quarters(m); got != want || m.Rect != size {
			t.Errorf("%d: %s %v, want %s %v", i+1, got, m.Rect, want, size)
		}
	}
}

func TestShrink(t *testing.T) {
	m := image.NewNRGBA(image.Rect(5, 5, 9, 7)) // 4 by 2: black, white, transparent, half red
	for y := 5; y < 7; y++ {
		for x, c := range []color.NRGBA{{0, 0, 0, 255}, {255, 255, 255, 255}, {9, 9, 9, 0}, {255, 0, 0, 128}} {
			m.SetNRGBA(5+x, y, c)
		}
	}
	small := shrink(m, 2, 1)
	if a, b := small.RGBAAt(0, 0), small.RGBAAt(1, 0); a != (color.RGBA{128, 128, 128, 255}) || b.R != 255 || b.G < 189 || b.G > 193 {
		t.Errorf("%v %v", a, b)
	}
	if got := shrink(corners(40, 20), 40, 20); !bytes.Equal(got.Pix, corners(40, 20).Pix) {
		t.Error("one that keeps its size is another")
	}
}

func TestFit(t *testing.T) {
	for _, c := range [][5]int{{4000, 3000, 1600, 1600, 1200}, {100, 50, 1600, 100, 50}, {1000, 20000, 1600, 160, 3200}, {20000, 1, 480, 480, 1}, {1, 20000, 480, 1, 960}} {
		if w, h := fit(c[0], c[1], c[2]); w != c[3] || h != c[4] {
			t.Errorf("%v: %d×%d", c, w, h)
		}
	}
}

func encoded(t *testing.T, m image.Image) map[string][]byte {
	t.Helper()
	var asJPEG, asPNG bytes.Buffer
	if err := jpeg.Encode(&asJPEG, m, nil); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&asPNG, m); err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{"JPEG": asJPEG.Bytes(), "PNG": asPNG.Bytes()}
	for name, text := range map[string]string{"WebP": "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA", "WebP without loss": "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="} {
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = b
	}
	return all
}

// TestFormats reads each accepted format, and each of them cut off anywhere, without a panic.
func TestFormats(t *testing.T) {
	for name, sent := range encoded(t, corners(33, 17)) {
		p, err := read(t.Context(), sent)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i, file := range p.files {
			c, err := jpeg.DecodeConfig(bytes.NewReader(file))
			if err != nil || c.Width != p.width || c.Height != p.height {
				t.Errorf("%s %d: %v %v", name, i, c, err)
			}
		}
		for end := range sent[:len(sent)-1] {
			if _, err := read(t.Context(), sent[:end]); err != nil && fault.CodeOf(err) != fault.Invalid && (formatOf(sent[:end]) != nil || fault.CodeOf(err) != fault.PhotoFormat) {
				t.Errorf("%s up to %d: %v", name, end, err)
			}
		}
	}
}

// TestExif finds the orientation where cameras write it, in both byte orders, and does not panic on anything else.
func TestExif(t *testing.T) {
	big := "MM\x00\x2a\x00\x00\x00\x08\x00\x02\x01\x00\x00\x03\x00\x00\x00\x01\x00\x09\x00\x00\x01\x12\x00\x03\x00\x00\x00\x01\x00\x08\x00\x00"
	little := "II\x2a\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x03\x00\x00\x00"
	for exif, want := range map[string]int{big: 8, little: 3, "": 1, "MM\x00\x2a\xff\xff\xff\xff": 1, big[:20]: 1, "II\x2a\x00\x00\x00\x00\x00": 1} {
		if got := orientation([]byte(exif)); got != want {
			t.Errorf("%q: %d, want %d", exif, got, want)
		}
	}
	sent := "\xff\xd8\xff\xe0\x00\x04JF\xff\xe1\x00" + string(rune(8+len(little))) + "Exif\x00\x00" + little + "\xff\xda\x00\x02"
	if got := orientation(jpegExif([]byte(sent))); got != 3 {
		t.Errorf("in a JPEG: %d", got)
	}
	inPNG := "\x89PNG\r\n\x1a\n\x00\x00\x00\x00IHDRcrcc\x00\x00\x00" + string(rune(len(big))) + "eXIf" + big + "crcc"
	if got := orientation(pngExif([]byte(inPNG))); got != 8 {
		t.Errorf("in a PNG: %d", got)
	}
	inWebP := "RIFF\x00\x00\x00\x00WEBPVP8X\x01\x00\x00\x00_\x00EXIF" + string(rune(len(little))) + "\x00\x00\x00" + little
	if got := orientation(webpExif([]byte(inWebP))); got != 3 {
		t.Errorf("in a WebP: %d", got)
	}
}

// TestMemoryIsBounded: where there is no memory the answer is BUSY, and a picture whose time is over is given up.
func TestMemoryIsBounded(t *testing.T) {
	sent := encoded(t, corners(33, 17))["PNG"]
	if err := memory.Acquire(t.Context(), mostMemory); err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := read(gone, sent)
	memory.Release(mostMemory)
	if fault.CodeOf(err) != fault.Busy {
		t.Error(err)
	}
	if _, err := formatOf(sent).read(gone, sent); fault.CodeOf(err) != fault.Invalid {
		t.Error(err)
	}
	if !memory.TryAcquire(mostMemory) {
		t.Error("memory was not given back")
	} else {
		memory.Release(mostMemory)
	}
}

func TestBuckets(t *testing.T) {
	for url, good := range map[string]bool{"": true, "mem://": true, "file:///srv/photos": true, "s3://photos?region=kz": true, "gs://photos": false, "/srv/photos": false, "s3:photos": false} {
		if err := CheckBucket(url); (err == nil) != good {
			t.Errorf("%q: %v", url, err)
		}
	}
}

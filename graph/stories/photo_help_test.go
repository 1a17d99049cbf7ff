package stories

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gocloud.dev/blob"

	"jastarhub/internal/person"
	"jastarhub/internal/photo"
	"jastarhub/internal/photo/photofiles"
	"jastarhub/internal/postgres"
)

// bucket opens the place where photos are stored.
func bucket(t testing.TB, url, folder string) *blob.Bucket {
	t.Helper()
	b, err := photo.OpenBucket(context.Background(), url, folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

// photos is the hub's handler of photos.
type photos struct {
	*hub
	url string
}

func (h *hub) photos() *photos {
	h.t.Helper()
	server := httptest.NewServer(photofiles.New(photofiles.Options{Photos: h.r.Photos, Proposals: h.r.Proposals, Tasks: h.r.Tasks, Progress: h.r.Progress, Log: slog.New(slog.NewTextHandler(h.log, nil)), Now: h.present,
		Visit: func(r *http.Request, name string, now time.Time) (person.Visit, error) {
			return h.r.Visit(r, name, "story-photo", now)
		}}))
	h.t.Cleanup(server.Close)
	return &photos{h, server.URL}
}

// send sends a request; headers come in pairs.
func (p *photos) send(who *caller, method, path string, body []byte, headers ...string) (*http.Response, []byte) {
	p.t.Helper()
	r, err := http.NewRequest(method, p.url+path, bytes.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if who.token != "" {
		r.AddCookie(&http.Cookie{Name: "jastar", Value: who.token})
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer, text
}

// uploaded is the answer to an upload.
type uploaded struct {
	ID            string
	Width, Height int
	Sizes         []photo.PhotoSize
}

// upload sends a picture and expects it to be accepted.
func (p *photos) upload(who *caller, picture []byte) (u uploaded) {
	p.t.Helper()
	r, body := p.send(who, http.MethodPost, "/uploads", picture, "Content-Type", "image/jpeg", "Sec-Fetch-Site", "same-origin")
	if err := json.Unmarshal(body, &u); err != nil || r.StatusCode != http.StatusCreated || r.Header.Get("Cache-Control") != "no-store" {
		p.t.Fatalf("%d %s %v\n%s", r.StatusCode, body, err, p.log)
	}
	return u
}

// refuses sends something and expects a status, a code and a field.
func (p *photos) refuses(who *caller, what string, body []byte, status int, code, field string, headers ...string) {
	p.t.Helper()
	r, text := p.send(who, http.MethodPost, "/uploads", body, append([]string{"Content-Type", "image/png"}, headers...)...)
	p.compareRefusal(what, r.StatusCode, text, status, code, field)
}

func (p *photos) compareRefusal(what string, got int, text []byte, status int, code, field string) {
	p.t.Helper()
	var a struct{ Errors []graphError }
	if err := json.Unmarshal(text, &a); err != nil || got != status || len(a.Errors) != 1 ||
		a.Errors[0].Extensions.Code != code || a.Errors[0].Extensions.Field != field {
		p.t.Errorf("%s: %d %s, want %d %s %s", what, got, text, status, code, field)
	}
}

// shown checks that a photo is shown to somebody, or is not.
func (p *photos) shown(who *caller, id string, status int, keep string) {
	p.t.Helper()
	for _, width := range []string{"480", "1600"} {
		r, body := p.send(who, http.MethodGet, "/photos/"+id+"/"+width+".jpg", nil)
		if r.StatusCode != status || r.Header.Get("Cache-Control") != keep {
			p.t.Errorf("%s: %d %s, want %d %s: %.100s", width, r.StatusCode, r.Header.Get("Cache-Control"), status, keep, body)
		}
	}
}

const (
	forAll = "private, max-age=3600, immutable"
	forOne = "no-store"
)

// tidy lets the worker do its jobs after a time.
func (p *photos) tidy(in time.Duration) {
	p.t.Helper()
	if err := p.r.Photos.Tidy(context.Background(), time.Now().Add(in)); err != nil {
		p.t.Fatal(err)
	}
}

// files returns how many there are in the bucket.
func (p *photos) files() (n int) {
	p.t.Helper()
	for list := p.r.Photos.Bucket.List(nil); ; n++ {
		if _, err := list.Next(context.Background()); err == io.EOF {
			return n
		} else if err != nil {
			p.t.Fatal(err)
		}
	}
}

// picture returns one whose left half is red and whose right half is blue.
func picture(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{220, 20, 20, 255}
			if x >= w/2 {
				c = color.RGBA{20, 20, 220, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func asJPEG(m image.Image) []byte {
	var out bytes.Buffer
	_ = jpeg.Encode(&out, m, nil) // a buffer accepts everything
	return out.Bytes()
}

func asPNG(m image.Image) []byte {
	var out bytes.Buffer
	_ = png.Encode(&out, m)
	return out.Bytes()
}

// fromCamera returns a JPEG as a phone makes it: lying on its side, with the place where it was taken.
func fromCamera(w, h int) []byte {
	exif := "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00GPS 43.238949 76.889709"
	head := append([]byte{0xff, 0xd8, 0xff, 0xe1}, byte((len(exif)+2)>>8), byte(len(exif)+2))
	return append(append(head, exif...), asJPEG(picture(w, h))[2:]...)
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
	sent := asJPEG(picture(16, 16))
	at := strings.Index(string(sent), "\xff\xc0")
	sent[at+1] = 0xc2
	binary.BigEndian.PutUint16(sent[at+5:], uint16(h))
	binary.BigEndian.PutUint16(sent[at+7:], uint16(w))
	return sent
}

// putPhoto returns a photo that somebody has sent.
func (w *world) putPhoto(who *caller) (id string) {
	w.t.Helper()
	id = postgres.NewID().String()
	w.exec(`insert into photos (id, uploader_id, width, height, created_at, stored_at) values ($1, $2, 40, 30, now(), now())`, id, who.id)
	return id
}

// showing adds a photo of the lead's to an input about a task; it shows a minor who came and whose guardian has consented.
func (w *world) showing(in vars, field string) vars {
	w.t.Helper()
	task, minor := w.putTask("IN_PROGRESS"), w.crowd(1)[0]
	w.aged(minor, 15)
	w.putConsent(minor.id, "PHOTO", "GIVEN", "", "")
	w.putSignup(minor, w.putShift(task, "-1 hour", 5), "CHECKED_IN")
	in[field], in["photoIds"], in["minorsShown"], in["minorIds"] = task, []any{w.putPhoto(w.lead)}, true, []any{minor.id}
	return in
}

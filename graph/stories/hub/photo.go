package hub

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"gocloud.dev/blob"

	"jastarhub/internal/account"
	"jastarhub/internal/photo"
	"jastarhub/internal/photo/photofiles"
	"jastarhub/internal/postgres"
)

// Bucket opens the place where photos are stored.
func Bucket(t testing.TB, url, folder string) *blob.Bucket {
	t.Helper()
	b, err := photo.OpenBucket(context.Background(), url, folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.Close() })
	return b
}

// Photos is the hub's handler of photos.
type Photos struct {
	*Hub
	URL string
}

// Photos serves the hub's photos.
func (h *Hub) Photos() *Photos {
	h.T.Helper()
	server := httptest.NewServer(photofiles.New(photofiles.Options{Photos: h.Resolver.Photos, Proposals: h.Resolver.Proposals, Tasks: h.Resolver.Tasks, Progress: h.Resolver.Progress, Log: slog.New(slog.NewTextHandler(h.Log, nil)), Now: h.Present,
		Visit: func(r *http.Request, name string, now time.Time) (account.Visit, error) {
			return h.Resolver.Visit(r, name, "story-photo", now)
		}}))
	h.T.Cleanup(server.Close)
	return &Photos{h, server.URL}
}

// Send sends a request; headers come in pairs.
func (p *Photos) Send(who *Caller, method, path string, body []byte, headers ...string) (*http.Response, []byte) {
	p.T.Helper()
	r, err := http.NewRequest(method, p.URL+path, bytes.NewReader(body))
	if err != nil {
		p.T.Fatal(err)
	}
	if who.Token != "" {
		r.AddCookie(&http.Cookie{Name: "jastar", Value: who.Token})
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		p.T.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		p.T.Fatal(err)
	}
	return answer, text
}

// Uploaded is the answer to an upload.
type Uploaded struct {
	ID            string
	Width, Height int
	Sizes         []photo.PhotoSize
}

// Upload sends a picture and expects it to be accepted.
func (p *Photos) Upload(who *Caller, picture []byte) (u Uploaded) {
	p.T.Helper()
	r, body := p.Send(who, http.MethodPost, "/uploads", picture, "Content-Type", "image/jpeg", "Sec-Fetch-Site", "same-origin")
	if err := json.Unmarshal(body, &u); err != nil || r.StatusCode != http.StatusCreated || r.Header.Get("Cache-Control") != "no-store" {
		p.T.Fatalf("%d %s %v\n%s", r.StatusCode, body, err, p.Log)
	}
	return u
}

// Refuses sends something and expects a status, a code and a field.
func (p *Photos) Refuses(who *Caller, what string, body []byte, status int, code, field string, headers ...string) {
	p.T.Helper()
	r, text := p.Send(who, http.MethodPost, "/uploads", body, append([]string{"Content-Type", "image/png"}, headers...)...)
	p.CompareRefusal(what, r.StatusCode, text, status, code, field)
}

// CompareRefusal expects the status, and one error with the code and the field.
func (p *Photos) CompareRefusal(what string, got int, text []byte, status int, code, field string) {
	p.T.Helper()
	var a struct{ Errors []GraphError }
	if err := json.Unmarshal(text, &a); err != nil || got != status || len(a.Errors) != 1 ||
		a.Errors[0].Extensions.Code != code || a.Errors[0].Extensions.Field != field {
		p.T.Errorf("%s: %d %s, want %d %s %s", what, got, text, status, code, field)
	}
}

// Shown checks that a photo is shown to somebody, or is not.
func (p *Photos) Shown(who *Caller, id string, status int, keep string) {
	p.T.Helper()
	for _, width := range []string{"480", "1600"} {
		r, body := p.Send(who, http.MethodGet, "/photos/"+id+"/"+width+".jpg", nil)
		if r.StatusCode != status || r.Header.Get("Cache-Control") != keep {
			p.T.Errorf("%s: %d %s, want %d %s: %.100s", width, r.StatusCode, r.Header.Get("Cache-Control"), status, keep, body)
		}
	}
}

const (
	ForAll = "private, max-age=3600, immutable"
	ForOne = "no-store"
)

// Picture returns one whose left half is red and whose right half is blue.
func Picture(w, h int) image.Image {
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

// AsJPEG encodes a picture.
func AsJPEG(m image.Image) []byte {
	var out bytes.Buffer
	_ = jpeg.Encode(&out, m, nil) // a buffer accepts everything
	return out.Bytes()
}

// AsPNG encodes a picture.
func AsPNG(m image.Image) []byte {
	var out bytes.Buffer
	_ = png.Encode(&out, m)
	return out.Bytes()
}

// FromCamera returns a JPEG as a phone makes it: lying on its side, with the place where it was taken.
func FromCamera(w, h int) []byte {
	exif := "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00GPS 43.238949 76.889709"
	head := append([]byte{0xff, 0xd8, 0xff, 0xe1}, byte((len(exif)+2)>>8), byte(len(exif)+2))
	return append(append(head, exif...), AsJPEG(Picture(w, h))[2:]...)
}

// PutPhoto returns a photo that somebody has sent.
func (w *World) PutPhoto(who *Caller) (id string) {
	w.T.Helper()
	id = postgres.NewID().String()
	w.Exec(`insert into photos (id, uploader_id, width, height, created_at, stored_at) values ($1, $2, 40, 30, now(), now())`, id, who.ID)
	return id
}

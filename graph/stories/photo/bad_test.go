package photo

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"jastarhub/graph/stories/hub"
)

// TestBadPhotos sends what is not a photo, is too large, or may not be sent: each is refused with its code, and nothing is
// stored.
func TestBadPhotos(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	p := c.Photos()
	whole := hub.AsJPEG(hub.Picture(640, 480))
	gif := append([]byte("GIF89a/*\x0a\x00*/=1;<script>alert(1)</script>"), whole...)
	for what, sent := range map[string][]byte{
		"30000×30000 in 1 MB":      bomb(30000, 30000, 1<<20),
		"41 megapixels":            bomb(8200, 5001, 100),
		"20001 wide":               bomb(20001, 1, 100),
		"2^31-1 wide":              bomb(1<<31-1, 1, 100),
		"progressive, 40 MP":       progressive(6400, 6250),
		"a head alone":             bomb(100, 100, 0),
		"a JPEG that ends early":   whole[:len(whole)/2],
		"a PNG that ends early":    hub.AsPNG(hub.Picture(64, 64))[:90],
		"a WebP without a picture": []byte("RIFF\x0c\x00\x00\x00WEBPVP8X\x00\x00\x00\x00"),
		"a WebP of a large canvas": []byte("RIFF\x16\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x00\x7d\x00\x00\x7d\x00"),
	} {
		p.Refuses(c.Volunteer, what, sent, http.StatusUnprocessableEntity, "INVALID", "file")
	}
	for what, sent := range map[string][]byte{
		"nothing": nil, "text": []byte("<svg onload=alert(1)>"), "a GIF that is a page": gif,
		"a page that holds a photo": append([]byte("<!doctype html><script>alert(1)</script>"), whole...),
		"HEIC":                      append([]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), whole...),
	} {
		p.Refuses(c.Volunteer, what, sent, http.StatusUnsupportedMediaType, "PHOTO_FORMAT", "file")
	}
	breaksOff(p, c.Volunteer, whole)
	p.Refuses(c.Volunteer, "9 MiB", bytes.Repeat([]byte{0xff}, 9<<20), http.StatusRequestEntityTooLarge, "BODY_TOO_LARGE", "")
	p.Refuses(c.Visitor(), "a visitor", whole, http.StatusUnauthorized, "UNAUTHENTICATED", "")
	p.Refuses(c.Volunteer, "another origin", whole, http.StatusForbidden, "FORBIDDEN", "", "Origin", "https://evil.example")
	p.Refuses(c.Volunteer, "another site", whole, http.StatusForbidden, "FORBIDDEN", "", "Sec-Fetch-Site", "cross-site")
	for _, kind := range []string{"", "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "image/gif", "image/svg+xml", "image/heic"} {
		p.Refuses(c.Volunteer, kind, whole, http.StatusUnsupportedMediaType, "PHOTO_FORMAT", "file", "Content-Type", kind)
	}
	for _, path := range []string{"/uploads", "/photos", "/photos/", "/uploads/../secret.key", "/photos/" + c.Team + "/", "/photos/" + c.Team + "/..%2f..%2fsecret.key"} {
		if r, body := p.Send(c.Volunteer, http.MethodGet, path, nil); r.StatusCode != http.StatusNotFound || !strings.Contains(string(body), "NOT_FOUND") {
			t.Errorf("%s: %d %s", path, r.StatusCode, body)
		}
	}
	if n := c.Count(`select count(*) from photos`) + files(p); n != 0 {
		t.Errorf("%d rows and files", n)
	}
	if strings.Contains(c.Log.String(), "ERROR") {
		t.Error(c.Log)
	}
}

// breaksOff sends the first half of a picture and stops.
func breaksOff(p *hub.Photos, who *hub.Caller, whole []byte) {
	p.T.Helper()
	line, err := net.Dial("tcp", strings.TrimPrefix(p.URL, "http://"))
	if err != nil {
		p.T.Fatal(err)
	}
	defer func() { _ = line.Close() }()
	fmt.Fprintf(line, "POST /uploads HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: image/jpeg\r\nCookie: jastar=%s\r\nContent-Length: %d\r\n\r\n%s",
		who.Token, len(whole), whole[:len(whole)/2])
	if err := line.(*net.TCPConn).CloseWrite(); err != nil {
		p.T.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(line), nil)
	if err != nil {
		p.T.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		p.T.Fatal(err)
	}
	p.CompareRefusal("half of one", answer.StatusCode, body, http.StatusBadRequest, "BAD_REQUEST", "")
}

// TestNamesAreOurs: nothing that somebody calls a file becomes part of its name.
func TestNamesAreOurs(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	p := c.Photos()
	r, body := p.Send(c.Volunteer, http.MethodPost, "/uploads?name=../../secret.key", hub.AsPNG(hub.Picture(20, 10)), "Content-Type", "image/webp",
		"Content-Disposition", `attachment; filename="../../../secret.key"`)
	if r.StatusCode != http.StatusCreated || strings.Contains(string(body), "secret") {
		t.Fatalf("%d %s", r.StatusCode, body)
	}
	id := c.Text(`select id from photos`)
	for list, want := c.Resolver.Photos.Bucket.List(nil), []string{id + "/1600.jpg", id + "/480.jpg"}; len(want) > 0; want = want[1:] {
		if file, err := list.Next(context.Background()); err != nil || file.Key != want[0] {
			t.Errorf("%v %v, want %s", file, err, want[0])
		}
	}
}

// TestManyPhotos: somebody who sends too many has to wait, and somebody who stores too many unused ones is refused.
func TestManyPhotos(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Still(c.Present()) // however long this test takes
	p, small := c.Photos(), hub.AsPNG(hub.Picture(4, 4))
	first := p.Upload(c.Volunteer, small)
	for range 29 {
		p.Upload(c.Volunteer, small)
	}
	p.Refuses(c.Volunteer, "the 31st", small, http.StatusConflict, "TOO_MANY_PHOTOS", "")
	p.Upload(c.Lead, small)

	if r, body := p.Send(c.Lead, http.MethodDelete, "/uploads/"+first.ID, nil); r.StatusCode != http.StatusNotFound {
		t.Errorf("another's: %d %s", r.StatusCode, body)
	}
	if r, body := p.Send(c.Volunteer, http.MethodDelete, "/uploads/"+first.ID, nil); r.StatusCode != http.StatusNoContent {
		t.Errorf("%d %s", r.StatusCode, body)
	}
	p.Shown(c.Volunteer, first.ID, http.StatusNotFound, hub.ForOne)
	p.Upload(c.Volunteer, small)
	for range 28 {
		p.Refuses(c.Volunteer, "too many", small, http.StatusConflict, "TOO_MANY_PHOTOS", "")
	}
	p.Refuses(c.Volunteer, "the 61st in an hour", small, http.StatusTooManyRequests, "TRY_LATER", "")
	r, body := p.Send(c.Volunteer, http.MethodPost, "/uploads", small, "Content-Type", "image/png")
	if wait := r.Header.Get("Retry-After"); wait != "10" {
		t.Errorf("%q in %d %s", wait, r.StatusCode, body)
	}
	if n := c.Count(`select count(*) from audit_entries where action = 'photo.upload' and outcome = ''`); n != 32 {
		t.Errorf("%d entries", n)
	}
}

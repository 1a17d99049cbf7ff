package server_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"jastarhub/internal/server"
)

var app = server.App{Paths: []string{"/", "/tasks/{id}"}, Files: fstest.MapFS{
	"index.html":       {Data: []byte("<!doctype html>the app")},
	"index.html.br":    {Data: []byte("brotli page")},
	"worker.js":        {Data: []byte("worker")},
	"robots.txt":       {Data: []byte("robots")},
	"favicon.ico":      {Data: []byte("icon")},
	"assets/a-1.js":    {Data: []byte("plain")},
	"assets/a-1.js.br": {Data: []byte("brotli")},
	"assets/a-1.js.gz": {Data: []byte("gzip")},
}}

func TestApp(t *testing.T) {
	h := serve(t, server.Options{App: app})
	for _, c := range []struct {
		path, accepts, encoding, body, keep string
	}{
		{"/assets/a-1.js", "", "", "plain", "public, max-age=31536000, immutable"},
		{"/assets/a-1.js", "gzip, deflate, br", "br", "brotli", "public, max-age=31536000, immutable"},
		{"/assets/a-1.js", "gzip", "gzip", "gzip", "public, max-age=31536000, immutable"},
		{"/assets/a-1.js", "br;q=0, gzip;q=0.5", "gzip", "gzip", "public, max-age=31536000, immutable"},
		{"/worker.js", "identity", "", "worker", "no-cache"},
		{"/", "identity", "", "<!doctype html>the app", "no-cache"},
		{"/tasks/1", "br", "br", "brotli page", "no-cache"},
	} {
		// Without a header of its own the client asks for gzip, and decompresses it.
		res, body := h.do("GET", c.path, "Accept-Encoding", c.accepts)
		got := res.Header
		if res.StatusCode != 200 || body != c.body || got.Get("Content-Encoding") != c.encoding || got.Get("Cache-Control") != c.keep ||
			got.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s for %q: got %d %q %v", c.path, c.accepts, res.StatusCode, body, got)
		}
		again, body := h.do("GET", c.path, "Accept-Encoding", c.accepts, "If-None-Match", got.Get("ETag"))
		if again.StatusCode != 304 || body != "" {
			t.Errorf("%s for %q again: got %d %q", c.path, c.accepts, again.StatusCode, body)
		}
	}
	for path, mediaType := range map[string]string{"/robots.txt": "text/plain; charset=utf-8", "/favicon.ico": "image/x-icon"} {
		if res, _ := h.do("GET", path); res.StatusCode != 200 || res.Header.Get("Content-Type") != mediaType {
			t.Errorf("%s: got %d %v", path, res.StatusCode, res.Header)
		}
	}
	res, body := h.do("GET", "/nowhere", "Accept", "text/html,*/*", "Accept-Encoding", "identity")
	if res.StatusCode != 404 || body != "<!doctype html>the app" {
		t.Errorf("a person who is lost: got %d %q", res.StatusCode, body)
	}
}

func TestUnbuiltApp(t *testing.T) {
	for _, files := range []fs.FS{nil, fstest.MapFS{}} {
		h := serve(t, server.Options{App: server.App{Files: files, Paths: app.Paths}})
		for _, path := range []string{"/", "/tasks/1"} {
			if res, body := h.do("GET", path); res.StatusCode != 200 || !strings.Contains(body, "make build") {
				t.Errorf("%s: got %d %s", path, res.StatusCode, body)
			}
		}
	}
}

func TestTiles(t *testing.T) {
	tiled := app
	tiled.Tiles = "https://tiles.example/{z}/{x}/{y}.png"
	tiled.Provider = "Example ID"
	tiled.Telegram = true
	h := serve(t, server.Options{App: tiled})
	if res, _ := h.do("GET", "/"); !strings.Contains(res.Header.Get("Content-Security-Policy"), "img-src 'self' data: https://tiles.example;") {
		t.Errorf("got %s", res.Header.Get("Content-Security-Policy"))
	}
	if _, body := h.do("GET", "/app.json"); body != `{"tiles":"https://tiles.example/{z}/{x}/{y}.png","provider":"Example ID","telegram":true,"accounts":[]}`+"\n" {
		t.Errorf("got %s", body)
	}
}

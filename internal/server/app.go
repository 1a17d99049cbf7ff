package server

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"jastarhub/internal/fault"
	"jastarhub/internal/httpfault"
)

// App is the built web app.
type App struct {
	Files fs.FS    // index.html and what it loads; nil or empty if the app was not built
	Paths []string // of its pages, as patterns
	Tiles string   // where the map's tiles come from, like https://tiles.example/{z}/{x}/{y}.png; none if empty

	Provider string // the name of the OpenID provider to sign in through; none if empty
	Telegram bool   // whether there is a bot that sends notices
}

// types are the content types of the app's files, independent of the machine's.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2", ".json": "application/json", ".webmanifest": "application/manifest+json",
	".txt": "text/plain; charset=utf-8", ".ico": "image/x-icon",
}

// addApp adds the app's files, its index page at the path of each of its pages, and its settings.
func addApp(routes *http.ServeMux, o Options) {
	first, missing := page("unbuilt.html", o.Development), http.HandlerFunc(nothing)
	if o.App.built() {
		policy := o.App.policy()
		first, missing = o.App.file("index.html", policy, http.StatusOK), o.App.file("index.html", policy, http.StatusNotFound)
		o.App.add(routes, policy)
	}
	routes.Handle("GET /{$}", first)
	for _, pattern := range o.App.Paths {
		if pattern != "/" {
			routes.Handle("GET "+pattern, first)
		}
	}
	routes.Handle("GET /app.json", o.settings())
	routes.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html") {
			missing(w, r)
			return
		}
		nothing(w, r)
	})
}

func (a App) built() bool {
	if a.Files == nil {
		return false
	}
	_, err := fs.Stat(a.Files, "index.html")
	return err == nil
}

// add adds what index.html loads.
func (a App) add(routes *http.ServeMux, policy string) {
	err := fs.WalkDir(a.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && types[path.Ext(name)] != "" && name != "index.html" {
			routes.Handle("GET /"+name, a.file(name, policy, http.StatusOK))
		}
		return err
	})
	if err != nil {
		panic(err) // an embedded file is broken
	}
}

func nothing(w http.ResponseWriter, _ *http.Request) {
	httpfault.Refuse(w, fault.Because(fault.NotFound, "There is no page here."))
}

// policy allows the app's own files, requests to this server, and the map's tiles. The app has no inline script and no inline
// style.
func (a App) policy() string {
	images := "'self' data:"
	if tiles, err := url.Parse(a.Tiles); err == nil && tiles.Host != "" {
		images += " " + tiles.Scheme + "://" + tiles.Host
	}
	return "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src " + images +
		"; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// settings returns what the app needs to know about the hub: tiles, the provider to sign in through, and in development the
// demo's accounts.
func (o Options) settings() http.HandlerFunc {
	told := struct {
		Tiles    string    `json:"tiles"`
		Provider string    `json:"provider"`
		Telegram bool      `json:"telegram"`
		Accounts []Account `json:"accounts"`
	}{o.App.Tiles, o.App.Provider, o.App.Telegram, []Account{}}
	if o.Development {
		told.Accounts = o.Accounts
	}
	text, err := json.Marshal(told)
	if err != nil {
		panic(err) // strings can always be marshalled
	}
	return func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, string(text)) }
}

// file answers with a file of the build, compressed if the client accepts that. Files with a hash in their name never change;
// browsers ask for the others again each time, and get them if they have changed.
func (a App) file(name, policy string, status int) http.HandlerFunc {
	content := map[string][]byte{}
	for encoding, extension := range map[string]string{"": "", "br": ".br", "gzip": ".gz"} {
		if text, err := fs.ReadFile(a.Files, name+extension); err == nil {
			content[encoding] = text
		}
	}
	hash := sha256.Sum256(content[""])
	tag, keep := `W/"`+base64.RawURLEncoding.EncodeToString(hash[:12])+`"`, "no-cache"
	if strings.HasPrefix(name, "assets/") {
		keep = "public, max-age=31536000, immutable"
	}
	return func(w http.ResponseWriter, r *http.Request) {
		encoding := accepted(r.Header.Get("Accept-Encoding"), content)
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("Content-Type", types[path.Ext(name)])
		header.Set("Cache-Control", keep)
		header.Set("Vary", "Accept-Encoding")
		if encoding != "" {
			header.Set("Content-Encoding", encoding)
		}
		if header.Set("ETag", tag); status == http.StatusOK && r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		header.Set("Content-Length", strconv.Itoa(len(content[encoding])))
		w.WriteHeader(status)
		_, _ = w.Write(content[encoding])
	}
}

// accepted returns the best of the available encodings that an Accept-Encoding header names.
func accepted(header string, there map[string][]byte) string {
	best := ""
	for part := range strings.SplitSeq(header, ",") {
		encoding, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
		refused := strings.TrimSpace(quality) == "q=0"
		if _, ok := there[encoding]; ok && !refused && (best == "" || encoding == "br") {
			best = encoding
		}
	}
	return best
}

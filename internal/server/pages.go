package server

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"path"
	"time"
)

//go:embed pages
var embedded embed.FS

// pagePolicy allows what the pages consist of: files of this server, and requests to it.
const pagePolicy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// addPages adds the page for trying out queries, which is for developers.
func addPages(routes *http.ServeMux, o Options) {
	if o.Development {
		routes.Handle("GET /graphiql", page("graphiql.html", o.Accounts))
		routes.Handle("GET /graphiql.js", page("graphiql.js", nil))
		routes.Handle("GET /graphiql.css", page("graphiql.css", nil))
	}
}

// page serves an embedded file; an HTML file is a template that is filled in with data.
func page(name string, data any) http.HandlerFunc {
	content, err := embedded.ReadFile("pages/" + name)
	if path.Ext(name) == ".html" {
		var filled bytes.Buffer
		err = template.Must(template.ParseFS(embedded, "pages/"+name)).Execute(&filled, data)
		content = filled.Bytes()
	}
	if err != nil {
		panic(err) // an embedded file is broken
	}
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", pagePolicy)
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
	}
}

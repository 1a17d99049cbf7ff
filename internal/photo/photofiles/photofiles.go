// Package photofiles receives photos and serves them, over HTTP.
package photofiles

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/account"
	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/httpfault"
	"jastarhub/internal/photo"
	"jastarhub/internal/progress"
	"jastarhub/internal/proposal"
	"jastarhub/internal/task"
)

// The names of these requests in the audit log.
const upload, discard = "photo.upload", "photo.discard"

const (
	atOnce      = 16               // uploads
	atOnceOfOne = 3                // for one person
	slowly      = 90 * time.Second // the maximum time of an upload over a slow connection
	answering   = 30 * time.Second // the maximum time of its answer
	aWhile      = 5 * time.Second  // until one of the current uploads has ended
)

// Options are what the handler needs.
type Options struct {
	Photos    *photo.Service
	Proposals *proposal.Service
	Tasks     *task.Service
	Progress  *progress.Service
	// Visit returns the visitor, by a bearer token or the session of the browser.
	Visit   func(r *http.Request, name string, now time.Time) (account.Visit, error)
	Origins []string // of other sites whose pages may send requests
	Log     *slog.Logger
	Now     func() time.Time
}

type handler struct {
	Options
	turns turns
}

// New returns the handler of POST /uploads, with the picture as the body; of DELETE /uploads/<id>; and of GET
// /photos/<id>/<width>.jpg.
func New(o Options) http.Handler {
	h := &handler{Options: o, turns: turns{of: map[uuid.UUID]int{}}}
	routes := http.NewServeMux()
	routes.Handle("POST /uploads", httpfault.Handler(o.Log, h.upload))
	routes.Handle("DELETE /uploads/{id}", httpfault.Handler(o.Log, h.discard))
	routes.Handle("GET /photos/{id}/{file}", httpfault.Handler(o.Log, h.serve))
	routes.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { httpfault.Refuse(w, fault.New(fault.NotFound)) })
	return httpfault.SameSite(o.Origins, routes)
}

// visit returns who asks to change something. Codes: UNAUTHENTICATED.
func (h *handler) visit(r *http.Request, name string) (account.Visit, error) {
	v, err := h.Visit(r, name, h.Now())
	if err == nil && v.Actor == nil {
		err = fault.New(fault.Unauthenticated)
	}
	return v, err
}

// types are the media types that a body may declare. A page of another site cannot send any of them without being allowed to.
var types = map[string]bool{"image/jpeg": true, "image/png": true, "image/webp": true, "application/octet-stream": true}

func (h *handler) upload(w http.ResponseWriter, r *http.Request) error {
	v, err := h.visit(r, upload)
	if err != nil {
		return err
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || !types[kind] {
		return photo.WrongType(kind)
	}
	if r.ContentLength > photo.MostBytes {
		return fault.New(fault.BodyTooLarge)
	}
	if !h.turns.take(v.Actor.PersonID) {
		return &fault.Fault{Code: fault.Busy, Text: fault.Busy.Text(), Wait: aWhile}
	}
	defer h.turns.end(v.Actor.PersonID)
	if err := h.Photos.Admit(r.Context(), v.Call, v.Address); err != nil {
		return err
	}
	sent, err := body(w, r)
	if err != nil {
		return err
	}
	p, err := h.Photos.Upload(r.Context(), v.Call, sent)
	if err != nil {
		return err
	}
	answer(w, http.StatusCreated, struct {
		ID     uuid.UUID          `json:"id"`
		Width  int                `json:"width"`
		Height int                `json:"height"`
		Sizes  []*photo.PhotoSize `json:"sizes"`
	}{p.ID, p.Width, p.Height, p.Sizes()})
	return nil
}

// body reads the picture, with longer timeouts than other requests get, because it comes from phones. Codes: BODY_TOO_LARGE,
// BAD_REQUEST.
func body(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	control, now := http.NewResponseController(w), time.Now()
	_ = control.SetReadDeadline(now.Add(slowly)) // a server without deadlines needs none
	_ = control.SetWriteDeadline(now.Add(slowly + answering))
	return httpfault.Body(w, r, photo.MostBytes)
}

func (h *handler) discard(w http.ResponseWriter, r *http.Request) error {
	v, err := h.visit(r, discard)
	if err != nil {
		return err
	}
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		return fault.Missing("id")
	}
	if err := h.Photos.Discard(r.Context(), v.Call, id); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// serve sends a file. A photo never changes, but may stop being shown: a browser keeps it for an hour, then asks whether it may
// still show it, and caches in between do not store it at all. A photo that not everybody may see is not stored by browsers
// either.
func (h *handler) serve(w http.ResponseWriter, r *http.Request) error {
	id, err := uuid.Parse(r.PathValue("id"))
	width, is := strings.CutSuffix(r.PathValue("file"), ".jpg")
	most, number := strconv.Atoi(width)
	if err != nil || !is || number != nil || strconv.Itoa(most) != width || id.String() != r.PathValue("id") {
		return fault.New(fault.NotFound)
	}
	v, err := h.Visit(r, "photo", h.Now())
	if err != nil {
		return err
	}
	p, err := h.Photos.Get(r.Context(), id)
	if err != nil {
		return err
	}
	visible, err := h.visible(r.Context(), p)
	if err != nil {
		return err
	}
	if !visible(v.Actor) {
		return fault.Missing("id")
	}
	file, err := h.Photos.Open(r.Context(), p, most)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	header, tag := w.Header(), `"`+id.String()+"-"+width+`"`
	header.Set("Cache-Control", "no-store")
	if visible(nil) {
		header.Set("Cache-Control", "private, max-age=3600, immutable")
		header.Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	header.Set("Content-Type", "image/jpeg")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Content-Length", strconv.FormatInt(file.Size(), 10))
	_, err = io.Copy(w, file)
	return err
}

// visible returns who may see a photo: anyone who may see what it is attached to, and until then its uploader only. Codes: NOT_FOUND.
func (h *handler) visible(ctx context.Context, p *photo.Photo) (func(*auth.Actor) bool, error) {
	switch {
	case p.UpdateID.Valid:
		return visibleWith(ctx, h.Progress.ByIDs, p.UpdateID.UUID)
	case p.TaskID.Valid:
		return visibleWith(ctx, h.Tasks.ByIDs, p.TaskID.UUID)
	case p.ProposalID.Valid:
		return visibleWith(ctx, h.Proposals.ByIDs, p.ProposalID.UUID)
	}
	return func(a *auth.Actor) bool { return a.Is(p.UploaderID) }, nil
}

func visibleWith[T interface{ Visible(*auth.Actor) bool }](ctx context.Context, read func(context.Context, []uuid.UUID) ([]T, error),
	id uuid.UUID) (func(*auth.Actor) bool, error) {
	rows, err := read(ctx, []uuid.UUID{id})
	if err == nil && len(rows) == 0 {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0].Visible, nil
}

// turns are the current uploads: each holds its whole file in memory.
type turns struct {
	lock sync.Mutex
	all  int
	of   map[uuid.UUID]int
}

func (t *turns) take(person uuid.UUID) bool {
	t.lock.Lock()
	defer t.lock.Unlock()
	if t.all >= atOnce || t.of[person] >= atOnceOfOne {
		return false
	}
	t.all++
	t.of[person]++
	return true
}

func (t *turns) end(person uuid.UUID) {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.all--
	if t.of[person]--; t.of[person] == 0 {
		delete(t.of, person)
	}
}

func answer(w http.ResponseWriter, status int, what any) {
	text, _ := json.Marshal(what) // strings and numbers can always be marshalled
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(append(text, '\n'))
}

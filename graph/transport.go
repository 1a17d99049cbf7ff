package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"jastarhub/internal/fault"
	"jastarhub/internal/httpfault"
)

// The media types of answers. Under the first, older one every GraphQL answer has the status 200; under the second the status
// says whether the operation ran. The third is a stream of events in the protocol of graphql-sse; it has a single event unless
// the operation is a subscription.
const (
	plainJSON   = "application/json"
	graphQLJSON = "application/graphql-response+json"
	eventStream = "text/event-stream"
)

// answerType chooses the answer's media type from an Accept header.
func answerType(accept string) string {
	best, bestQuality := plainJSON, 0.0
	for part := range strings.SplitSeq(accept, ",") {
		name, parameters, err := mime.ParseMediaType(part)
		if err != nil || name != plainJSON && name != graphQLJSON && name != eventStream {
			continue
		}
		quality := 1.0
		if q, ok := parameters["q"]; ok {
			quality, _ = strconv.ParseFloat(q, 64)
		}
		if quality > bestQuality {
			best, bestQuality = name, quality
		}
	}
	return best
}

// isJSON reports whether a request's body is declared as JSON in UTF-8. A page of another site cannot send that without
// permission.
func isJSON(contentType string) bool {
	name, parameters, err := mime.ParseMediaType(contentType)
	charset, given := parameters["charset"]
	return err == nil && name == plainJSON && (!given || strings.EqualFold(charset, "utf-8"))
}

// decode reads a request's parameters. Numbers are kept as they were written, so that none is rounded. Codes: BAD_REQUEST,
// OPERATION_UNKNOWN, PERSISTED_QUERY_NOT_FOUND.
func (h *handler) decode(ctx context.Context, body []byte) (*graphql.RawParams, error) {
	var sent struct {
		Query         *string        `json:"query"`
		OperationName string         `json:"operationName"`
		Variables     map[string]any `json:"variables"`
		Extensions    struct {
			PersistedQuery struct {
				Hash string `json:"sha256Hash"`
			} `json:"persistedQuery"`
		} `json:"extensions"`
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if !utf8.Valid(body) || decoder.Decode(&sent) != nil {
		return nil, fault.New(fault.BadRequest)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, fault.New(fault.BadRequest)
	}
	text, err := h.persisted.text(ctx, sent.Query, sent.Extensions.PersistedQuery.Hash)
	return &graphql.RawParams{Query: text, OperationName: sent.OperationName, Variables: sent.Variables}, err
}

// readURL reads the parameters of a GET request in the form of a POST body. Codes: BODY_TOO_LARGE, BAD_REQUEST.
func readURL(r *http.Request, most int) ([]byte, error) {
	if len(r.URL.RawQuery) > most {
		return nil, fault.New(fault.BodyTooLarge)
	}
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, fault.New(fault.BadRequest)
	}
	sent := map[string]any{}
	for name, given := range values {
		switch {
		case len(given) > 1 || !utf8.ValidString(given[0]):
			return nil, fault.New(fault.BadRequest)
		case name == "query", name == "operationName":
			sent[name] = given[0]
		case (name == "variables" || name == "extensions") && given[0] != "":
			sent[name] = json.RawMessage(given[0])
		}
	}
	body, err := json.Marshal(sent)
	if err != nil {
		return nil, fault.New(fault.BadRequest)
	}
	return body, nil
}

// unrun are the codes of requests that are refused whatever their document says; their status is the same under both media types.
var unrun = []any{fault.BadRequest, fault.BodyTooLarge, fault.Unauthenticated, fault.Forbidden, fault.RateLimited, fault.Busy, fault.Timeout,
	fault.Internal}

// statusOf returns the status of an answer. An operation that returned nothing because it got no turn, for example to hash a
// password, is treated as one that was never run.
func statusOf(answer *graphql.Response, mediaType string) int {
	if string(answer.Data) == "null" && len(answer.Errors) > 0 && answer.Errors[0].Extensions["code"] == fault.Busy {
		return http.StatusServiceUnavailable
	}
	if answer.Data != nil || len(answer.Errors) == 0 {
		return http.StatusOK
	}
	if code := answer.Errors[0].Extensions["code"]; slices.Contains(unrun, code) {
		return httpfault.Status(code.(fault.Code))
	}
	if mediaType == graphQLJSON {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// send writes an answer.
func send(w http.ResponseWriter, r *http.Request, answer *graphql.Response, in *request) {
	mediaType, status := answerType(r.Header.Get("Accept")), in.status
	if status == 0 {
		status = statusOf(answer, mediaType)
	}
	body := written(answer)
	switch {
	case mediaType == eventStream && in.status == 0: // its clients take another status as a reason to send a mutation again
		status = http.StatusOK
		body = slices.Concat(nextEvent(body), []byte(completeEvent))
	case mediaType == eventStream:
		mediaType = plainJSON
	}
	header := w.Header()
	header.Set("Content-Type", mediaType+"; charset=utf-8")
	header.Set("Content-Length", strconv.Itoa(len(body)))
	header.Set("Cache-Control", "no-store")
	httpfault.SetHeaders(header, status, in.wait)
	if status == http.StatusMethodNotAllowed {
		header.Set("Allow", "GET, POST")
		if in.reads {
			header.Set("Allow", "POST")
		}
	}
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that has disconnected needs no answer
}

// written returns an answer's body.
func written(answer *graphql.Response) []byte {
	var body bytes.Buffer
	body.WriteByte('{')
	if len(answer.Errors) > 0 {
		errs, _ := json.Marshal(answer.Errors) // strings and numbers can always be marshalled
		body.WriteString(`"errors":`)
		body.Write(errs)
	}
	if answer.Data != nil {
		if len(answer.Errors) > 0 {
			body.WriteByte(',')
		}
		body.WriteString(`"data":`)
		body.Write(answer.Data)
	}
	body.WriteByte('}')
	return body.Bytes()
}

package httpfault

import (
	"errors"
	"io"
	"net/http"

	"jastarhub/internal/fault"
)

// Body reads a request's body of up to most bytes. Codes: BODY_TOO_LARGE, BAD_REQUEST.
func Body(w http.ResponseWriter, r *http.Request, most int) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, int64(most)))
	return body, unread(err)
}

// Form reads a form of up to most bytes into r.PostForm. Codes: BODY_TOO_LARGE, BAD_REQUEST.
func Form(w http.ResponseWriter, r *http.Request, most int) error {
	r.Body = http.MaxBytesReader(w, r.Body, int64(most))
	return unread(r.ParseForm())
}

func unread(err error) error {
	if err == nil {
		return nil
	}
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return fault.New(fault.BodyTooLarge)
	}
	return fault.Because(fault.BadRequest, "The request did not arrive completely, or cannot be read. Send it again.")
}

// SameSite refuses requests that change something if pages of other sites sent them, but for those of the origins. Codes:
// FORBIDDEN.
func SameSite(origins []string, next http.Handler) http.Handler {
	crossing := http.NewCrossOriginProtection()
	for _, origin := range origins {
		if err := crossing.AddTrustedOrigin(origin); err != nil {
			panic(err) // the settings were checked before
		}
	}
	crossing.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		Refuse(w, fault.Because(fault.Forbidden, "Requests from pages of other sites are not allowed."))
	}))
	return crossing.Handler(next)
}

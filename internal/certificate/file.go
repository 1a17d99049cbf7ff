package certificate

import (
	"bytes"
	"context"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"jastarhub/internal/account"
	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/httpfile"
)

// Printed returns a certificate's PDF to its owner; hub is the address of the hub. Codes: UNAUTHENTICATED, NOT_FOUND (also for
// other people's), WRONG_STATE (revoked).
func (s *Service) Printed(ctx context.Context, a *auth.Actor, number, hub string) ([]byte, error) {
	if a == nil {
		return nil, fault.New(fault.Unauthenticated)
	}
	number, _ = ParseNumber(number)
	c, err := byNumber(ctx, s.DB, number)
	if err == nil && !a.Is(c.PersonID) {
		err = fault.Missing("number")
	}
	if err == nil && c.RevokedAt != nil {
		err = fault.New(fault.WrongState)
	}
	if err != nil {
		return nil, err
	}
	parts, err := partsOf(ctx, s.DB, []uuid.UUID{c.ID})
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = Print(&out, c, parts, hub+"/certificates/"+c.Number)
	return out.Bytes(), err
}

// Serve answers GET /certificates/<number>.pdf; hub is the address of the hub.
func (s *Service) Serve(hub string) func(context.Context, http.ResponseWriter, *http.Request, account.Visit) error {
	return func(ctx context.Context, w http.ResponseWriter, r *http.Request, v account.Visit) error {
		number := strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, "/certificates/"), ".pdf")
		text, err := s.Printed(ctx, v.Actor, number, hub)
		if err != nil {
			return err
		}
		httpfile.Named(w, "application/pdf", number+".pdf")
		_, err = w.Write(text)
		return err
	}
}

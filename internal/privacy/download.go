package privacy

import (
	"context"
	"io"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jastarhub/internal/account"
	"jastarhub/internal/attempt"
	"jastarhub/internal/audit"
	"jastarhub/internal/fault"
	"jastarhub/internal/tokens"
)

// RequestDataInput is the password of the account whose data is asked for, and a code where it has a second factor.
type RequestDataInput struct {
	Password string
	Code     *string
}

// RequestDataPayload is what opens the download.
type RequestDataPayload struct {
	Token     string
	ExpiresAt time.Time
}

// openFor is how long the token opens the download.
const openFor = 5 * time.Minute

// Format names the format of the download. Fields may be added to it; a change of meaning needs another format.
const Format = "jastar-hub-data/1"

// RequestData returns a token that opens the download once. Codes: UNAUTHENTICATED, INVALID, WRONG_CREDENTIALS,
// SECOND_FACTOR_REQUIRED, WRONG_CODE, TRY_LATER, BUSY.
func (s *Service) RequestData(ctx context.Context, v account.Visit, in RequestDataInput) (*RequestDataPayload, error) {
	accept, err := s.Accounts.Reauthenticate(ctx, v, in.Password, in.Code)
	if err != nil {
		return nil, err
	}
	token, hash := tokens.New()
	err = s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		if err := accept(tx); err != nil { // and makes concurrent requests wait, so that they are counted one after the other
			return err
		}
		since := attempt.Limits.Downloads.Since(v.Now)
		asked, err := askedSince(ctx, tx, v.Actor.PersonID, since)
		if err != nil {
			return err
		}
		if attempt.Limits.Downloads.Full(len(asked)) {
			return attempt.TryLater(asked[0].Sub(since))
		}
		if err := insertRequest(ctx, tx, v.Actor.PersonID, hash, v.Now); err != nil {
			return err
		}
		return v.Note(ctx, tx, v.Actor.PersonID)
	})
	if err != nil {
		return nil, v.Refused(ctx, s.DB, v.Entry(), err)
	}
	return &RequestDataPayload{Token: token, ExpiresAt: v.Now.Add(openFor)}, nil
}

// Take uses a token and returns the person whose data it opens; request is the id of the request in the log. Codes:
// TOKEN_INVALID.
func (s *Service) Take(ctx context.Context, token, request string, now time.Time) (whose uuid.UUID, err error) {
	hash, ok := tokens.Hash(token)
	if !ok {
		return uuid.Nil, fault.New(fault.TokenInvalid)
	}
	err = s.DB.Tx(ctx, func(tx *sqlx.Tx) (err error) {
		if whose, err = takeRequest(ctx, tx, hash, now); err != nil {
			return err
		}
		return audit.Write(ctx, tx, audit.New(nil, now, request, "downloadData", []uuid.UUID{whose}, nil).By(whose))
	})
	return whose, err
}

// Write writes everything that is stored about a person as one JSON object, section by section. It reads a page at a time and
// holds no connection while it writes; before is called before each page, so that the writer's deadline can be extended.
func (s *Service) Write(ctx context.Context, w io.Writer, whose uuid.UUID, now time.Time, before func() error) error {
	out := &document{w: w}
	out.put(`{"format": "`, Format, `", "writtenAt": "`, now.UTC().Format(time.RFC3339), `"`)
	for _, section := range sections {
		out.put(",\n\"", section.name, `": `)
		if err := s.section(ctx, out, section, whose, before); err != nil {
			return err
		}
	}
	out.put("\n}\n")
	return out.err
}

func (s *Service) section(ctx context.Context, out *document, of section, whose uuid.UUID, before func() error) error {
	open, separator, shut := "[", "\n  ", "]"
	if of.one {
		open, separator, shut = "", "", ""
	}
	out.put(open)
	var after pq.StringArray
	for {
		if err := before(); err != nil {
			return err
		}
		rows, err := of.rows(ctx, s.DB, whose, after)
		if err != nil {
			return err
		}
		for _, row := range rows {
			out.put(separator, string(row.Row))
			separator, after = ",\n  ", row.Place
		}
		if out.err != nil || len(rows) < pageSize {
			out.put(shut)
			return out.err
		}
	}
}

// document is the output, up to the first failure.
type document struct {
	w   io.Writer
	err error
}

func (d *document) put(texts ...string) {
	for _, text := range texts {
		if d.err == nil {
			_, d.err = io.WriteString(d.w, text)
		}
	}
}

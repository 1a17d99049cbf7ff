package register

import (
	"context"
	"encoding/csv"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"jastarhub/internal/account"
	"jastarhub/internal/almaty"
	"jastarhub/internal/fault"
	"jastarhub/internal/httpfile"
	"jastarhub/internal/lang"
	"jastarhub/internal/letters"
	"jastarhub/internal/say"
)

// parse reads the parameters from, to, ngo and language; where they are left out: this year, all NGOs and the visitor's language.
// Codes: INVALID.
func parse(query url.Values, v account.Visit) (Wanted, error) {
	now := v.Now.In(almaty.Zone)
	w := Wanted{From: time.Date(now.Year(), 1, 1, 0, 0, 0, 0, time.UTC), To: time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC), Language: v.Language}
	var c fault.Check
	for _, day := range []struct {
		name string
		of   *time.Time
	}{{"from", &w.From}, {"to", &w.To}} {
		if text := query.Get(day.name); text != "" {
			given, err := time.Parse(time.DateOnly, text)
			c.That(err == nil && given.Year() >= 1900 && given.Year() <= 2200, day.name, "must be a day, such as 2026-05-09")
			*day.of = given
		}
	}
	if text := query.Get("ngo"); text != "" {
		id, err := uuid.Parse(text)
		c.That(err == nil, "ngo", "must be an id")
		w.Ngo = &id
	}
	if text := query.Get("language"); text != "" {
		w.Language = lang.Language(strings.ToUpper(text))
		_, known := headings[w.Language]
		c.That(known, "language", "must be kk, ru or en")
	}
	return w, c.Err()
}

const patience = 20 * time.Second // for a client that reads the next lines

// separators are those that spreadsheets expect in the language: where numbers have a decimal comma, cells are not separated by
// commas.
var separators = map[lang.Language]rune{lang.Kazakh: ';', lang.Russian: ';', lang.English: ','}

// Serve answers GET /register.csv: RFC 4180 in UTF-8 with a byte order mark, which spreadsheets look for.
func (s *Service) Serve(ctx context.Context, w http.ResponseWriter, r *http.Request, v account.Visit) error {
	if r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		return fault.New(fault.Forbidden)
	}
	wanted, err := parse(r.URL.Query(), v)
	if err != nil && v.Actor != nil {
		return err
	}
	control, out := http.NewResponseController(w), csv.NewWriter(w)
	out.UseCRLF, out.Comma = true, separators[wanted.Language]
	lines := 0
	err = s.Read(ctx, v, wanted, func() error {
		httpfile.Named(w, "text/csv; charset=utf-8", "register-"+wanted.From.Format(time.DateOnly)+"-"+wanted.To.Format(time.DateOnly)+".csv")
		if _, err := w.Write([]byte("\ufeff")); err != nil {
			return err
		}
		return out.Write(headings[wanted.Language])
	}, func(e *Entry) error {
		if lines++; lines%pageSize == 1 {
			if err := control.SetWriteDeadline(time.Now().Add(patience)); err != nil {
				return err
			}
		}
		cells, err := e.cells(wanted.Language, v)
		if err != nil {
			return err
		}
		return out.Write(cells)
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// cells returns the cells of the line: a minor has a first name and an initial, and nobody has more than an age band.
func (e *Entry) cells(language lang.Language, v account.Visit) ([]string, error) {
	class, err := say.Word(language, "WorkClass", string(e.WorkClass))
	if err != nil {
		return nil, err
	}
	starts, ends := e.StartsAt.In(almaty.Zone), e.EndsAt.In(almaty.Zone)
	cells := []string{e.PersonID.String(), "", "", e.Ngo.In(language), text(e.BIN), e.Team.In(language), e.Title, e.District.In(language), text(e.Place),
		starts.Format("02.01.2006"), starts.Format("15:04"), ends.Format("15:04"), strconv.Itoa(e.Minutes), "", class}
	if e.Person != nil {
		cells[1] = e.Person.DisplayName(v.Actor, v.Now)
		if band := e.Person.AgeBand(e.StartsAt); band != nil {
			cells[2] = bands[*band]
		}
	}
	if e.MinAge != nil {
		cells[13] = strconv.Itoa(*e.MinAge)
	}
	for i, cell := range cells {
		cells[i] = harmless(cell)
	}
	return cells, nil
}

func text(of *string) string {
	if of == nil {
		return ""
	}
	return *of
}

// harmless returns a cell in which no spreadsheet finds a formula: neither at its beginning, nor where a spreadsheet with another
// separator would begin a cell.
func harmless(cell string) string {
	var safe strings.Builder
	begins := true // at the beginning of a cell, or after characters that are ignored before a formula
	for _, r := range cell {
		if begins && formula(r) {
			safe.WriteByte('\'')
		}
		safe.WriteRune(r)
		begins = strings.ContainsRune(",;\t\r\n|", r) || begins && (r == '"' || unicode.IsSpace(r) || letters.Invisible(r))
	}
	return safe.String()
}

// formula reports whether a character begins a formula, in full or half width.
func formula(r rune) bool {
	return strings.ContainsAny(norm.NFKC.String(string(r)), "=+-@") || r == '−'
}

package hours

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/account"
	"jastarhub/internal/httpfile"
	"jastarhub/internal/humancode"
	"jastarhub/internal/register"
)

const certificateFields = `certificate { id number initials holder from to firstOn lastOn minutes shifts language revokedAt revocation pdfPath
	parts { teamName(lang: RU) ngoName(lang: EN) minutes shifts } availableActions { action allowed reason } }`

// approved returns somebody's two hours of today, which the lead has approved, and the sign-up.
func approved(c *hub.City, t testing.TB, who *hub.Caller) (signup, hours string) {
	t.Helper()
	task, _ := c.Task(1, 500*time.Hour)
	shift := c.FromTo(task, c.Present(), 9, 72*time.Hour, 74*time.Hour)
	signup, hours = worked(c, who, shift, c.Present().Add(72*time.Hour), 0, 2*time.Hour)
	c.Exec(`update shifts set starts_at = $2, ends_at = $3 where id = $1`, shift, c.Present().Add(-3*time.Hour), c.Present().Add(-time.Hour))
	if codes := c.Lead.Done("approveHours", hub.Vars{"ids": []string{hours}}); !slices.Equal(codes, []string{""}) {
		t.Fatal(codes)
	}
	return signup, hours
}

// TestACertificate: issued over what counts, shown to anyone with its number, and outdated once its hours change.
func TestACertificate(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	from, to := c.Days()
	period := hub.Vars{"from": from, "to": to, "language": "EN"}
	c.Volunteer.Refused("NO_HOURS", "issueCertificate", period)
	_, hours := approved(c, t, c.Volunteer)
	day := c.Text(`select to_char(starts_at at time zone 'Asia/Almaty', 'YYYY-MM-DD') from hours where id = $1`, hours)
	issued := c.Volunteer.Do("issueCertificate", period, certificateFields)
	number := issued.Str("issueCertificate.certificate.number")
	if !regexp.MustCompile(`^JH-2\d{3}(-[2-9A-Z]{4}){3}$`).MatchString(number) {
		t.Error(number)
	}
	parts := []hub.Vars{{"teamName": "Команда Ауэзов", "ngoName": "Clean Almaty", "minutes": 120, "shifts": 1}}
	own := hub.Vars{"id": issued.At("issueCertificate.certificate.id"), "number": number, "initials": "V. T.", "holder": "Volunteer Testova", "from": from, "to": to,
		"firstOn": day, "lastOn": day, "minutes": 120, "shifts": 1, "language": "EN", "revokedAt": nil, "revocation": nil,
		"pdfPath": "/certificates/" + number + ".pdf", "parts": parts, "availableActions": []hub.Vars{{"action": "REVOKE_CERTIFICATE", "allowed": false, "reason": "NOT_YOUR_CENTRE"}}}
	issued.Shows("issueCertificate.certificate", own)

	// Anyone with the number can read what it states, and nothing more about its owner.
	public := `query($number: String!) { ` + strings.ReplaceAll(certificateFields, "certificate {", "certificate(number: $number) {") + ` }`
	own["holder"], own["pdfPath"], own["availableActions"] = nil, nil, []hub.Vars{{"action": "REVOKE_CERTIFICATE", "allowed": false, "reason": "UNAUTHENTICATED"}}
	typed := strings.ToLower(strings.ReplaceAll(number, "-", " "))
	c.Visitor().Must(public, hub.Vars{"number": typed}).Shows("certificate", own)
	check := "2"
	if strings.HasSuffix(number, check) {
		check = "3"
	}
	for _, wrong := range []string{number[:len(number)-1] + check, "JH", strings.Repeat("2", 50)} {
		if got := c.Visitor().Ask(public, hub.Vars{"number": wrong}).Code(); got != "INVALID" {
			t.Errorf("%s: %q", wrong, got)
		}
	}
	if got := c.Visitor().Ask(`query($number: String!) { certificate(number: $number) { history { totalCount } } }`, hub.Vars{"number": number}).Code(); got != "FORBIDDEN" {
		t.Errorf("the history by a visitor: %q", got)
	}

	// Its hours change: it is no longer valid, and its owner is told, once.
	if codes := c.Lead.Done("adjustHours", hub.Vars{"rows": []hub.Vars{{"id": hours, "minutes": 120}}, "reason": "As it was."}); !slices.Equal(codes, []string{""}) {
		t.Error(codes)
	}
	c.Visitor().Must(public, hub.Vars{"number": number}).Shows("certificate.revocation", nil) // as many minutes as before
	c.Lead.Done("adjustHours", hub.Vars{"rows": []hub.Vars{{"id": hours, "minutes": 60}}, "reason": "They left early."})
	c.Visitor().Must(public, hub.Vars{"number": number}).Shows("certificate.revocation", "HOURS_CHANGED").Shows("certificate.minutes", 120)
	c.Volunteer.Must(`{ viewer { notices { nodes { kind subjectId path text } } certificates { totalCount nodes { number pdfPath history { nodes { verb fromState toState actingAs reasonCode } } } } } }`).
		Shows("viewer.notices.nodes.1", hub.Vars{"kind": "CERTIFICATE_REVOKED", "subjectId": own["id"], "path": "/certificates/" + number,
			"text": "The certificate " + number + " was revoked: the hours on it have changed since. You can get a new one on the page “My hours and certificates”."}).
		Shows("viewer.certificates", hub.Vars{"totalCount": 1, "nodes": []hub.Vars{{"number": number, "pdfPath": nil, "history": hub.Vars{"nodes": []hub.Vars{
			{"verb": "ISSUE_CERTIFICATE", "fromState": nil, "toState": "GOOD", "actingAs": "PERSON", "reasonCode": nil},
			{"verb": "REVOKE_CERTIFICATE", "fromState": "GOOD", "toState": "REVOKED", "actingAs": "HUB", "reasonCode": "HOURS_CHANGED"}}}}}})
	c.Volunteer.Do("issueCertificate", period, "certificate { minutes }").Shows("issueCertificate.certificate.minutes", 60)

	for _, in := range []hub.Vars{{"from": to, "to": from}, {"from": from, "to": "2199-01-01"}, {"from": "1990-01-01", "to": to}} {
		c.Volunteer.Refused("INVALID", "issueCertificate", in)
	}
	c.Volunteer.Refused("NOT_FOUND", "issueCertificate", hub.Vars{"from": from, "to": to, "teamId": c.Ngo})
	c.Volunteer.Do("issueCertificate", hub.Vars{"from": from, "to": to, "teamId": c.Team}, "certificate { shifts language }").
		Shows("issueCertificate.certificate", hub.Vars{"shifts": 1, "language": "KK"})
}

// TestTakingACertificateBack: by officers, and by the centre that all of it is from; it ends with its owner's account too.
func TestTakingACertificateBack(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	from, to := c.Days()
	signup, _ := approved(c, t, c.Volunteer)
	issue := func() string {
		return c.Volunteer.Do("issueCertificate", hub.Vars{"from": from, "to": to}, "certificate { number }").Str("issueCertificate.certificate.number")
	}
	first, second, third := issue(), issue(), issue()
	in := hub.Vars{"number": strings.ToLower(first), "reason": "Issued by mistake."}
	for who, want := range map[*hub.Caller]string{c.Visitor(): "UNAUTHENTICATED", c.Volunteer: "NOT_YOUR_CENTRE", c.Lead: "NOT_YOUR_CENTRE"} {
		who.Refused(want, "revokeCertificate", in)
	}
	c.Coordinator.Refused("NOT_FOUND", "revokeCertificate", hub.Vars{"number": "JH20262222222222" + "2" + string(humancode.Check("202622222222222")), "reason": "Nothing."})
	c.Coordinator.Do("revokeCertificate", in, "certificate { revocation history { nodes { verb actingAs words } } }").
		Shows("revokeCertificate.certificate", hub.Vars{"revocation": "TAKEN_BACK", "history": hub.Vars{"nodes": []hub.Vars{
			{"verb": "ISSUE_CERTIFICATE", "actingAs": "PERSON", "words": nil}, {"verb": "REVOKE_CERTIFICATE", "actingAs": "COORDINATOR", "words": "Issued by mistake."}}}})
	c.Coordinator.Refused("WRONG_STATE", "revokeCertificate", in)
	c.Officer.Do("revokeCertificate", hub.Vars{"number": second, "reason": "Issued by mistake."}, "certificate { revocation }")
	c.Volunteer.Must(`{ viewer { notices { nodes { kind text } } } }`).
		Shows("viewer.notices.nodes.0", hub.Vars{"kind": "CERTIFICATE_REVOKED", "text": "The certificate " + second + " was revoked: Issued by mistake."})

	c.Volunteer.Erase()
	c.Visitor().Must(`query($number: String!) { certificate(number: $number) { revocation initials minutes } }`, hub.Vars{"number": third}).
		Shows("certificate", hub.Vars{"revocation": "ACCOUNT_DELETED", "initials": nil, "minutes": 120})
	if n := c.Count(`select count(*) from hours where signup_id = $1 and state = 'APPROVED'`, signup); n != 1 {
		t.Error("the city's figures were erased with the account")
	}
}

// file is a downloaded file, or the refusal, with the browser's session.
type file struct {
	Code   int
	Header http.Header
	Body   string
}

func served(h *hub.Hub, who *hub.Caller, from, path string) file {
	h.T.Helper()
	request, err := http.NewRequest(http.MethodGet, from+path, nil)
	if err != nil {
		h.T.Fatal(err)
	}
	if who.Token != "" {
		request.AddCookie(&http.Cookie{Name: "jastar", Value: who.Token})
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		h.T.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		h.T.Fatal(err)
	}
	return file{answer.StatusCode, answer.Header, string(text)}
}

func files(h *hub.Hub, name string, write func(context.Context, http.ResponseWriter, *http.Request, account.Visit) error) (url string) {
	h.T.Helper()
	server := httptest.NewServer(httpfile.New(httpfile.Handler{Name: name, AtOnce: 4, Log: slog.New(slog.NewTextHandler(h.Log, nil)), Now: h.Present, Write: write,
		Visit: func(r *http.Request, name string, now time.Time) (account.Visit, error) {
			return h.Resolver.Visit(r, name, "story-request", now)
		}}))
	h.T.Cleanup(server.Close)
	return server.URL
}

// TestThePrintedCertificate is for its owner only, while it is valid.
func TestThePrintedCertificate(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	from, to := c.Days()
	_, hours := approved(c, t, c.Volunteer)
	number := c.Volunteer.Do("issueCertificate", hub.Vars{"from": from, "to": to}, "certificate { number }").Str("issueCertificate.certificate.number")
	printed, path := files(c.Hub, "printCertificate", c.Resolver.Certificates.Serve("https://hub.example")), "/certificates/"+number+".pdf"
	a := served(c.Hub, c.Volunteer, printed, path)
	if a.Code != http.StatusOK || !strings.HasPrefix(a.Body, "%PDF-") || a.Header.Get("Content-Type") != "application/pdf" ||
		!strings.Contains(a.Header.Get("Content-Disposition"), number+".pdf") {
		t.Errorf("%d %v", a.Code, a.Header)
	}
	for who, want := range map[*hub.Caller]int{c.Visitor(): 401, c.Other: 404, c.Officer: 404} {
		if a := served(c.Hub, who, printed, path); a.Code != want {
			t.Errorf("%d, want %d", a.Code, want)
		}
	}
	if a := served(c.Hub, c.Volunteer, printed, "/certificates/nothing.pdf"); a.Code != 404 {
		t.Error(a.Code)
	}
	c.Lead.Done("rejectHours", hub.Vars{"ids": []string{hours}, "reason": "A mistake."})
	if a := served(c.Hub, c.Volunteer, printed, path); a.Code != 409 || !strings.Contains(a.Body, "WRONG_STATE") {
		t.Error(a.Code, a.Body)
	}
}

// TestTheRegister: who gets it, what it contains, and who is not named in it.
func TestTheRegister(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	_, hours := approved(c, t, c.Volunteer) // a 16-year-old
	approved(c, t, c.Other)
	c.Exec(`update tasks set title = '=HYPERLINK("http://evil.example")', place = 'Парк, "қақпа"', min_age = 14 where id = (select task_id from hours where id = $1)`, hours)
	csv := files(c.Hub, "exportRegister", (&register.Service{DB: c.DB, People: c.Resolver.People}).Serve)
	from, to := c.Days()
	path := "/register.csv?language=en&from=" + from + "&to=" + to
	a := served(c.Hub, c.Officer, csv, path)
	lines := strings.Split(strings.TrimPrefix(a.Body, "\ufeff"), "\r\n")
	if a.Code != http.StatusOK || len(lines) != 4 || !strings.HasPrefix(a.Body, "\ufeffVolunteer number,Volunteer,Age group,") {
		t.Fatalf("%d %q", a.Code, a.Body)
	}
	for i, want := range []string{c.Volunteer.ID + `,Volunteer T.,16–17,Clean Almaty,,Команда Ауэзов,"'=HYPERLINK(""http://evil.example"")",Auezov District,"Парк, ""қақпа""",`,
		c.Other.ID + `,Other Testova,18–24,Clean Almaty,,Команда Ауэзов,Арық тазалау,Auezov District,,`} {
		if !slices.ContainsFunc(lines, func(line string) bool { return strings.HasPrefix(line, want) && strings.Contains(line, ",120,") }) {
			t.Errorf("%d: no %s in %q", i, want, lines)
		}
	}
	if a := served(c.Hub, c.NgoLead, csv, path); a.Code != 200 || strings.Count(a.Body, "\r\n") != 3 {
		t.Errorf("the NGO's own: %d %s", a.Code, a.Body)
	}
	another := c.Officer.Do("createNgo", hub.Vars{"name": hub.Vars{"en": "Another"}, "focus": "SPORT"}, "ngo { id }").Str("createNgo.ngo.id")
	if a := served(c.Hub, c.Officer, csv, path+"&ngo="+another); a.Code != 200 || strings.Count(a.Body, "\r\n") != 1 {
		t.Errorf("another's: %d %s", a.Code, a.Body)
	}
	for _, row := range []struct {
		who  *hub.Caller
		path string
		want int
	}{{c.Visitor(), path, 401}, {c.Lead, path, 403}, {c.Coordinator, path, 403}, {c.Volunteer, path, 403}, {c.NgoLead, path + "&ngo=" + another, 403},
		{c.Officer, path + "&from=yesterday", 200}, {c.Officer, "/register.csv?from=yesterday", 422}, {c.Officer, "/register.csv?language=de", 422},
		{c.Officer, "/register.csv?from=2026-02-02&to=2026-01-01", 422}} {
		if a := served(c.Hub, row.who, csv, row.path); a.Code != row.want {
			t.Errorf("%s: %d, want %d: %s", row.path, a.Code, row.want, a.Body)
		}
	}
	if a := served(c.Hub, c.Officer, csv, "/register.csv?from=yesterday&language=de"); !strings.Contains(a.Body, `"field":"from"`) || !strings.Contains(a.Body, `"field":"language"`) {
		t.Errorf("nobody is told what is wrong: %s", a.Body)
	}
	if a := served(c.Hub, c.Officer, csv, strings.Replace(path, "language=en", "language=ru", 1)); !strings.HasPrefix(a.Body, "\ufeffНомер волонтёра;Волонтёр;") {
		t.Errorf("in Russian: %.80q", a.Body)
	}
	var told []string
	if err := c.DB.Select(&told, `select distinct outcome from audit_entries where action = 'exportRegister' order by 1`); err != nil || !slices.Equal(told, []string{"", "FORBIDDEN"}) {
		t.Errorf("%q, %v", told, err)
	}
}

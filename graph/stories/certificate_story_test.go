package stories

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

	"jastarhub/internal/httpfile"
	"jastarhub/internal/humancode"
	"jastarhub/internal/person"
	"jastarhub/internal/register"
)

const certificateFields = `certificate { id number initials holder from to firstOn lastOn minutes shifts language revokedAt revocation pdfPath
	parts { teamName(lang: RU) ngoName(lang: EN) minutes shifts } availableActions { action allowed reason } }`

// approved returns somebody's two hours of today, which the lead has approved, and the sign-up.
func (c *city) approved(t testing.TB, who *caller) (signup, hours string) {
	t.Helper()
	task, _ := c.task(1, 500*hour)
	shift := c.fromTo(task, time.Now(), 9, 72*hour, 74*hour)
	signup, hours = c.worked(who, shift, time.Now().Add(72*hour), 0, 2*hour)
	c.exec(`update shifts set starts_at = $2, ends_at = $3 where id = $1`, shift, time.Now().Add(-3*hour), time.Now().Add(-hour))
	if codes := c.lead.done("approveHours", vars{"ids": []string{hours}}); !slices.Equal(codes, []string{""}) {
		t.Fatal(codes)
	}
	return signup, hours
}

// days returns the calendar days, in Almaty, that contain the approved hours, whatever the hour is.
func days() (yesterday, today string) {
	now := time.Now().UTC().Add(5 * hour)
	return now.AddDate(0, 0, -1).Format(time.DateOnly), now.Format(time.DateOnly)
}

// TestACertificate: issued over what counts, shown to anyone with its number, and outdated once its hours change.
func TestACertificate(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	from, to := days()
	period := vars{"from": from, "to": to, "language": "EN"}
	c.volunteer.refused("NO_HOURS", "issueCertificate", period)
	_, hours := c.approved(t, c.volunteer)
	day := c.text(`select to_char(starts_at at time zone 'Asia/Almaty', 'YYYY-MM-DD') from hours where id = $1`, hours)
	issued := c.volunteer.do("issueCertificate", period, certificateFields)
	number := issued.str("issueCertificate.certificate.number")
	if !regexp.MustCompile(`^JH-2\d{3}(-[2-9A-Z]{4}){3}$`).MatchString(number) {
		t.Error(number)
	}
	parts := []vars{{"teamName": "Команда Ауэзов", "ngoName": "Clean Almaty", "minutes": 120, "shifts": 1}}
	own := vars{"id": issued.at("issueCertificate.certificate.id"), "number": number, "initials": "V. T.", "holder": "Volunteer Testova", "from": from, "to": to,
		"firstOn": day, "lastOn": day, "minutes": 120, "shifts": 1, "language": "EN", "revokedAt": nil, "revocation": nil,
		"pdfPath": "/certificates/" + number + ".pdf", "parts": parts, "availableActions": []vars{{"action": "REVOKE_CERTIFICATE", "allowed": false, "reason": "NOT_YOUR_CENTRE"}}}
	issued.shows("issueCertificate.certificate", own)

	// Anyone with the number can read what it states, and nothing more about its owner.
	public := `query($number: String!) { ` + strings.ReplaceAll(certificateFields, "certificate {", "certificate(number: $number) {") + ` }`
	own["holder"], own["pdfPath"], own["availableActions"] = nil, nil, []vars{{"action": "REVOKE_CERTIFICATE", "allowed": false, "reason": "UNAUTHENTICATED"}}
	typed := strings.ToLower(strings.ReplaceAll(number, "-", " "))
	c.visitor().must(public, vars{"number": typed}).shows("certificate", own)
	check := "2"
	if strings.HasSuffix(number, check) {
		check = "3"
	}
	for _, wrong := range []string{number[:len(number)-1] + check, "JH", strings.Repeat("2", 50)} {
		if got := c.visitor().ask(public, vars{"number": wrong}).code(); got != "INVALID" {
			t.Errorf("%s: %q", wrong, got)
		}
	}
	if got := c.visitor().ask(`query($number: String!) { certificate(number: $number) { history { totalCount } } }`, vars{"number": number}).code(); got != "FORBIDDEN" {
		t.Errorf("the history by a visitor: %q", got)
	}

	// Its hours change: it is no longer valid, and its owner is told, once.
	if codes := c.lead.done("adjustHours", vars{"rows": []vars{{"id": hours, "minutes": 120}}, "reason": "As it was."}); !slices.Equal(codes, []string{""}) {
		t.Error(codes)
	}
	c.visitor().must(public, vars{"number": number}).shows("certificate.revocation", nil) // as many minutes as before
	c.lead.done("adjustHours", vars{"rows": []vars{{"id": hours, "minutes": 60}}, "reason": "They left early."})
	c.visitor().must(public, vars{"number": number}).shows("certificate.revocation", "HOURS_CHANGED").shows("certificate.minutes", 120)
	c.volunteer.must(`{ viewer { notices { nodes { kind subjectId path text } } certificates { totalCount nodes { number pdfPath history { nodes { verb fromState toState actingAs reasonCode } } } } } }`).
		shows("viewer.notices.nodes.1", vars{"kind": "CERTIFICATE_REVOKED", "subjectId": own["id"], "path": "/certificates/" + number,
			"text": "The certificate " + number + " was revoked: the hours on it have changed since. You can get a new one on the page “My hours and certificates”."}).
		shows("viewer.certificates", vars{"totalCount": 1, "nodes": []vars{{"number": number, "pdfPath": nil, "history": vars{"nodes": []vars{
			{"verb": "ISSUE_CERTIFICATE", "fromState": nil, "toState": "GOOD", "actingAs": "PERSON", "reasonCode": nil},
			{"verb": "REVOKE_CERTIFICATE", "fromState": "GOOD", "toState": "REVOKED", "actingAs": "HUB", "reasonCode": "HOURS_CHANGED"}}}}}})
	c.volunteer.do("issueCertificate", period, "certificate { minutes }").shows("issueCertificate.certificate.minutes", 60)

	for _, in := range []vars{{"from": to, "to": from}, {"from": from, "to": "2199-01-01"}, {"from": "1990-01-01", "to": to}} {
		c.volunteer.refused("INVALID", "issueCertificate", in)
	}
	c.volunteer.refused("NOT_FOUND", "issueCertificate", vars{"from": from, "to": to, "teamId": c.ngo})
	c.volunteer.do("issueCertificate", vars{"from": from, "to": to, "teamId": c.team}, "certificate { shifts language }").
		shows("issueCertificate.certificate", vars{"shifts": 1, "language": "KK"})
}

// TestTakingACertificateBack: by officers, and by the centre that all of it is from; it ends with its owner's account too.
func TestTakingACertificateBack(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	from, to := days()
	signup, _ := c.approved(t, c.volunteer)
	issue := func() string {
		return c.volunteer.do("issueCertificate", vars{"from": from, "to": to}, "certificate { number }").str("issueCertificate.certificate.number")
	}
	first, second, third := issue(), issue(), issue()
	in := vars{"number": strings.ToLower(first), "reason": "Issued by mistake."}
	for who, want := range map[*caller]string{c.visitor(): "UNAUTHENTICATED", c.volunteer: "NOT_YOUR_CENTRE", c.lead: "NOT_YOUR_CENTRE"} {
		who.refused(want, "revokeCertificate", in)
	}
	c.coordinator.refused("NOT_FOUND", "revokeCertificate", vars{"number": "JH20262222222222" + "2" + string(humancode.Check("202622222222222")), "reason": "Nothing."})
	c.coordinator.do("revokeCertificate", in, "certificate { revocation history { nodes { verb actingAs words } } }").
		shows("revokeCertificate.certificate", vars{"revocation": "TAKEN_BACK", "history": vars{"nodes": []vars{
			{"verb": "ISSUE_CERTIFICATE", "actingAs": "PERSON", "words": nil}, {"verb": "REVOKE_CERTIFICATE", "actingAs": "COORDINATOR", "words": "Issued by mistake."}}}})
	c.coordinator.refused("WRONG_STATE", "revokeCertificate", in)
	c.officer.do("revokeCertificate", vars{"number": second, "reason": "Issued by mistake."}, "certificate { revocation }")
	c.volunteer.must(`{ viewer { notices { nodes { kind text } } } }`).
		shows("viewer.notices.nodes.0", vars{"kind": "CERTIFICATE_REVOKED", "text": "The certificate " + second + " was revoked: Issued by mistake."})

	c.volunteer.erase()
	c.visitor().must(`query($number: String!) { certificate(number: $number) { revocation initials minutes } }`, vars{"number": third}).
		shows("certificate", vars{"revocation": "ACCOUNT_DELETED", "initials": nil, "minutes": 120})
	if n := c.count(`select count(*) from hours where signup_id = $1 and state = 'APPROVED'`, signup); n != 1 {
		t.Error("the city's figures were erased with the account")
	}
}

// file is a downloaded file, or the refusal, with the browser's session.
type file struct {
	Code   int
	Header http.Header
	Body   string
}

func (h *hub) file(who *caller, from, path string) file {
	h.t.Helper()
	request, err := http.NewRequest(http.MethodGet, from+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	if who.token != "" {
		request.AddCookie(&http.Cookie{Name: "jastar", Value: who.token})
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return file{answer.StatusCode, answer.Header, string(text)}
}

func (h *hub) files(name string, write func(context.Context, http.ResponseWriter, *http.Request, person.Visit) error) (url string) {
	h.t.Helper()
	server := httptest.NewServer(httpfile.New(httpfile.Handler{Name: name, AtOnce: 4, Log: slog.New(slog.NewTextHandler(h.log, nil)), Write: write,
		Visit: func(r *http.Request, name string, now time.Time) (person.Visit, error) {
			return h.r.Visit(r, name, "story-request", now)
		}}))
	h.t.Cleanup(server.Close)
	return server.URL
}

// TestThePrintedCertificate is for its owner only, while it is valid.
func TestThePrintedCertificate(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	from, to := days()
	_, hours := c.approved(t, c.volunteer)
	number := c.volunteer.do("issueCertificate", vars{"from": from, "to": to}, "certificate { number }").str("issueCertificate.certificate.number")
	printed, path := c.files("printCertificate", c.r.Certificates.Serve("https://hub.example")), "/certificates/"+number+".pdf"
	a := c.file(c.volunteer, printed, path)
	if a.Code != http.StatusOK || !strings.HasPrefix(a.Body, "%PDF-") || a.Header.Get("Content-Type") != "application/pdf" ||
		!strings.Contains(a.Header.Get("Content-Disposition"), number+".pdf") {
		t.Errorf("%d %v", a.Code, a.Header)
	}
	for who, want := range map[*caller]int{c.visitor(): 401, c.other: 404, c.officer: 404} {
		if a := c.file(who, printed, path); a.Code != want {
			t.Errorf("%d, want %d", a.Code, want)
		}
	}
	if a := c.file(c.volunteer, printed, "/certificates/nothing.pdf"); a.Code != 404 {
		t.Error(a.Code)
	}
	c.lead.done("rejectHours", vars{"ids": []string{hours}, "reason": "A mistake."})
	if a := c.file(c.volunteer, printed, path); a.Code != 409 || !strings.Contains(a.Body, "WRONG_STATE") {
		t.Error(a.Code, a.Body)
	}
}

// TestTheRegister: who gets it, what it contains, and who is not named in it.
func TestTheRegister(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	_, hours := c.approved(t, c.volunteer) // a 16-year-old
	c.approved(t, c.other)
	c.exec(`update tasks set title = '=HYPERLINK("http://evil.example")', place = 'Парк, "қақпа"', min_age = 14 where id = (select task_id from hours where id = $1)`, hours)
	csv := c.files("exportRegister", (&register.Service{DB: c.db, People: c.r.People}).Serve)
	from, to := days()
	path := "/register.csv?language=en&from=" + from + "&to=" + to
	a := c.file(c.officer, csv, path)
	lines := strings.Split(strings.TrimPrefix(a.Body, "\ufeff"), "\r\n")
	if a.Code != http.StatusOK || len(lines) != 4 || !strings.HasPrefix(a.Body, "\ufeffVolunteer number,Volunteer,Age group,") {
		t.Fatalf("%d %q", a.Code, a.Body)
	}
	for i, want := range []string{c.volunteer.id + `,Volunteer T.,16–17,Clean Almaty,,Команда Ауэзов,"'=HYPERLINK(""http://evil.example"")",Auezov District,"Парк, ""қақпа""",`,
		c.other.id + `,Other Testova,18–24,Clean Almaty,,Команда Ауэзов,Арық тазалау,Auezov District,,`} {
		if !slices.ContainsFunc(lines, func(line string) bool { return strings.HasPrefix(line, want) && strings.Contains(line, ",120,") }) {
			t.Errorf("%d: no %s in %q", i, want, lines)
		}
	}
	if a := c.file(c.ngoLead, csv, path); a.Code != 200 || strings.Count(a.Body, "\r\n") != 3 {
		t.Errorf("the NGO's own: %d %s", a.Code, a.Body)
	}
	another := c.officer.do("createNgo", vars{"name": vars{"en": "Another"}, "focus": "SPORT"}, "ngo { id }").str("createNgo.ngo.id")
	if a := c.file(c.officer, csv, path+"&ngo="+another); a.Code != 200 || strings.Count(a.Body, "\r\n") != 1 {
		t.Errorf("another's: %d %s", a.Code, a.Body)
	}
	for _, row := range []struct {
		who  *caller
		path string
		want int
	}{{c.visitor(), path, 401}, {c.lead, path, 403}, {c.coordinator, path, 403}, {c.volunteer, path, 403}, {c.ngoLead, path + "&ngo=" + another, 403},
		{c.officer, path + "&from=yesterday", 200}, {c.officer, "/register.csv?from=yesterday", 422}, {c.officer, "/register.csv?language=de", 422},
		{c.officer, "/register.csv?from=2026-02-02&to=2026-01-01", 422}} {
		if a := c.file(row.who, csv, row.path); a.Code != row.want {
			t.Errorf("%s: %d, want %d: %s", row.path, a.Code, row.want, a.Body)
		}
	}
	if a := c.file(c.officer, csv, "/register.csv?from=yesterday&language=de"); !strings.Contains(a.Body, `"field":"from"`) || !strings.Contains(a.Body, `"field":"language"`) {
		t.Errorf("nobody is told what is wrong: %s", a.Body)
	}
	if a := c.file(c.officer, csv, strings.Replace(path, "language=en", "language=ru", 1)); !strings.HasPrefix(a.Body, "\ufeffНомер волонтёра;Волонтёр;") {
		t.Errorf("in Russian: %.80q", a.Body)
	}
	var told []string
	if err := c.db.Select(&told, `select distinct outcome from audit_entries where action = 'exportRegister' order by 1`); err != nil || !slices.Equal(told, []string{"", "FORBIDDEN"}) {
		t.Errorf("%q, %v", told, err)
	}
}

// Package stories tests, over HTTP and on a real PostgreSQL, what people do with the hub.
package stories

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/jmoiron/sqlx"

	"jastarhub/graph"
	"jastarhub/internal/grant"
	"jastarhub/internal/live"
	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/postgrestest"
	"jastarhub/internal/reference"
	"jastarhub/migrations"
)

var template = postgrestest.Template{Prepare: func(ctx context.Context, url string) error {
	if err := postgres.Migrate(ctx, url, migrations.FS, slog.New(slog.DiscardHandler)); err != nil {
		return err
	}
	db, err := postgres.Open(ctx, url, postgres.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return reference.Load(ctx, db)
}}

// hub is a hub on a database of its own, with the reference data but without people.
type hub struct {
	t   testing.TB
	db  *postgres.DB
	r   *graph.Resolver
	url string
	log *bytes.Buffer
	on  string // the database's URL

	broker *live.Broker // tells nobody anything until listen is called

	clock atomic.Pointer[time.Time] // nil is the real time
}

func newHub(t testing.TB) *hub {
	t.Helper()
	return newHubOn(t, template.New(t))
}

// newHubOn returns one more hub on a database, with settings that some tests change.
func newHubOn(t testing.TB, database string, change ...func(*graph.Options)) *hub {
	t.Helper()
	db, err := postgres.Open(t.Context(), database, postgres.Options{MaxConns: 16})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	h := &hub{t: t, db: db, r: graph.NewResolver(db), log: &bytes.Buffer{}, on: database}
	h.r.People.Key, h.r.Notices.Key, h.r.Signups.Key = key, key, key
	h.r.People.Hashing = &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32} // because stories make thousands of accounts
	h.broker = h.r.Broker(slog.New(slog.DiscardHandler))
	h.r.Photos.Bucket = bucket(t, "mem://", "")
	options := graph.Options{
		Schema: h.r.Schema(), Fields: h.r.Levels(), Authenticate: h.r.People.Authenticate, Live: h.broker, Log: slog.New(slog.NewTextHandler(h.log, nil)),
		Introspection: true, InFlight: 32, Unmetered: true, Now: h.present, RequestID: func(context.Context) string { return "story-request" },
	}
	for _, c := range change {
		c(&options)
	}
	server := httptest.NewServer(counted(graph.New(options)))
	t.Cleanup(server.Close)
	h.url = server.URL
	return h
}

// caller is somebody who uses the hub; a caller with an empty token is a visitor.
type caller struct {
	h     *hub
	id    string
	token string
	key   string // sent as the idempotency key

	device string // the cookie of the devices on which accounts were signed in to
}

func (h *hub) visitor() *caller { return &caller{h: h} }

const password = "correct horse battery"

// person makes an account with a verified address for somebody of an age, and signs in.
func (h *hub) person(name string, age int) *caller {
	h.t.Helper()
	c := h.unverified(name, age)
	h.exec(`with used as (update account_tokens set used_at = now() where person_id = $1)
		update people set email_verified_at = created_at where id = $1`, c.id)
	return c
}

// unverified makes an account for somebody of an age, and signs in; nobody has used the emailed link.
func (h *hub) unverified(name string, age int) *caller {
	h.t.Helper()
	c := h.visitor()
	born := time.Now().AddDate(-age, 0, -30).Format(time.DateOnly)
	a := c.must(`mutation($in: RegisterInput!) { register(input: $in) { token person { id } } }`, vars{"in": vars{
		"email": email(name), "password": password, "givenName": name, "familyName": "Testova",
		"birthDate": born, "language": "EN"}})
	c.token, c.id = a.str("register.token"), a.str("register.person.id")
	return c
}

// granted returns a person with a role: `COORDINATOR AUEZOV-1`, `NGO_LEAD <id>` or `CITY_OFFICER`.
func (h *hub) granted(name, role string) *caller {
	h.t.Helper()
	c := h.person(name, 30)
	what, scope, _ := strings.Cut(role, " ")
	if err := h.r.Grants.GiveTo(context.Background(), email(name), grant.Role(what), scope, time.Now()); err != nil {
		h.t.Fatal(err)
	}
	return c.signIn(password) // the grant ended the session
}

// email returns the address of a person of the stories.
func email(name string) string { return strings.ToLower(name) + "@example.org" }

// signIn begins a new session, with a second factor if the person holds a role that needs one.
func (c *caller) signIn(password string) *caller {
	c.h.t.Helper()
	in := vars{"email": c.h.text(`select email from people where id = $1`, c.id), "password": password}
	if c.h.count(`select count(*) from grants where person_id = $1 and ended_at is null and role <> 'NGO_LEAD'`, c.id) > 0 {
		c.h.putFactor(c)
		in["code"] = c.h.codeOf(factorSecret)
	}
	c.token = c.h.visitor().do("signIn", in, "token").str("signIn.token")
	return c
}

type vars = map[string]any

// answer is a GraphQL answer.
type answer struct {
	t       testing.TB
	Status  int
	Header  http.Header
	Data    map[string]any
	Errors  []graphError
	rawBody string
}

type graphError struct {
	Message    string
	Path       []any
	Extensions struct{ Code, Field, ID string }
}

// ask sends a document.
func (c *caller) ask(query string, variables ...vars) *answer {
	c.h.t.Helper()
	body := vars{"query": query}
	if len(variables) > 0 {
		body["variables"] = variables[0]
	}
	text, err := json.Marshal(body)
	if err != nil {
		c.h.t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, c.h.url, bytes.NewReader(text))
	if err != nil {
		c.h.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.key != "" {
		request.Header.Set("Idempotency-Key", c.key)
	}
	if c.device != "" {
		request.AddCookie(&http.Cookie{Name: "jastar-device", Value: c.device})
	}
	a := c.h.answer(request)
	for _, e := range a.Errors {
		if e.Extensions.Code == "INTERNAL" {
			c.h.t.Errorf("INTERNAL for %.300s\n%s", query, c.h.log)
		}
	}
	return a
}

// answer sends a request.
func (h *hub) answer(request *http.Request) *answer {
	h.t.Helper()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	a := &answer{t: h.t, Status: response.StatusCode, Header: response.Header}
	var raw bytes.Buffer
	if _, err := raw.ReadFrom(response.Body); err != nil {
		h.t.Fatal(err)
	}
	a.rawBody = raw.String()
	if err := json.Unmarshal(raw.Bytes(), &struct {
		Data   *map[string]any
		Errors *[]graphError
	}{&a.Data, &a.Errors}); err != nil {
		h.t.Fatalf("%v in %s", err, a.rawBody)
	}
	return a
}

// must asks and expects no errors.
func (c *caller) must(query string, variables ...vars) *answer {
	c.h.t.Helper()
	a := c.ask(query, variables...)
	if len(a.Errors) > 0 {
		c.h.t.Fatalf("%.400s\n%v: %s", query, variables, a.rawBody)
	}
	return a
}

// do runs a mutation with one input and expects no errors; payload is what to select.
func (c *caller) do(mutation string, input vars, payload string) *answer {
	c.h.t.Helper()
	return c.must(document(mutation, payload), vars{"in": input})
}

// refused runs a mutation and expects the code in its first error.
func (c *caller) refused(code, mutation string, input vars) *answer {
	c.h.t.Helper()
	a := c.ask(document(mutation, "__typename"), vars{"in": input})
	if got := a.code(); got != code {
		c.h.t.Errorf("%s %v: %s; want %s: %s", mutation, input, got, code, a.rawBody)
	}
	if !documented(mutation, code) {
		c.h.t.Errorf("the schema does not say that %s answers %s", mutation, code)
	}
	return a
}

func document(mutation, payload string) string {
	return fmt.Sprintf("mutation($in: %s%sInput!) { %s(input: $in) { %s } }",
		strings.ToUpper(mutation[:1]), mutation[1:], mutation, payload)
}

// code returns the code of the first error, "" if there is none.
func (a *answer) code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Extensions.Code
}

// at follows a path such as "task.shifts.nodes.0.id".
func (a *answer) at(path string) any {
	a.t.Helper()
	var v any = a.Data
	for part := range strings.SplitSeq(path, ".") {
		switch held := v.(type) {
		case map[string]any:
			v = held[part]
		case []any:
			var i int
			if _, err := fmt.Sscan(part, &i); err != nil || i >= len(held) {
				a.t.Fatalf("no %s in %s", path, a.rawBody)
			}
			v = held[i]
		default:
			a.t.Fatalf("no %s in %s", path, a.rawBody)
		}
	}
	return v
}

func (a *answer) str(path string) string {
	a.t.Helper()
	s, ok := a.at(path).(string)
	if !ok {
		a.t.Fatalf("%s is no text in %s", path, a.rawBody)
	}
	return s
}

// shows compares one value of the answer, written as JSON.
func (a *answer) shows(path string, want any) *answer {
	a.t.Helper()
	got, err := json.Marshal(a.at(path))
	if err != nil {
		a.t.Fatal(err)
	}
	wanted, err := json.Marshal(want)
	if err != nil {
		a.t.Fatal(err)
	}
	if !bytes.Equal(got, wanted) {
		a.t.Errorf("%s: %s; want %s in %s", path, got, wanted, a.rawBody)
	}
	return a
}

// exec changes rows without the hub: it lets time pass by making them older.
func (h *hub) exec(statement string, args ...any) {
	h.t.Helper()
	if err := h.db.Tx(context.Background(), func(tx *sqlx.Tx) error {
		_, err := tx.Exec(statement, args...)
		return err
	}); err != nil {
		h.t.Fatalf("%s: %v", statement, err)
	}
}

// count runs a statement that returns one number.
func (h *hub) count(statement string, args ...any) (n int) {
	h.t.Helper()
	if err := h.db.Get(&n, statement, args...); err != nil {
		h.t.Fatalf("%s: %v", statement, err)
	}
	return n
}

func (h *hub) centre(code string) (id string) {
	h.t.Helper()
	if err := h.db.Get(&id, `select id from centres where code = $1`, code); err != nil {
		h.t.Fatal(err)
	}
	return id
}

func (h *hub) district(code string) (id string) {
	h.t.Helper()
	if err := h.db.Get(&id, `select id from districts where code = $1`, code); err != nil {
		h.t.Fatal(err)
	}
	return id
}

// city is a hub with an NGO, its team at AUEZOV-1, and one person for each role.
type city struct {
	*hub
	officer, coordinator, ngoLead, lead, volunteer, other *caller
	ngo, team                                             string
}

func newCity(t testing.TB) *city {
	t.Helper()
	c := &city{hub: newHub(t)}
	c.officer = c.granted("Officer", "CITY_OFFICER")
	c.coordinator = c.granted("Coordinator", "COORDINATOR AUEZOV-1")
	c.ngo = c.officer.do("createNgo", vars{"name": vars{"kk": "Таза Алматы", "en": "Clean Almaty"}, "focus": "ECOLOGICAL"},
		"ngo { id }").str("createNgo.ngo.id")
	c.officer.do("setNgoState", vars{"id": c.ngo, "state": "ACTIVE"}, "ngo { state }")
	c.ngoLead = c.granted("Ngolead", "NGO_LEAD "+c.ngo)
	c.team = c.ngoLead.do("createTeam", vars{"ngoId": c.ngo, "centreId": c.centre("AUEZOV-1"), "name": vars{"ru": "Команда Ауэзов"}},
		"team { id }").str("createTeam.team.id")
	c.lead, c.volunteer, c.other = c.person("Lead", 25), c.person("Volunteer", 16), c.person("Other", 19)
	c.join(c.lead, "LEAD")
	return c
}

// join brings a person into the team.
func (c *city) join(who *caller, role string) (membership string) {
	c.t.Helper()
	membership = who.do("requestMembership", vars{"teamId": c.team}, "membership { id }").str("requestMembership.membership.id")
	c.ngoLead.do("answerMembership", vars{"id": membership, "accept": true}, "membership { state }")
	if role == "LEAD" {
		c.ngoLead.do("setMemberRole", vars{"id": membership, "role": "LEAD"}, "membership { role }")
	}
	return membership
}

// task creates a task with one shift that has some seats, begins after a time and lasts two hours, and opens it.
func (c *city) task(seats int, in time.Duration) (task, shift string) {
	c.t.Helper()
	a := c.lead.do("createTask", vars{"teamId": c.team, "title": "Арық тазалау", "description": "Қолғап пен су алып келіңіз.",
		"shifts": []vars{c.newShift(seats, in)}}, "task { id shifts { nodes { id } } }")
	task, shift = a.str("createTask.task.id"), a.str("createTask.task.shifts.nodes.0.id")
	c.lead.do("openTask", vars{"id": task}, "task { state }").shows("openTask.task.state", "OPEN")
	return task, shift
}

func (c *city) newShift(seats int, in time.Duration) vars {
	starts := time.Now().Add(in)
	return vars{"startsAt": starts.Format(time.RFC3339), "endsAt": starts.Add(2 * time.Hour).Format(time.RFC3339), "capacity": seats}
}

// signUp signs somebody up and returns the sign-up.
func (c *city) signUp(who *caller, shift string) (signup, state string) {
	c.t.Helper()
	a := who.do("signUp", vars{"shiftId": shift}, "signup { id state }")
	return a.str("signUp.signup.id"), a.str("signUp.signup.state")
}

// age moves a shift, and everything recorded about it, into the past.
func (c *city) age(shift string, by time.Duration) {
	c.t.Helper()
	err := c.db.Tx(context.Background(), func(tx *sqlx.Tx) error { // the shift's lock comes first, as in the hub
		_, err := tx.Exec(`update shifts set starts_at = starts_at - make_interval(secs => $2), ends_at = ends_at - make_interval(secs => $2)
			where id = $1`, shift, by.Seconds())
		if err == nil {
			_, err = tx.Exec(`update signups set offer_expires_at = offer_expires_at - make_interval(secs => $2) where shift_id = $1`,
				shift, by.Seconds())
		}
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// tick lets the background worker do its jobs once.
func (c *city) tick() {
	c.t.Helper()
	if err := c.r.Signups.Tidy(context.Background(), time.Now()); err != nil {
		c.t.Fatal(err)
	}
	if err := c.r.Tasks.BeginShifts(context.Background(), time.Now()); err != nil {
		c.t.Fatal(err)
	}
	if _, err := c.r.Memberships.ExpireDue(context.Background(), time.Now(), 100); err != nil {
		c.t.Fatal(err)
	}
}

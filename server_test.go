package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/postgrestest"
)

// TestMain lets the test binary act as the hub, so that the tests run it in a process of its own.
func TestMain(m *testing.M) {
	if os.Getenv("BE_THE_HUB") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// process is a running `hub serve`.
type process struct {
	t    *testing.T
	cmd  *exec.Cmd
	url  string
	rest chan string // the rest of its output, once it has ended
}

func run(t *testing.T, env []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), append([]string{"BE_THE_HUB=1", "HUB_ADDR=127.0.0.1:0", "HUB_ENV=production", "HUB_DATA_DIR=" + t.TempDir(),
		"HUB_STOP_DELAY=0s", sealing(0)}, env...)...)
	return cmd
}

// serve starts a hub and waits until it says where it serves.
func serve(t *testing.T, env ...string) *process {
	t.Helper()
	p := &process{t: t, cmd: run(t, env, "serve"), rest: make(chan string, 1)}
	log, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill(); _ = p.cmd.Wait() })
	var said strings.Builder
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		said.WriteString(lines.Text() + "\n")
		var line struct{ Msg, URL string }
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "serving" {
			p.url = line.URL
			go func() {
				var rest strings.Builder
				for lines.Scan() {
					rest.WriteString(lines.Text() + "\n")
				}
				p.rest <- rest.String()
			}()
			return p
		}
	}
	t.Fatalf("the hub ended:\n%s", said.String())
	return nil
}

// try sends a document, under an idempotency key if there is one, and decodes the answer's data.
func (p *process) try(token, key, query string, data any) error {
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		return err
	}
	request, err := http.NewRequest(http.MethodPost, p.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if key != "" {
		request.Header.Set("Idempotency-Key", key)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	answer := struct{ Data, Errors json.RawMessage }{}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || answer.Errors != nil {
		return fmt.Errorf("%s: %v %s", query, err, answer.Errors)
	}
	return json.Unmarshal(answer.Data, data)
}

// ask sends a document once.
func (p *process) ask(token, query string, data any) {
	p.t.Helper()
	if err := p.try(token, "", query, data); err != nil {
		p.t.Error(err)
	}
}

// patiently repeats a mutation with the same key while the hub is busy, as clients do.
func (p *process) patiently(token, mutation string, data any) {
	p.t.Helper()
	key := uuid.NewString()
	for left := 20; ; left-- {
		err := p.try(token, key, mutation, data)
		if err == nil {
			return
		}
		if left == 0 || !strings.Contains(err.Error(), `"TIMEOUT"`) && !strings.Contains(err.Error(), `"BUSY"`) && !strings.Contains(err.Error(), `"CONFLICT"`) {
			p.t.Error(err)
			return
		}
	}
}

const ainur = `email: "ainur@example.org", password: "correct horse battery"`

func (p *process) signIn() {
	p.t.Helper()
	var data struct{ SignIn struct{ Token string } }
	p.ask("", `mutation { signIn(input: {`+ainur+`}) { token } }`, &data)
	if data.SignIn.Token == "" {
		p.t.Error("no token")
	}
}

// TestKilledHub: a hub that is killed leaves no PostgreSQL behind, and starts again on the same data.
func TestKilledHub(t *testing.T) {
	t.Parallel()
	folder, err := os.MkdirTemp("", "hub-killed-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	first := serve(t, "HUB_DATA_DIR="+folder, "HUB_DATABASE_URL=")
	first.ask("", `mutation { register(input: {`+ainur+`, givenName: "Айнұр", familyName: "Сынақова", birthDate: "2001-02-03"})
		{ token } }`, &struct{}{})
	if err := first.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.cmd.Wait()
	for left := 100; len(postgresOn(t, folder)) > 0; left-- {
		if left == 0 {
			t.Fatalf("left behind: %v", postgresOn(t, folder))
		}
		time.Sleep(50 * time.Millisecond)
	}

	second := serve(t, "HUB_DATA_DIR="+folder, "HUB_DATABASE_URL=")
	second.signIn()
	if err := second.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := second.cmd.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v", err)
	}
	if left := postgresOn(t, folder); len(left) > 0 {
		t.Errorf("left behind after SIGTERM: %v", left)
	}
}

// postgresOn finds the processes whose command line names the folder.
func postgresOn(t *testing.T, folder string) (found []string) {
	t.Helper()
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		if text, err := os.ReadFile(line); err == nil && strings.Contains(string(text), folder) {
			found = append(found, strings.ReplaceAll(string(text), "\x00", " "))
		}
	}
	return found
}

var empty postgrestest.Template

// migrated returns a database of the test's own that hubs can serve from.
func migrated(t *testing.T) (url string, db *postgres.DB) {
	t.Helper()
	url = empty.New(t)
	if out, err := run(t, []string{"HUB_DATABASE_URL=" + url}, "migrate").CombinedOutput(); err != nil {
		t.Fatalf("migrate: %v\n%s", err, out)
	}
	db, err := postgres.Open(context.Background(), url, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return url, db
}

// TestTwoHubs: two processes on one database share seats and the waiting list as one would.
func TestTwoHubs(t *testing.T) {
	t.Parallel()
	url, db := migrated(t)
	hubs := []*process{serve(t, "HUB_DATABASE_URL="+url, sealing(1)), serve(t, "HUB_DATABASE_URL="+url, sealing(1))}
	const people, seats = 60, 10
	shift, tokens := crowd(t, db, people, seats)

	signups := make([]string, people)
	everyone(people, func(i int) {
		var data struct {
			SignUp struct{ Signup struct{ ID string } }
		}
		hubs[i%2].patiently(tokens[i], fmt.Sprintf(`mutation { signUp(input: {shiftId: %q}) { signup { id } } }`, shift), &data)
		signups[i] = data.SignUp.Signup.ID
	})
	states(t, db, map[string]int{"CONFIRMED": seats, "WAITLISTED": people - seats})

	var confirmed []string
	if err := db.Select(&confirmed, `select id from signups where state = 'CONFIRMED' limit 5`); err != nil {
		t.Fatal(err)
	}
	owner := map[string]string{}
	for i, id := range signups {
		owner[id] = tokens[i]
	}
	everyone(len(confirmed), func(i int) {
		hubs[i%2].patiently(owner[confirmed[i]], fmt.Sprintf(`mutation { cancelSignup(input: {id: %q}) { signup { id } } }`, confirmed[i]), &struct{}{})
	})
	states(t, db, map[string]int{"CONFIRMED": seats - 5, "CANCELLED": 5, "OFFERED": 5, "WAITLISTED": people - seats - 5})
	var ordered bool
	if err := db.Get(&ordered, `select max(line) filter (where state = 'OFFERED') < min(line) filter (where state = 'WAITLISTED')
		from signups`); err != nil || !ordered {
		t.Errorf("the first in line were not the ones offered: %v", err)
	}

	// All offers expire: the workers of both processes pass them on.
	if _, err := db.Exec(`update signups set offer_expires_at = now() - interval '1 second' where state = 'OFFERED'`); err != nil {
		t.Fatal(err)
	}
	for left := 300; count(t, db, `select count(*) from signups where state = 'EXPIRED'`) < 5 && left > 0; left-- {
		time.Sleep(50 * time.Millisecond)
	}
	states(t, db, map[string]int{"CONFIRMED": seats - 5, "CANCELLED": 5, "EXPIRED": 5, "OFFERED": 5, "WAITLISTED": people - seats - 10})
}

// TestProviderThatIsAway: a hub starts and works without its OpenID provider; if none is set, there is no sign-in through one.
func TestProviderThatIsAway(t *testing.T) {
	t.Parallel()
	url := empty.New(t)
	if out, err := run(t, []string{"HUB_DATABASE_URL=" + url}, "migrate").CombinedOutput(); err != nil {
		t.Fatalf("migrate: %v\n%s", err, out)
	}
	if out, err := run(t, []string{"HUB_DATABASE_URL=" + url, "HUB_OIDC_ISSUER=id.example"}, "migrate").CombinedOutput(); err == nil {
		t.Errorf("an issuer that is no address: %s", out)
	}
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for issuer, want := range map[string]string{"": "404 ", "http://127.0.0.1:1": "303 https://hub.example/sign-in#error=PROVIDER_DOWN"} {
		p := serve(t, "HUB_DATABASE_URL="+url, "HUB_OIDC_ISSUER="+issuer, "HUB_OIDC_CLIENT_ID="+issuer, "HUB_PUBLIC_URL=https://hub.example")
		response, err := browser.Get(p.url + "/oidc/start")
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if got := fmt.Sprint(response.StatusCode, " ", response.Header.Get("Location")); got != want {
			t.Errorf("the issuer %q: %s, want %s", issuer, got, want)
		}
		p.ask("", `{ viewer { id } }`, &struct{}{})
	}
}

func everyone(n int, do func(i int)) {
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { do(i) })
	}
	all.Wait()
}

func count(t *testing.T, db *postgres.DB, statement string, args ...any) (n int) {
	t.Helper()
	if err := db.Get(&n, statement, args...); err != nil {
		t.Fatal(err)
	}
	return n
}

func states(t *testing.T, db *postgres.DB, want map[string]int) {
	t.Helper()
	for state, n := range want {
		if got := count(t, db, `select count(*) from signups where state = $1::signup_state`, state); got != n {
			t.Errorf("%d are %s, want %d", got, state, n)
		}
	}
}

// crowd makes an open task with one shift, and signed-in people.
func crowd(t *testing.T, db *postgres.DB, people, seats int) (shift string, tokens []string) {
	t.Helper()
	must := func(statement string, args ...any) {
		t.Helper()
		if _, err := db.ExecContext(context.Background(), statement, args...); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	for i := range people {
		id, secret := uuid.New(), sha256.Sum256([]byte{byte(i)})
		hash := sha256.Sum256(secret[:])
		must(`insert into people (id, email, password_hash, given_name, family_name, birth_date, language, created_at, email_verified_at)
			values ($1, $2, '!', 'Айнұр', 'Сынақова', '2001-02-03', 'KK', now(), now())`, id, fmt.Sprintf("p%d@example.org", i))
		must(`insert into sessions (id, token_hash, person_id, created_at, last_seen_at) values ($1, $2, $3, now(), now())`,
			uuid.New(), hash[:], id)
		tokens = append(tokens, base64.RawURLEncoding.EncodeToString(secret[:]))
	}
	ngo, team, task, on := uuid.New(), uuid.New(), uuid.New(), uuid.New()
	must(`insert into ngos (id, name_kk, name_ru, name_en, language, focus, state, created_at)
		values ($1, '', '', 'NGO', 'EN', 'ECOLOGICAL', 'ACTIVE', now())`, ngo)
	must(`insert into teams (id, ngo_id, name_kk, name_ru, name_en, language, created_at) values ($1, $2, '', '', 'Team', 'EN', now())`, team, ngo)
	must(`insert into tasks (id, team_id, ngo_id, centre_id, district_id, title, description, language, state, created_by, created_at, updated_at)
		select $1, $2, $3, c.id, c.district_id, 'Арық тазалау', 'Қолғап алып келіңіз.', 'KK', 'OPEN', p.id, now(), now()
		from centres c, people p where c.code = 'AUEZOV-1' limit 1`, task, team, ngo)
	must(`insert into shifts (id, task_id, starts_at, ends_at, capacity, state, created_at)
		values ($1, $2, now() + interval '3 days', now() + interval '3 days 2 hours', $3, 'PLANNED', now())`, on, task, seats)
	return on.String(), tokens
}

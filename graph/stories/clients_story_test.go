package stories

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/Khan/genqlient/generate"
	"github.com/Khan/genqlient/graphql"
	"github.com/vektah/gqlparser/v2/formatter"

	"jastarhub/graph/clients/genqlient"
)

const clients = "../clients"

// needNode leaves a test out where the npm packages of the clients are not installed.
func needNode(t *testing.T) {
	t.Helper()
	_, noNode := exec.LookPath("node")
	if _, err := os.Stat(clients + "/node_modules/relay-compiler"); err != nil || noNode != nil {
		t.Skip("Public GraphQL clients are left out: install Node 20 or newer with npm, and run make test.")
	}
}

// script runs a script with a public client, and expects every check of it to hold.
func script(t *testing.T, name string, checks int, environment ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "node", name)
	cmd.Dir, cmd.Env = clients, append(os.Environ(), environment...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != checks {
		t.Errorf("%d checks, want %d", len(lines), checks)
	}
	for _, line := range lines {
		if !strings.HasSuffix(line, " ok") {
			t.Error(line)
		}
	}
}

func TestApolloClient(t *testing.T) {
	t.Parallel()
	needNode(t)
	c := newCity(t)
	c.task(3, 72*time.Hour)
	_, shift := c.task(3, 120*time.Hour)
	c.person("reader", 20)
	script(t, "apollo.mjs", 5, "HUB="+c.url, "EMAIL="+email("reader"), "PASSWORD="+password, "SHIFT="+shift)
}

// A client of graphql-sse sends again what is answered in any other way than its own.
func TestGraphQLSSEClient(t *testing.T) {
	t.Parallel()
	needNode(t)
	c := newCity(t)
	c.listen()
	task, _ := c.task(3, 72*time.Hour)
	reader := c.person("reader", 20)
	before := c.count(`select count(*) from sessions where person_id = $1`, reader.id)
	script(t, "sse.mjs", 7, "HUB="+c.url, "EMAIL="+email("reader"), "PASSWORD="+password, "TASK="+task)
	if got := c.count(`select count(*) from sessions where person_id = $1`, reader.id) - before; got != 1 {
		t.Errorf("one signIn made %d sessions", got)
	}
}

func TestRelayCompiler(t *testing.T) {
	t.Parallel()
	needNode(t)
	folder := t.TempDir()
	var schema strings.Builder
	formatter.NewFormatter(&schema).FormatSchema(theSchema())
	board, err := os.ReadFile(clients + "/relay/board.js")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"schema.graphql": schema.String(), "src/board.js": string(board),
		"relay.config.json": `{"src": "./src", "schema": "./schema.graphql", "language": "javascript", "eagerEsModules": true}`} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	compiler, err := filepath.Abs(clients + "/node_modules/relay-compiler/cli.js")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", compiler, "relay.config.json")
	cmd.Dir = folder
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	made, err := filepath.Glob(folder + "/src/__generated__/*.graphql.js")
	if err != nil || len(made) != 9 {
		t.Errorf("made %d files: %v %v", len(made), made, err)
	}
}

// The code that genqlient makes is checked in and used; when the schema changes it is made anew:
// go run github.com/Khan/genqlient graph/clients/genqlient/genqlient.yaml.
func TestGenqlient(t *testing.T) {
	t.Parallel()
	config, err := generate.ReadAndValidateConfig(clients + "/genqlient/genqlient.yaml")
	if err != nil {
		t.Fatal(err)
	}
	made, err := generate.Generate(config)
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range made {
		kept, err := os.ReadFile(path)
		if err != nil || string(kept) != string(text) {
			t.Errorf("%s is not what genqlient makes of the schema now: %v", path, err)
		}
	}
	c := newCity(t)
	c.task(3, 72*time.Hour)
	_, shift := c.task(3, 120*time.Hour)
	c.person("reader", 20)
	visitor := graphql.NewClient(c.url, nil)
	session, err := genqlient.SignIn(t.Context(), visitor, email("reader"), password)
	if err != nil {
		t.Fatal(err)
	}
	reader := graphql.NewClient(c.url, &http.Client{Transport: bearer(session.SignIn.Token)})
	page, err := genqlient.Tasks(t.Context(), reader, 1, "")
	if err != nil || len(page.Tasks.Nodes) != 1 || !page.Tasks.PageInfo.HasNextPage {
		t.Fatalf("the first page: %+v %v", page, err)
	}
	next, err := genqlient.Tasks(t.Context(), reader, 1, page.Tasks.PageInfo.EndCursor)
	if err != nil || len(next.Tasks.Nodes) != 1 || next.Tasks.Nodes[0].Id == page.Tasks.Nodes[0].Id {
		t.Errorf("the second page: %+v %v", next, err)
	}
	signup, err := genqlient.SignUp(t.Context(), reader, shift)
	if err != nil || signup.SignUp.Signup.State != genqlient.SignupStateConfirmed {
		t.Errorf("signing up: %+v %v", signup, err)
	}
	_, err = genqlient.SignUp(t.Context(), visitor, shift)
	if err == nil || !strings.Contains(err.Error(), "signUp") {
		t.Errorf("a visitor: %v", err)
	}
}

// bearer sends a token with each request.
type bearer string

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+string(b))
	return http.DefaultTransport.RoundTrip(r)
}

package task

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"jastarhub/graph/stories/hub"
)

// program builds the hub.
func program(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hub")
	if out, err := exec.Command("go", "build", "-o", path, "jastarhub").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// process starts a hub in a process of its own, on the database of another.
func process(h *hub.Hub, t *testing.T, program string, settings ...string) *hub.Hub {
	t.Helper()
	cmd := exec.Command(program, "serve")
	cmd.Env = append(os.Environ(), append([]string{"HUB_DATABASE_URL=" + h.Database, "HUB_ADDR=127.0.0.1:0", "HUB_ENV=production",
		"HUB_DATA_DIR=" + t.TempDir()}, settings...)...)
	log, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	var said strings.Builder
	for lines := bufio.NewScanner(log); lines.Scan(); {
		said.WriteString(lines.Text() + "\n")
		var line struct{ Msg, URL string }
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "serving" {
			go func() { _, _ = io.Copy(io.Discard, log) }()
			return &hub.Hub{T: t, DB: h.DB, URL: line.URL + "/graphql", Log: h.Log, Database: h.Database}
		}
	}
	t.Fatalf("the hub ended:\n%s", said.String())
	return nil
}

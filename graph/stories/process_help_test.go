package stories

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// program is the hub as it is built, once for all stories.
var program = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "hub-program-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "hub")
	out, err := exec.Command("go", "build", "-o", path, "jastarhub").CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, out)
	}
	return path, err
})

// process is a hub that serves in a process of its own, on the database of another.
func (h *hub) process(settings ...string) *hub {
	h.t.Helper()
	path, err := program()
	if err != nil {
		h.t.Fatal(err)
	}
	cmd := exec.Command(path, "serve")
	cmd.Env = append(os.Environ(), append([]string{"HUB_DATABASE_URL=" + h.on, "HUB_ADDR=127.0.0.1:0", "HUB_ENV=production", "HUB_DATA_DIR=" + h.t.(*testing.T).TempDir()}, settings...)...)
	log, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	var said strings.Builder
	for lines := bufio.NewScanner(log); lines.Scan(); {
		said.WriteString(lines.Text() + "\n")
		var line struct{ Msg, URL string }
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "serving" {
			go func() { _, _ = io.Copy(io.Discard, log) }()
			return &hub{t: h.t, db: h.db, url: line.URL + "/graphql", log: h.log, on: h.on}
		}
	}
	h.t.Fatalf("the hub ended:\n%s", said.String())
	return nil
}

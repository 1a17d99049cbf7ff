package embedded_test

import (
	"errors"
	"testing"

	"jastarhub/internal/postgres/embedded"
)

func TestRunning(t *testing.T) {
	dir := folder(t)
	if url, err := embedded.Running(dir); !errors.Is(err, embedded.ErrInUse) {
		t.Errorf("got %q, %v before the start", url, err)
	}
	s := start(t, dir)
	url, err := embedded.Running(dir)
	if err != nil || url != s.URL() {
		t.Errorf("got %q, %v; want %s", url, err, s.URL())
	}
	do(t, url, "select 1")
	stop(t, s)
	if url, err := embedded.Running(dir); !errors.Is(err, embedded.ErrInUse) {
		t.Errorf("got %q, %v after the end", url, err)
	}
}

package secret

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestSealed(t *testing.T) {
	keys := [2]*Key{}
	for i := range keys {
		key, err := Parse(base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{byte(i)}, keyBytes)) + "\n")
		if err != nil {
			t.Fatal(err)
		}
		keys[i] = key
	}
	sealed := keys[0].Seal("a secret", []byte("owner"))
	if bytes.Contains(sealed, []byte("secret")) || bytes.Equal(sealed, keys[0].Seal("a secret", []byte("owner"))) {
		t.Errorf("%q", sealed)
	}
	if text, err := keys[0].Open(sealed, []byte("owner")); err != nil || text != "a secret" {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := keys[0].Open(sealed, []byte("other")); err == nil {
		t.Error("it opens for another owner")
	}
	if _, err := keys[1].Open(sealed, []byte("owner")); err == nil {
		t.Error("another key opens it")
	}
	sealed[len(sealed)-1]++
	if _, err := keys[0].Open(sealed, []byte("owner")); err == nil {
		t.Error("it opens when it was changed")
	}
	if _, err := keys[0].Open(nil, []byte("owner")); err == nil {
		t.Error("nothing opens")
	}
}

func TestNoKey(t *testing.T) {
	for _, text := range []string{"", "short", base64.StdEncoding.EncodeToString(make([]byte, 31)), strings.Repeat("*", 44)} {
		if _, err := Parse(text); err == nil {
			t.Errorf("%q is a key", text)
		}
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "secret.key"), []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Load(folder); err == nil || !strings.Contains(err.Error(), "secret.key") {
		t.Errorf("a file without a key: %v", err)
	}
}

// TestOneKeyForAFolder: of many that start at the same moment one makes the key, and all use it.
func TestOneKeyForAFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new")
	keys, made := make([]*Key, 8), make([]bool, 8)
	var all sync.WaitGroup
	for i := range keys {
		all.Go(func() {
			var err error
			if keys[i], made[i], err = Load(folder); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	makers, sealed := 0, keys[0].Seal("a secret", nil)
	for i, key := range keys {
		if _, err := key.Open(sealed, nil); err != nil {
			t.Errorf("another key: %v", err)
		}
		if made[i] {
			makers++
		}
	}
	files, err := os.ReadDir(folder)
	if err != nil || makers != 1 || len(files) != 1 {
		t.Errorf("%d made it, the folder has %v, %v", makers, files, err)
	}
	if info, err := files[0].Info(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

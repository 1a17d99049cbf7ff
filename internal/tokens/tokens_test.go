package tokens

import (
	"bytes"
	"strings"
	"testing"
)

func TestToken(t *testing.T) {
	token, stored := New()
	if hash, ok := Hash(token); !ok || !bytes.Equal(hash, stored) {
		t.Fatalf("%q leads to another hash", token)
	}
	if other, _ := New(); other == token {
		t.Error("the same token twice")
	}
	for name, bad := range map[string]string{
		"nothing":               "",
		"one short":             token[1:],
		"one more":              token + "A",
		"padded":                token[:42] + "=",
		"the standard alphabet": "+/" + token[2:],
		"a line break":          token[:21] + "\n" + token[22:],
		"a last bit too many":   strings.Repeat("A", 42) + "B",
	} {
		if _, ok := Hash(bad); ok {
			t.Errorf("%s: %q is taken", name, bad)
		}
	}
}

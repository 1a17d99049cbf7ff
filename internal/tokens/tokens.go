// Package tokens makes what opens something to whoever has it, and what is stored of it.
package tokens

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

const size = 32

var encoding = base64.RawURLEncoding.Strict()

// New makes a token of 256 bits at random, and the hash that is stored of it.
func New() (token string, hash []byte) {
	bytes := make([]byte, size)
	rand.Read(bytes) // never fails
	return encoding.EncodeToString(bytes), hashOf(bytes)
}

// Hash gives what is stored of a token; ok reports whether it is one in form.
func Hash(token string) (hash []byte, ok bool) {
	if len(token) != encoding.EncodedLen(size) {
		return nil, false
	}
	bytes, err := encoding.DecodeString(token)
	if err != nil || len(bytes) != size { // the decoder skips line breaks
		return nil, false
	}
	return hashOf(bytes), true
}

func hashOf(bytes []byte) []byte {
	sum := sha256.Sum256(bytes)
	return sum[:]
}

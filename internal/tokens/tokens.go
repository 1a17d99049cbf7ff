// Package tokens makes tokens, which open something for anyone who has them, and the hashes that are stored of them.
package tokens

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

const size = 32

var encoding = base64.RawURLEncoding.Strict()

// New returns a random token of 256 bits, and the hash that is stored of it.
func New() (token string, hash []byte) {
	bytes := make([]byte, size)
	rand.Read(bytes) // never fails
	return encoding.EncodeToString(bytes), hashOf(bytes)
}

// Hash returns the hash that is stored of a token; ok reports whether it has the form of a token.
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

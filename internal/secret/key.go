// Package secret encrypts what a copy of the database must not reveal.
package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Key encrypts, decrypts and signs. Hubs that share a database share it.
type Key struct {
	aead cipher.AEAD
	mac  []byte
}

// File is the name of a key's file.
const File = "secret.key"

const keyBytes = 32

var errNotAKey = errors.New("must be 32 bytes in base64, as `openssl rand -base64 32` makes them")

// Parse reads a key.
func Parse(text string) (*Key, error) {
	bytes, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(bytes) != keyBytes {
		return nil, errNotAKey
	}
	block, err := aes.NewCipher(bytes)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	return &Key{aead, bytes}, err
}

// Load reads the key in a folder's File. Where there is none it makes one, and reports that.
func Load(folder string) (key *Key, made bool, err error) {
	name := filepath.Join(folder, File)
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		if made, err = create(name); err != nil {
			return nil, false, err
		}
		text, err = os.ReadFile(name)
	}
	if err != nil {
		return nil, false, err
	}
	if key, err = Parse(string(text)); err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return key, made, err
}

// create writes a new key, completely or not at all, and never over another: two hubs may start at the same moment.
func create(name string) (made bool, err error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return false, err
	}
	file, err := os.CreateTemp(filepath.Dir(name), File+"-*") // with mode 0600
	if err != nil {
		return false, err
	}
	defer func() { _ = os.Remove(file.Name()) }()
	key := make([]byte, keyBytes)
	rand.Read(key) // never fails
	_, err = fmt.Fprintln(file, base64.StdEncoding.EncodeToString(key))
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return false, err
	}
	err = os.Link(file.Name(), name)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	return err == nil, err
}

// Seal encrypts a text for its owner: it cannot be decrypted for any other.
func (k *Key) Seal(text string, owner []byte) []byte {
	return k.aead.Seal(nil, nil, []byte(text), owner)
}

// Open decrypts what was sealed for the owner.
func (k *Key) Open(sealed, owner []byte) (string, error) {
	text, err := k.aead.Open(nil, nil, sealed, owner)
	return string(text), err
}

// Sign returns a signature of a message that is valid for one purpose only: 32 bytes.
func (k *Key) Sign(purpose string, message []byte) []byte {
	own := hmac.New(sha256.New, k.mac)
	own.Write([]byte(purpose))
	mac := hmac.New(sha256.New, own.Sum(nil))
	mac.Write(message)
	return mac.Sum(nil)
}

package graph

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/99designs/gqlgen/graphql/handler/lru"

	"jastarhub/internal/fault"
)

// Operations are the documents of the hub's own app, which sends their hashes in place of the text.
type Operations struct {
	Texts map[string]string // by their SHA-256 in hexadecimal digits
	Only  bool              // nothing else is run
}

// mostPersisted is how many documents of other clients are stored under their hashes, at most 10 KB each.
const mostPersisted = 500

// persisted are the documents that a request may name by their hash: those of the hub's own app, and those that clients have sent
// together with their hash, as in Apollo's automatic persisted queries. Of the latter the most recently used are kept.
type persisted struct {
	Operations
	sent *lru.LRU[string]
}

func newPersisted(own Operations) *persisted {
	return &persisted{own, lru.New[string](mostPersisted)}
}

// text returns the document that a request asks for: its own, or the one whose hash it names. Codes: BAD_REQUEST,
// OPERATION_UNKNOWN, PERSISTED_QUERY_NOT_FOUND.
func (p *persisted) text(ctx context.Context, query *string, hash string) (string, error) {
	switch known, ok := p.Texts[hash]; {
	case query == nil && ok:
		return known, nil
	case p.Only:
		return "", fault.New(fault.OperationUnknown)
	case query == nil && hash == "":
		return "", fault.New(fault.BadRequest)
	case query == nil:
		return p.recall(ctx, hash)
	case hash != "":
		return *query, p.remember(ctx, *query, hash)
	}
	return *query, nil
}

// recall returns a document that was sent before. Codes: PERSISTED_QUERY_NOT_FOUND.
func (p *persisted) recall(ctx context.Context, hash string) (string, error) {
	if known, ok := p.sent.Get(ctx, hash); ok {
		return known, nil
	}
	// Apollo's clients look for this very message.
	return "", fault.Because(fault.PersistedQueryNotFound, "PersistedQueryNotFound")
}

// remember stores a document for requests that name its hash. Codes: BAD_REQUEST.
func (p *persisted) remember(ctx context.Context, query, hash string) error {
	if sum := sha256.Sum256([]byte(query)); hex.EncodeToString(sum[:]) != hash {
		return fault.Because(fault.BadRequest, "The sha256Hash does not match the query.")
	}
	if len(query) <= mostCharacters {
		p.sent.Add(ctx, hash, query)
	}
	return nil
}

package graph

import "jastarhub/internal/fault"

// Operations are the documents of the hub's own app, which it names instead of sending them.
type Operations struct {
	Texts map[string]string // by their SHA-256 in hexadecimal digits
	Only  bool              // nothing else is run
}

// text is the document that a request asks for: its own, or the one whose hash it names. Codes: BAD_REQUEST, OPERATION_UNKNOWN.
func (o Operations) text(query *string, hash string) (string, error) {
	switch known, ok := o.Texts[hash]; {
	case query == nil && ok:
		return known, nil
	case o.Only, query == nil && hash != "":
		return "", fault.New(fault.OperationUnknown)
	case query == nil:
		return "", fault.New(fault.BadRequest)
	}
	return *query, nil
}

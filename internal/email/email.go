// Package email has the one form in which the hub stores an email address.
package email

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/text/secure/precis"

	"jastarhub/internal/fault"
	"jastarhub/internal/letters"
)

// Most is the maximum length of an address in bytes.
const Most = 254

// Fold returns the address in its stored form: in lower case, its domain as in the DNS (xn--). Two addresses that lead to one
// mailbox, as far as anyone can tell, have the same form. ok is false where no email could be sent to the address.
func Fold(address string) (folded string, ok bool) {
	address = strings.TrimSpace(address)
	at := strings.LastIndexByte(address, '@')
	if at < 0 || strings.ContainsFunc(address, letters.Invisible) {
		return "", false
	}
	mailbox, good := mailbox(address[:at])
	domain, err := domains.ToASCII(address[at+1:])
	folded = mailbox + "@" + domain
	return folded, good && err == nil && public(domain) && len(folded) <= Most
}

// Sought returns the form in which an account is looked up: folded, or as it was typed where no account can have it.
func Sought(address string) string {
	if folded, ok := Fold(address); ok {
		return folded
	}
	return strings.ToLower(strings.TrimSpace(address))
}

// Check folds the address, or says what is wrong with it.
func Check(c *fault.Check, field string, address *string) {
	folded, ok := Fold(*address)
	switch {
	case ok:
		*address = folded
	case len(*address) > Most:
		c.Refuse(fault.Field(field, fmt.Sprintf("must be an email address of at most %d characters", Most)).With(fault.Max, Most))
	default:
		c.That(false, field, "must be an email address that can receive email")
	}
}

// domains accepts domains that can exist in the DNS, in any script.
var domains = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(true), idna.VerifyDNSLength(true))

// nowhere are top-level domains that email from elsewhere cannot reach (RFC 6761, 6762, 7686, 9476, and names reserved for
// internal networks).
var nowhere = []string{"alt", "arpa", "example", "internal", "invalid", "local", "localhost", "onion", "test"}

// public reports whether a domain could have a mail server: it has a dot, and its last part has at least two letters, is not a
// number (as in an IP address), and may exist in the DNS.
func public(domain string) bool {
	dot := strings.LastIndexByte(domain, '.')
	if dot < 0 {
		return false
	}
	top := domain[dot+1:]
	return len(top) > 1 && strings.Trim(top, "0123456789") != "" && !slices.Contains(nowhere, top)
}

// signs are the characters that are allowed in a mailbox's name in addition to letters and digits (RFC 5322, atext).
const signs = "!#$%&'*+-/=?^_`{|}~"

// mailbox folds the part before the @: words of letters, digits and a few signs, separated by dots.
func mailbox(name string) (string, bool) {
	words := strings.Split(name, ".")
	for i, word := range words {
		folded, err := precis.UsernameCaseMapped.String(word)
		if err != nil || folded == "" || strings.ContainsFunc(folded, func(r rune) bool {
			return r < 0x80 && (r < '0' || r > '9') && (r < 'a' || r > 'z') && !strings.ContainsRune(signs, r)
		}) {
			return "", false
		}
		words[i] = folded
	}
	return strings.Join(words, "."), true
}

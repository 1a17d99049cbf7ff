package attempt

import (
	"fmt"
	"time"

	"jastarhub/internal/email"
	"jastarhub/internal/fault"
)

const day = 24 * time.Hour

// Limits are all the limits there are: no other package can make one, and docs/security.md has them as a table.
var Limits = struct {
	// Limits on passwords, codes, links, and expensive work. A guesser is slowed down by account and address together; the limits
	// of an account alone, and of an address alone (there may be a school behind it), are much higher. For an address from which
	// the account has been signed in to, attempts from elsewhere are not counted: a stranger cannot lock the owner out. From the
	// same address, some attempts are still compared during the pauses, and the right password is let in. On a device on which
	// the account has been signed in to, nobody else's attempts count.
	SignIns, InPauses, OfDevice, OfAccount, OfOwner, OfAddress, Codes, Registrations,
	Resets, ResetsFrom, Mails, Provider, Downloads, Minors, CheckIns,
	CheckInsFrom, Certificates, Photos, PhotosFrom Limit

	// Limits on what writes to others, or adds to what others read.
	Mutations, Addresses, Secrets, Proposals, Memberships, SameTeam, Members, SameMember, Moves,
	Supports, SignUps, Consents, Guardians, Reports, Invitations Limit
}{
	SignIns:       Limit{name: "pair", what: "sign-ins to an account from a network address", free: 5, first: 5 * time.Second, most: 15 * time.Minute, window: day},
	InPauses:      Limit{name: "pause", what: "the same during those pauses: compared, and let in if right", free: 20, first: time.Minute, most: time.Hour, window: time.Hour},
	OfDevice:      Limit{name: "device", what: "sign-ins to an account on a device where it was signed in before; after that they count like others from the address", free: 5, first: 5 * time.Second, most: 15 * time.Minute, window: day},
	OfAccount:     Limit{name: "account", what: "sign-ins to an account from addresses where it was not signed in before", free: 100, first: time.Second, most: 30 * time.Second, window: time.Hour},
	OfOwner:       Limit{name: "owner", what: "sign-ins to an account from an address where it was signed in before", free: 100, first: time.Second, most: 30 * time.Second, window: time.Hour},
	OfAddress:     Limit{name: "address", what: "sign-ins from a network address", free: 300, first: time.Second, most: 30 * time.Second, window: time.Hour},
	Codes:         Limit{name: "code", what: "codes of an account's second factor", free: 5, first: 5 * time.Second, most: 15 * time.Minute, window: day},
	Registrations: Limit{name: "register", what: "registrations from a network address", free: 300, first: time.Second, most: 30 * time.Second, window: time.Hour},
	Resets:        Limit{name: "reset", what: "password resets for a mailbox from a network address", free: 5, first: 10 * time.Second, most: 15 * time.Minute, window: day},
	ResetsFrom:    Limit{name: "reset by address", what: "password resets requested and completed from a network address", free: 300, first: time.Second, most: 30 * time.Second, window: time.Hour},
	Mails:         Limit{name: "mail", what: "emails to a mailbox that anybody can cause: links to verify an address, and invitations; further ones for password resets are silently not sent", free: 5, first: time.Hour, most: time.Hour, window: time.Hour},
	Provider:      Limit{name: "oidc", what: "sign-ins through the provider started from a network address", free: 300, first: time.Second, most: 30 * time.Second, window: time.Hour},
	Downloads:     Limit{what: "downloads of their data that a person asks for", free: 3, window: day},
	Minors:        Limit{name: "minor", what: "lookups of minors by email address, of a coordinator", free: 100, first: time.Minute, most: time.Hour, window: day},
	CheckIns:      Limit{name: "check-in code", what: "check-in codes tried by a person for a shift", free: 10, first: 5 * time.Second, most: 5 * time.Minute, window: time.Hour},
	CheckInsFrom:  Limit{name: "check-in code by address", what: "check-in codes tried from a network address", free: 300, first: time.Second, most: 30 * time.Second, window: time.Hour},
	Certificates:  Limit{name: "certificate", what: "certificates of a person", free: 20, first: time.Minute, most: time.Hour, window: day},
	Photos:        Limit{name: "photo", what: "photos of a person", free: 60, first: 10 * time.Second, most: 5 * time.Minute, window: time.Hour},
	PhotosFrom:    Limit{name: "photo by address", what: "photos from a network address", free: 600, first: time.Second, most: 30 * time.Second, window: time.Hour},

	Mutations:   Limit{name: "mutation", what: "any one mutation of a person, except those below", free: 600, first: time.Second, most: 30 * time.Second, window: time.Hour},
	Addresses:   Limit{name: "changed address", what: "links of a person to verify an address", free: 5, first: time.Hour, most: day, window: day},
	Secrets:     Limit{name: "changed secret", what: "changes of a person's password and second factor; the address is notified of each", free: 20, first: time.Minute, most: time.Hour, window: day},
	Proposals:   Limit{name: "proposal", what: "proposals of a person", free: 20, first: time.Minute, most: time.Hour, window: day},
	Memberships: Limit{name: "membership", what: "requests of a person to join a team", free: 30, first: time.Minute, most: time.Hour, window: day},
	SameTeam:    Limit{name: "same team", what: "requests of a person to join one team", free: 5, first: time.Hour, most: day, window: 7 * day},
	Members:     Limit{name: "member", what: "invitations sent by a person to other accounts to join a team", free: 60, first: time.Minute, most: time.Hour, window: day},
	SameMember:  Limit{name: "same member", what: "invitations of an account to one team", free: 5, first: time.Hour, most: day, window: 7 * day},
	Moves:       Limit{name: "move", what: "requests of a person to move a team", free: 20, first: time.Minute, most: time.Hour, window: day},
	Supports:    Limit{name: "support", what: "supports given by a person, and supports withdrawn", free: 100, first: 10 * time.Second, most: 10 * time.Minute, window: time.Hour},
	SignUps:     Limit{name: "sign-up", what: "sign-ups of a person, and cancellations", free: 100, first: 10 * time.Second, most: 10 * time.Minute, window: time.Hour},
	Consents:    Limit{name: "consent", what: "consent requests of a person to guardians", free: 20, first: time.Hour, most: day, window: 30 * day},
	Guardians:   Limit{name: "guardian", what: "consent requests to the guardians of a person, and to a mailbox", free: 5, first: day, most: day, window: day},
	Reports:     Limit{name: "report", what: "reports of a person", free: 20, first: time.Minute, most: time.Hour, window: day},
	Invitations: Limit{name: "invite", what: "invitations sent by a person by email", free: 100, first: time.Minute, most: time.Hour, window: day},
}

// known is how long the hub remembers where an account was signed in to from.
var known = Limit{name: "known", window: 90 * day}

// Known returns the key of a place that an account was signed in to from.
func Known(account, network string) Key { return known.Of(account, network) }

// Mails returns the key of emails to one mailbox, however its address is written.
func Mails(address string) Key { return Limits.Mails.Of(email.Mailbox(address)) }

var ofMutation = map[string]Limit{
	"changeEmail": Limits.Addresses, "changePassword": Limits.Secrets, "confirmSecondFactor": Limits.Secrets, "endSecondFactor": Limits.Secrets,
	"submitProposal": Limits.Proposals, "requestMembership": Limits.Memberships, "inviteMember": Limits.Members, "moveTeam": Limits.Moves,
	"supportProposal": Limits.Supports, "withdrawSupport": Limits.Supports, "signUp": Limits.SignUps, "cancelSignup": Limits.SignUps,
	"requestConsent": Limits.Consents, "inviteByEmail": Limits.Invitations,
}

// OfMutation returns the key under which a person's calls of a mutation are counted.
func OfMutation(name, person string) Key {
	if limit, ok := ofMutation[name]; ok {
		return limit.Of(name, person)
	}
	return Limits.Mutations.Of(name, person)
}

// TryLater returns a refusal that says how long to wait.
func TryLater(wait time.Duration) error {
	return fault.After(fault.TryLater, wait, "There were too many attempts. Try again in %d s.")
}

// Row returns the limit as a row of the table in docs/security.md.
func (l Limit) Row() string {
	then := "refused"
	if l.first > 0 {
		then = words(l.first)
	}
	if l.most > l.first {
		then += ", doubling to " + words(l.most)
	}
	return fmt.Sprintf("| %s | %d | %s | %s |", l.what, l.free, then, words(l.window))
}

// words returns a duration in the largest unit of which it is a whole number.
func words(d time.Duration) string {
	for _, unit := range []struct {
		of   time.Duration
		name string
	}{{day, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}} {
		if n := d / unit.of; n*unit.of == d && n == 1 {
			return "1 " + unit.name
		} else if n*unit.of == d && n > 1 {
			return fmt.Sprintf("%d %ss", n, unit.name)
		}
	}
	return d.String()
}

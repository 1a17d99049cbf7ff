package attempt

import (
	"fmt"
	"time"

	"jastarhub/internal/fault"
)

const day = 24 * time.Hour

// How often a person may do what writes to others, or adds to what others read. What is about passwords and codes is in
// internal/person.
var (
	Mutations   = Limit{Name: "mutation", What: "any one mutation of a person, but for those below", Free: 600, First: time.Second, Most: 30 * time.Second, Window: time.Hour}
	Proposals   = Limit{Name: "proposal", What: "proposals of a person", Free: 20, First: time.Minute, Most: time.Hour, Window: day}
	Memberships = Limit{Name: "membership", What: "requests of a person to join teams", Free: 30, First: time.Minute, Most: time.Hour, Window: day}
	SameTeam    = Limit{Name: "same team", What: "requests of a person to join one team", Free: 5, First: time.Hour, Most: day, Window: 7 * day}
	Members     = Limit{Name: "member", What: "invitations of a person to members by their accounts", Free: 60, First: time.Minute, Most: time.Hour, Window: day}
	SameMember  = Limit{Name: "same member", What: "invitations of an account to one team", Free: 5, First: time.Hour, Most: day, Window: 7 * day}
	Moves       = Limit{Name: "move", What: "requests of a person to move a team", Free: 20, First: time.Minute, Most: time.Hour, Window: day}
	Supports    = Limit{Name: "support", What: "supports of a person given, and taken back", Free: 100, First: 10 * time.Second, Most: 10 * time.Minute, Window: time.Hour}
	SignUps     = Limit{Name: "sign-up", What: "sign-ups of a person, and as often cancelled", Free: 100, First: 10 * time.Second, Most: 10 * time.Minute, Window: time.Hour}
	Consents    = Limit{Name: "consent", What: "questions of a person to guardians, besides 5 a day for each person and each address", Free: 20, First: time.Hour, Most: day, Window: 30 * day}
	Reports     = Limit{Name: "report", What: "reports of a person", Free: 20, First: time.Minute, Most: time.Hour, Window: day}
	Invitations = Limit{Name: "invite", What: "invitations of a person by mail", Free: 100, First: time.Minute, Most: time.Hour, Window: day}
)

// Writing are the limits on what writes to others, as docs/security.md prints them.
var Writing = []Limit{Mutations, Proposals, Memberships, SameTeam, Members, SameMember, Moves, Supports, SignUps, Consents, Reports, Invitations}

var ofMutation = map[string]Limit{
	"submitProposal": Proposals, "requestMembership": Memberships, "inviteMember": Members, "moveTeam": Moves,
	"supportProposal": Supports, "withdrawSupport": Supports, "signUp": SignUps, "cancelSignup": SignUps,
	"requestConsent": Consents, "inviteByEmail": Invitations,
}

// OfMutation is the key that a person's mutations of a name are counted under.
func OfMutation(name, person string) Key {
	if limit, ok := ofMutation[name]; ok {
		return limit.Of(name, person)
	}
	return Mutations.Of(name, person)
}

// TryLater is a refusal that tells how long to wait.
func TryLater(wait time.Duration) error {
	return fault.Because(fault.TryLater, fmt.Sprintf("There were too many attempts. Try again in %d s.", max(1, int(wait.Round(time.Second)/time.Second))))
}

// Row is the limit as the table in docs/security.md has it.
func (l Limit) Row() string {
	return fmt.Sprintf("| %s | %d | %s, doubling to %s | %s |", l.What, l.Free, words(l.First), words(l.Most), words(l.Window))
}

// words are a duration in the largest unit that it is a whole number of.
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

package seed

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/lang"
)

// Password is the password of all accounts of the demo.
const Password = "jastar-2026-demo"

// Secret is the secret of the second factor of all accounts of the demo that need one.
const Secret = "JASTARHUBDEMOSECRETFACTORALMATY2"

// SignIn is an account to try the hub with; its secret is empty where it has no second factor.
type SignIn struct{ Role, Name, Email, Password, Secret string }

// known are the accounts to try: the first person in each role, with a fixed name and age.
var known = []struct {
	role, account, given, family string
	age                          int
	language                     lang.Language
}{
	{"city officer", "officer", "Гүлнар", "Сейітова", 41, lang.Kazakh},
	{"centre coordinator", "coordinator", "Айгерім", "Тілеубаева", 29, lang.Kazakh},
	{"consultant", "consultant", "Наталья", "Ким", 37, lang.Russian},
	{"NGO lead", "ngo-lead", "Дәурен", "Жақсыбеков", 27, lang.Kazakh},
	{"team lead", "lead", "Арина", "Соколова", 20, lang.Russian},
	{"volunteer of 16", "volunteer", "Әлихан", "Бекенов", 16, lang.Kazakh},
	{"adult volunteer", "adult", "Тимур", "Ахметов", 23, lang.Russian},
	{"resident with proposals", "resident", "Людмила", "Павлова", 33, lang.Russian},
}

// second are the accounts whose roles act with a second factor only.
var second = []string{"officer", "coordinator", "consultant"}

// SignIns returns one account for each role, the same in the demo and in a full-size city.
func SignIns() []SignIn {
	list := make([]SignIn, len(known))
	for i, k := range known {
		list[i] = SignIn{Role: k.role, Name: k.given + " " + k.family, Email: email(k.account, 1), Password: Password}
		if slices.Contains(second, k.account) {
			list[i].Secret = Secret
		}
	}
	return list
}

func email(account string, n int) string { return fmt.Sprintf("%s-%d@example.org", account, n) }

// neverMatches is not a hash, so no password matches it.
const neverMatches = "!"

// staff are the people who were there before the first volunteer.
type staff struct{ consultants, ngoLeads, leads []*person }

// teamLeads is how many people lead a team, in rotation.
var teamLeads = [...]int{3, 2, 2}

func (c *city) addStaff() staff {
	c.rows.people = make([]person, 0, c.People) // never to be reallocated: there are pointers into it
	c.officer = c.enrol("officer", 1, 0).ID
	for n, at := range c.openedCentres() {
		at.coordinator = c.enrol("coordinator", n+1, c.within(24, 45))
	}
	var s staff
	for n := range 3 {
		s.consultants = append(s.consultants, c.enrol("consultant", n+1, c.within(26, 50)))
	}
	for n := range c.texts.ngos {
		s.ngoLeads = append(s.ngoLeads, c.enrol("ngo-lead", n+1, c.within(21, 34)))
	}
	for n := range leadsOf(c.Teams) {
		s.leads = append(s.leads, c.enrol("lead", n+1, c.within(18, 27)))
	}
	c.resident, c.adult = c.enrol("resident", 1, 0), c.enrol("adult", 1, 0)
	return s
}

// leadsOf returns how many people lead the first n teams together.
func leadsOf(n int) int {
	sum := 0
	for i := range n {
		sum += teamLeads[i%len(teamLeads)]
	}
	return sum
}

func (c *city) openedCentres() []*centre {
	var opened []*centre
	for _, at := range c.centres {
		if at.State != planned {
			opened = append(opened, at)
		}
	}
	return opened
}

// enrol adds a person who was there before the record began.
func (c *city) enrol(account string, n, age int) *person {
	return c.join(account, n, age, c.began.Add(-60*day).Add(c.lasting(0, 10*day)))
}

var ages = []part[[2]int]{{[2]int{14, 14}, 8}, {[2]int{15, 16}, 50}, {[2]int{17, 17}, 17}, {[2]int{18, 22}, 15}, {[2]int{23, 34}, 10}}

// addVolunteers adds the volunteers, in the order in which they join.
func (c *city) addVolunteers() {
	first := len(c.rows.people)
	from, n := c.began.Add(-50*day), c.People-first
	step := c.now.Add(-day).Sub(from) / time.Duration(n)
	for i := range n {
		age := draw(c.dice, ages)
		at := from.Add(time.Duration(i) * step).Add(c.lasting(0, step))
		c.join("volunteer", i+1, c.within(age[0], age[1]), at.Truncate(time.Second))
	}
	c.volunteers = c.rows.people[first:]
}

func (c *city) join(account string, n, age int, at time.Time) *person {
	p := person{ID: c.id(at), Email: email(account, n), PasswordHash: c.password, CreatedAt: at, VerifiedAt: at,
		Language:  draw(c.dice, []part[lang.Language]{{lang.Kazakh, 58}, {lang.Russian, 39}, {lang.English, 3}}),
		BirthDate: at.AddDate(-age, 0, -c.IntN(365)).Truncate(day), DistrictID: pick(c.dice, c.centres).DistrictID}
	p.GivenName, p.FamilyName = c.name()
	for _, k := range known {
		if k.account == account && n == 1 {
			p.GivenName, p.FamilyName, p.Language = k.given, k.family, k.language
			p.BirthDate = c.now.AddDate(-k.age, -4, 0).Truncate(day)
		}
	}
	if account == "volunteer" && n > c.accounts {
		p.PasswordHash = neverMatches
	}
	if slices.Contains(second, account) {
		c.rows.factors = append(c.rows.factors, factor{PersonID: p.ID, Secret: c.key.Seal(Secret, p.ID[:]), ConfirmedAt: at})
	}
	c.rows.people = append(c.rows.people, p)
	return &c.rows.people[len(c.rows.people)-1]
}

func (c *city) name() (given, family string) {
	family = pick(c.dice, c.texts.names.Families)
	if c.chance(0.5) {
		return pick(c.dice, c.texts.names.Male), family
	}
	return pick(c.dice, c.texts.names.Female), feminine(family)
}

// feminine returns the feminine form of a family name; names without a Slavic or Kazakh ending stay as they are.
func feminine(family string) string {
	for _, ending := range [][2]string{{"ұлы", "қызы"}, {"ский", "ская"}, {"ов", "ова"}, {"ев", "ева"}, {"ёв", "ёва"}, {"ин", "ина"}} {
		if stem, found := strings.CutSuffix(family, ending[0]); found {
			return stem + ending[1]
		}
	}
	return family
}

// joined returns the volunteers who had joined by then.
func (c *city) joined(by time.Time) []person {
	return c.volunteers[:sort.Search(len(c.volunteers), func(i int) bool { return c.volunteers[i].CreatedAt.After(by) })]
}

// anybody returns one of them.
func (c *city) anybody(by time.Time) *person {
	joined := c.joined(by)
	return &joined[c.IntN(len(joined))]
}

func ids(people []*person) []uuid.UUID {
	list := make([]uuid.UUID, len(people))
	for i, p := range people {
		list[i] = p.ID
	}
	return list
}

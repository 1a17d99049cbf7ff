package seed

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/history"
	"jastarhub/internal/lang"
	"jastarhub/internal/secret"
	"jastarhub/internal/workday"
)

// profile is what distinguishes one city from another.
type profile struct {
	Size
	days           int  // how far back the record goes
	accounts       int  // how many volunteers can sign in; staff and leads all can
	trails         bool // whether memberships, shifts and sign-ups have their history too
	watched        int  // one proposal in this many goes to the centre whose coordinator is one of the accounts to try
	proposalStates []part[string]
	taskStates     []part[string]
}

// demoProfile returns a city with something in every state, and the whole history of everything.
func demoProfile() profile {
	return profile{Size: DemoSize, days: 120, accounts: DemoSize.People, trails: true, watched: 3,
		proposalStates: []part[string]{{submitted, 5}, {inReview, 4}, {needsInfo, 3}, {accepted, 7}, {declined, 7}, {merged, 3}, {withdrawn, 3}},
		taskStates:     []part[string]{{draftState, 7}, {open, 14}, {inProgress, 11}, {claimedDone, 8}, {verified, 15}, {cancelled, 5}},
	}
}

// cityProfile returns a city in its daily work: most of it is done.
func cityProfile(size Size) profile {
	return profile{Size: size, days: 365, accounts: 200, watched: 50,
		proposalStates: []part[string]{{submitted, 4}, {inReview, 5}, {needsInfo, 3}, {accepted, 50}, {declined, 22}, {merged, 6}, {withdrawn, 10}},
		taskStates:     []part[string]{{draftState, 2}, {open, 9}, {inProgress, 6}, {claimedDone, 3}, {verified, 75}, {cancelled, 5}},
	}
}

// city invents rows. It decides everything by its dice and by the time it was given.
type city struct {
	dice
	profile
	calendar
	texts texts
	rows  rows

	now, began time.Time
	password   string      // its hash
	key        *secret.Key // encrypts second factors

	special   workday.Days
	centres   []*centre
	districts []string
	places    map[string][]place // by the code of the district

	officer    uuid.UUID
	resident   *person
	adult      *person
	volunteers []person // in the order in which they joined
	crews      []*crew
	ideas      []*idea
	supporting map[[2]uuid.UUID]bool // proposal and person
	proposed   map[string]int        // how many tasks on a topic came from proposals, by its title
	plans      []*plan
}

func newCity(p profile, seed uint64, now time.Time, centres []*centre, t texts, password string) *city {
	c := &city{dice: newDice(seed), profile: p, calendar: newCalendar(now), texts: t, now: now,
		began: now.AddDate(0, 0, -p.days), password: password, centres: centres, places: map[string][]place{}, proposed: map[string]int{}, supporting: map[[2]uuid.UUID]bool{}}
	for _, at := range centres {
		if !slices.Contains(c.districts, at.District) {
			c.districts = append(c.districts, at.District)
		}
	}
	for _, p := range t.where.Places {
		c.places[p.District] = append(c.places[p.District], p)
	}
	return c
}

// build invents everything, each part after those that it refers to.
func (c *city) build() {
	c.settleCentres()
	staff := c.addStaff()
	c.addVolunteers()
	c.addNgos(staff)
	c.addMemberships()
	c.addTasks()
	c.addProposals()
	c.addSupports()
	c.addUpdates()
	c.addSignups()
	c.addHours()
	c.addConsents()
	c.addReports()
	c.collect()
}

// words returns what people say in a language; English speakers say it in Kazakh.
func (c *city) words(l lang.Language) phrases {
	if words, ok := c.texts.phrases[l]; ok {
		return words
	}
	return c.texts.phrases[lang.Kazakh]
}

// collect copies the rows from the plans and ideas that they were built in.
func (c *city) collect() {
	for _, k := range c.crews {
		c.rows.teams = append(c.rows.teams, k.team)
		c.rows.hostings = append(c.rows.hostings, k.hostings...)
	}
	for _, i := range c.ideas {
		c.rows.proposals = append(c.rows.proposals, i.proposal)
	}
	for _, p := range c.plans {
		c.rows.tasks = append(c.rows.tasks, p.task)
		c.rows.shifts = append(c.rows.shifts, p.shifts...)
	}
	byID(c.rows.people, func(r *person) uuid.UUID { return r.ID })
	byID(c.rows.proposals, func(r *proposal) uuid.UUID { return r.ID })
	byID(c.rows.supports, func(r *support) uuid.UUID { return r.ID })
	byID(c.rows.tasks, func(r *task) uuid.UUID { return r.ID })
	byID(c.rows.shifts, func(r *shift) uuid.UUID { return r.ID })
	byID(c.rows.questions, func(r *question) uuid.UUID { return r.ID })
	byID(c.rows.claims, func(r *claim) uuid.UUID { return r.ID })
	byID(c.rows.claimed, func(r *claimResult) uuid.UUID { return r.ClaimID })
	byID(c.rows.updates, func(r *update) uuid.UUID { return r.ID })
	byID(c.rows.moves, func(r *history.Move) uuid.UUID { return r.ID })
	byID(c.rows.hours, func(r *hours) uuid.UUID { return r.ID })
	byID(c.rows.consents, func(r *consent) uuid.UUID { return r.ID })
	byID(c.rows.results, func(r *result) uuid.UUID { return r.UpdateID })
}

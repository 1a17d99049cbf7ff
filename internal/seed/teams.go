package seed

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/history"
	"jastarhub/internal/lang"
)

// crew is a team with what other parts of the seed need to know about it.
type crew struct {
	team
	ngo      *ngo
	head     uuid.UUID // leads the NGO
	leads    []uuid.UUID
	hostings []hosting
	hosts    []*centre // one after the other
	moved    time.Time // when the second host took over from the first
	topics   cycle[topic]
}

// at returns the centre that hosted the team at a time.
func (k *crew) at(t time.Time) *centre {
	if len(k.hosts) > 1 && !t.Before(k.moved) {
		return k.hosts[1]
	}
	return k.hosts[0]
}

func (k *crew) now() *centre { return k.hosts[len(k.hosts)-1] }

func (c *city) addNgos(s staff) {
	c.rows.ngos = make([]ngo, len(c.texts.ngos))
	for i := range c.texts.ngos {
		c.rows.ngos[i] = c.found(&c.texts.ngos[i])
	}
	c.addTeams(s)
	c.stateCentres()
	c.moveTeams()
	c.askForHosts()
	c.addGrants(s)
}

// found makes an NGO, with the officer's moves up to its state.
func (c *city) found(t *ngoText) ngo {
	at := c.began.Add(-45 * day).Add(c.lasting(0, 5*day))
	if t.State == forming {
		at = c.now.Add(-30 * day)
	}
	n := ngo{ID: c.id(at), NameKK: t.KK, NameRU: t.RU, NameEN: t.EN, Mission: t.Mission, Language: t.Language,
		Focus: t.Focus, State: t.State, CreatedAt: at}
	trail := c.trail(n.ID)
	trail.step(at, "CREATE_NGO", forming, history.Officer, c.officer)
	if t.State == forming {
		return n
	}
	n.BIN = new(c.bin(at))
	trail.step(at.Add(c.lasting(day, 3*day)), "SET_NGO_STATE", active, history.Officer, c.officer)
	if t.State != active {
		trail.step(c.now.Add(-c.lasting(15*day, 20*day)), "SET_NGO_STATE", t.State, history.Officer, c.officer)
	}
	return n
}

// bin invents a business identification number: year and month, 4 for a resident legal entity, 0 for a head office, five digits
// and the check digit.
func (c *city) bin(registered time.Time) string {
	for {
		number := fmt.Sprintf("%s40%05d", registered.Format("0601"), c.IntN(100000))
		if digit, ok := controlDigit(number); ok {
			return fmt.Sprint(number, digit)
		}
	}
}

// controlDigit returns the twelfth digit for the first eleven. Where both series of weights give 10 the number is not issued.
func controlDigit(number string) (int, bool) {
	for _, shift := range []int{0, 2} {
		sum := 0
		for i, digit := range number {
			sum += int(digit-'0') * ((i+shift)%11 + 1)
		}
		if sum%11 < 10 {
			return sum % 11, true
		}
	}
	return 0, false
}

// addTeams makes the teams of the texts, then more of the same for the NGOs that are active.
func (c *city) addTeams(s staff) {
	var working []int
	for i, t := range c.texts.ngos {
		for _, name := range t.Teams {
			c.addTeam(s, i, name.Text, name.About)
		}
		if t.State == active {
			working = append(working, i)
		}
	}
	for i := len(c.crews); i < c.Teams; i++ {
		n := working[i%len(working)]
		t, number := &c.texts.ngos[n], i/len(working)+1
		c.addTeam(s, n, lang.Text{
			KK: fmt.Sprintf("%s, %d-топ", t.KK, number),
			RU: fmt.Sprintf("%s, команда %d", t.RU, number),
			EN: fmt.Sprintf("%s, team %d", t.EN, number),
		}, t.Mission)
	}
	c.crews = c.crews[:c.Teams]
	leads := ids(s.leads)
	for i, k := range c.crews {
		n := teamLeads[i%len(teamLeads)]
		k.leads, leads = leads[:n], leads[n:]
	}
}

func (c *city) addTeam(s staff, ngo int, name lang.Text, about string) {
	n, hosts := &c.rows.ngos[ngo], c.hosts()
	k := &crew{ngo: n, head: s.ngoLeads[ngo].ID, hosts: []*centre{hosts[len(c.crews)%len(hosts)]}}
	at := later(c.began.Add(-30*day), n.CreatedAt).Add(c.lasting(day, 5*day))
	k.team = team{ID: c.id(at), NgoID: n.ID, NameKK: name.KK, NameRU: name.RU, NameEN: name.EN, About: about,
		Language: n.Language, CreatedAt: at}
	k.hostings = []hosting{{ID: c.id(at), TeamID: k.ID, CentreID: k.hosts[0].ID, State: active, AskedAt: at, StartedAt: &at}}
	k.topics.list = slices.DeleteFunc(slices.Clone(c.texts.topics), func(t topic) bool { return t.Focus != n.Focus })
	k.topics.used = len(c.crews) / 2 // so that teams of one focus do not all begin with the same task
	c.crews = append(c.crews, k)
}

// moveTeams lets all teams leave a centre that closes, and one join a centre that opens.
func (c *city) moveTeams() {
	for _, x := range c.centres {
		switch {
		case !x.until.IsZero():
			for _, k := range c.hostedBy(x) {
				c.move(k, c.centre(x.venue.Partner), x.until.Add(-3*day))
			}
		case !x.from.IsZero():
			if neighbours := c.hostedBy(c.centre(x.venue.Partner)); len(neighbours) > 1 {
				c.move(neighbours[1], x, x.from.Add(2*day))
			}
		}
	}
}

func (c *city) hostedBy(x *centre) []*crew {
	return slices.DeleteFunc(slices.Clone(c.crews), func(k *crew) bool { return k.now() != x })
}

func (c *city) move(k *crew, to *centre, at time.Time) {
	at = later(at, k.CreatedAt.Add(day))
	k.hostings[0].State, k.hostings[0].EndedAt = ended, &at
	asked := at.Add(-c.lasting(2*time.Hour, 20*time.Hour))
	k.hostings = append(k.hostings, hosting{ID: c.id(asked), TeamID: k.ID, CentreID: to.ID, State: active, AskedAt: asked, StartedAt: &at})
	k.hosts, k.moved = append(k.hosts, to), at
}

// askForHosts lets some teams ask for another centre: one request has not been answered yet, one was refused.
func (c *city) askForHosts() {
	for i, k := range c.crews {
		state, asked := requested, c.now.Add(-c.lasting(day, 3*day))
		switch {
		case k.ngo.State != active || i%4 != 1:
			continue
		case i%8 == 1:
			state, asked = declined, c.now.Add(-c.lasting(10*day, 20*day))
		}
		to := pick(c.dice, slices.DeleteFunc(slices.Clone(c.centres), func(x *centre) bool { return x.State != open || x == k.now() }))
		k.hostings = append(k.hostings, hosting{ID: c.id(asked), TeamID: k.ID, CentreID: to.ID, State: state, AskedAt: asked})
	}
}

// addGrants gives the staff their roles, not before there is something to have a role in.
func (c *city) addGrants(s staff) {
	give := func(to uuid.UUID, role string, centre, ngo, by uuid.NullUUID, at time.Time) *grant {
		c.rows.grants = append(c.rows.grants, grant{ID: c.id(at), PersonID: to, Role: role, CentreID: centre, NgoID: ngo, GivenBy: by, GivenAt: at})
		return &c.rows.grants[len(c.rows.grants)-1]
	}
	var none uuid.NullUUID
	officer, start := some(c.officer), c.began.Add(-48*day)
	give(c.officer, "CITY_OFFICER", none, none, none, start)
	for _, x := range c.openedCentres() {
		g := give(x.coordinator.ID, "COORDINATOR", some(x.ID), none, officer, later(start, x.from.Add(-3*day)))
		if !x.until.IsZero() {
			g.EndedBy, g.EndedAt = officer, &x.until
		}
	}
	hosts := c.hosts()
	for i, p := range s.consultants {
		give(p.ID, "CONSULTANT", some(hosts[i].ID), none, officer, start.Add(day))
	}
	for i, p := range s.ngoLeads {
		n := &c.rows.ngos[i]
		give(p.ID, "NGO_LEAD", none, some(n.ID), officer, n.CreatedAt.Add(time.Hour))
	}
}

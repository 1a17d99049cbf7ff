package hub

import (
	"strings"
	"testing"

	"jastarhub/internal/postgres"
)

// Scene is a shift of a team that Bolat and Aliya lead, at the old gate as its task says, with a sign-up in each state.
type Scene struct {
	*World
	Team, Task, Shift  string
	Lead, Second, New  *Caller
	asLead, AsSecond   string // their memberships
	Coming             []*Caller
	Confirmed, waiting *Caller
}

// Scene adds one.
func (w *World) Scene(t *testing.T) *Scene {
	people := w.Crowd(7)
	for i, name := range []string{"Bolat Serikov", "Aliya Tanova", "Dana Ualieva"} {
		given, family, _ := strings.Cut(name, " ")
		w.Exec(`update people set given_name = $2, family_name = $3 where id = $1`, people[i].ID, given, family)
	}
	w.Exec(`update people set given_name = 'Nurlan', family_name = 'Qasymov' where id = $1`, w.NgoLead.ID)
	s := &Scene{World: w, Team: w.PutTeam(), Lead: people[0], Second: people[1], New: people[2], Coming: people[3:], Confirmed: people[3], waiting: people[4]}
	s.asLead, s.AsSecond = w.Enrol(s.Lead, s.Team, "LEAD"), w.Enrol(s.Second, s.Team, "LEAD")
	s.Task = postgres.NewID().String()
	w.Exec(`insert into tasks (id, team_id, ngo_id, centre_id, district_id, title, description, language, place, state, created_by, created_at, updated_at)
		select $1, $2, $3, id, district_id, 'Ditch', 'Clean it.', 'EN', 'The old gate', 'OPEN', $4, now(), now() from centres where code = 'AUEZOV-1'`,
		s.Task, s.Team, w.Ngo, s.Lead.ID)
	s.Shift = w.PutShift(s.Task, "60 hours", 3)
	w.PutShift(s.Task, "90 hours", 9)
	for i, state := range []string{"CONFIRMED", "WAITLISTED", "OFFERED", "CHECKED_IN"} {
		w.PutSignup(s.Coming[i], s.Shift, state)
	}
	return s
}

// FactChange is a mutation that changes a fact for those who come, the notice that they get, and its text: the old value and the
// new one.
type FactChange struct {
	Mutation, Kind string
	Says           string // the lines of the text
	Do             func(s *Scene)
}

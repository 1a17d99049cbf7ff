package hub

import (
	"context"
	"testing"
	"time"
)

// City is a hub with an NGO, its team at AUEZOV-1, and one person for each role.
type City struct {
	*Hub
	Officer, Coordinator, NgoLead, Lead, Volunteer, Other *Caller
	Ngo, Team                                             string
}

// NewCity makes one on a database of its own.
func NewCity(t testing.TB) *City {
	t.Helper()
	c := &City{Hub: New(t)}
	c.Officer = c.Granted("Officer", "CITY_OFFICER")
	c.Coordinator = c.Granted("Coordinator", "COORDINATOR AUEZOV-1")
	c.Ngo = c.Officer.Do("createNgo", Vars{"name": Vars{"kk": "Таза Алматы", "en": "Clean Almaty"}, "focus": "ECOLOGICAL"},
		"ngo { id }").Str("createNgo.ngo.id")
	c.Officer.Do("setNgoState", Vars{"id": c.Ngo, "state": "ACTIVE"}, "ngo { state }")
	c.NgoLead = c.Granted("Ngolead", "NGO_LEAD "+c.Ngo)
	c.Team = c.NgoLead.Do("createTeam", Vars{"ngoId": c.Ngo, "centreId": c.Centre("AUEZOV-1"), "name": Vars{"ru": "Команда Ауэзов"}},
		"team { id }").Str("createTeam.team.id")
	c.Lead, c.Volunteer, c.Other = c.Person("Lead", 25), c.Person("Volunteer", 16), c.Person("Other", 19)
	c.Join(c.Lead, "LEAD")
	return c
}

// Join brings a person into the team.
func (c *City) Join(who *Caller, role string) (membership string) {
	c.T.Helper()
	membership = who.Do("requestMembership", Vars{"teamId": c.Team}, "membership { id }").Str("requestMembership.membership.id")
	c.NgoLead.Do("answerMembership", Vars{"id": membership, "accept": true}, "membership { state }")
	if role == "LEAD" {
		c.NgoLead.Do("setMemberRole", Vars{"id": membership, "role": "LEAD"}, "membership { role }")
	}
	return membership
}

// Task creates a task with one shift that has some seats, begins after a time and lasts two hours, and opens it.
func (c *City) Task(seats int, in time.Duration) (task, shift string) {
	c.T.Helper()
	a := c.Lead.Do("createTask", Vars{"teamId": c.Team, "title": "Арық тазалау", "description": "Қолғап пен су алып келіңіз.",
		"shifts": []Vars{c.NewShift(seats, in)}}, "task { id shifts { nodes { id } } }")
	task, shift = a.Str("createTask.task.id"), a.Str("createTask.task.shifts.nodes.0.id")
	c.Lead.Do("openTask", Vars{"id": task}, "task { state }").Shows("openTask.task.state", "OPEN")
	return task, shift
}

// NewShift returns the input for a shift that begins after a time and lasts two hours.
func (c *City) NewShift(seats int, in time.Duration) Vars {
	starts := c.Present().Add(in)
	return Vars{"startsAt": starts.Format(time.RFC3339), "endsAt": starts.Add(2 * time.Hour).Format(time.RFC3339), "capacity": seats}
}

// SignUp signs somebody up and returns the sign-up.
func (c *City) SignUp(who *Caller, shift string) (signup, state string) {
	c.T.Helper()
	a := who.Do("signUp", Vars{"shiftId": shift}, "signup { id state }")
	return a.Str("signUp.signup.id"), a.Str("signUp.signup.state")
}

// Tick lets the background worker do its jobs once.
func (c *City) Tick() {
	c.T.Helper()
	if err := c.Resolver.Signups.Tidy(context.Background(), c.Present()); err != nil {
		c.T.Fatal(err)
	}
	if err := c.Resolver.Tasks.BeginShifts(context.Background(), c.Present()); err != nil {
		c.T.Fatal(err)
	}
	if _, err := c.Resolver.Memberships.ExpireDue(context.Background(), c.Present(), 100); err != nil {
		c.T.Fatal(err)
	}
}

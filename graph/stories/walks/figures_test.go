package walks

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// measures are the numbers that do not count people or things that may be absent: sizes, places, settings, and the viewer's own.
var measures = strings.Fields(`Point.lat Point.lon Photo.width Photo.height PhotoSize.width PhotoSize.height Task.percent Task.minAge ProgressUpdate.percent
	Centre.capacity Seats.capacity Seats.taken Seats.free Shift.waiting Signup.position Hours.workedMinutes Hours.minutes
	Certificate.minutes Certificate.shifts CertificatePart.minutes CertificatePart.shifts Record.minutes Record.shifts Record.pendingMinutes
	Record.pendingShifts TeamRecord.minutes TeamRecord.shifts FocusRecord.minutes FocusRecord.shifts MonthRecord.minutes MonthRecord.shifts
	Result.amount ResultTotal.amount Indicator.year Indicator.baseline Indicator.target SecondFactor.recoveryCodesLeft Person.unreadNotices
	Report.openReports DeadLetter.attempts SignOutPayload.ended ResetPasswordPayload.ended ChangePasswordPayload.ended Team.unmarked`)

// figure is a number that counts people, or things that can be hidden, suspended or withdrawn: how it is queried, what makes one
// absent, and what brings it back; "" if nothing does.
type figure struct {
	field, query string
	absent, back func(f *figures)
}

// figures is a world with one of everything that presentFigures counts.
type figures struct {
	*hub.World
	proposal, task, ngo string
	decision            string
}

func (f *figures) hide(subject string) {
	f.decision = f.Officer.Do("hideContent", hub.Vars{"subjectId": subject, "reason": "SPAM", "words": "Why."}, "decision { id }").Str("hideContent.decision.id")
}

func (f *figures) show() {
	f.Officer.Do("showContent", hub.Vars{"id": f.decision, "reason": "A mistake."}, "decision { id }")
}

func (f *figures) suspend() {
	f.decision = f.Officer.Do("suspendPerson", hub.Vars{"person": hub.Vars{"id": f.Roles["member"].ID}, "reason": "INSULT", "words": "Why."}, "decision { id }").
		Str("suspendPerson.decision.id")
}

func (f *figures) forgive() {
	f.Officer.Do("endSuspension", hub.Vars{"id": f.decision, "reason": "They said sorry."}, "decision { id }")
}

func (f *figures) hideTask() { f.hide(f.task) }

func (f *figures) hideTeam() { f.hide(f.Team) }

func (f *figures) hideNgo() { f.hide(f.ngo) }

func (f *figures) hideIdea() { f.hide(f.proposal) }

func (f *figures) takeBack() {
	f.Roles["author"].Do("withdrawProposal", hub.Vars{"id": f.proposal}, "proposal { id }")
}

// presentFigures are those figures; for lists one for each kind of absence.
var presentFigures = []figure{
	{"Proposal.supportCount", `proposal(id: $proposal) { at: supportCount }`, (*figures).suspend, (*figures).forgive},
	{"Team.memberCount", `team(id: $team) { at: memberCount }`, (*figures).suspend, (*figures).forgive},
	{"Team.freeSeats", `team(id: $team) { at: freeSeats }`, (*figures).hideTask, (*figures).show},
	{"Centre.teamCount", `centre(id: $centre) { at: teamCount }`, (*figures).hideTeam, (*figures).show},
	{"TaskCount.tasks", `team(id: $team) { taskCounts { at: tasks } }`, (*figures).hideTask, (*figures).show},
	{"ResultTotal.tasks", `results { at: tasks }`, (*figures).hideTask, (*figures).show},
	{"Indicator.fact", `indicators(year: $year) { at: fact }`, (*figures).hideNgo, (*figures).show},
	{"ProposalConnection.totalCount", `proposals { at: totalCount }`, (*figures).hideIdea, (*figures).show},
	{"ProposalConnection.totalCount", `proposals { at: totalCount }`, (*figures).takeBack, nil},
	{"TaskConnection.totalCount", `tasks { at: totalCount }`, (*figures).hideTask, (*figures).show},
	{"TeamConnection.totalCount", `teams { at: totalCount }`, (*figures).hideTeam, (*figures).show},
	{"NgoConnection.totalCount", `ngos { at: totalCount }`, (*figures).hideNgo, (*figures).show},
}

// TestFiguresCountWhoIsThere makes one of what each figure counts absent, by hiding, suspending or withdrawing, and brings it
// back: the figure goes down and up again with it. A new number must be put in one of the tables.
func TestFiguresCountWhoIsThere(t *testing.T) {
	t.Parallel()
	f := &figures{World: hub.NewWorld(t)}
	f.ngo = f.PutNgo("ACTIVE")
	f.NgoLead.Do("createTeam", hub.Vars{"ngoId": f.ngo, "centreId": f.Centre("AUEZOV-1"), "name": hub.Vars{"en": "Counted"}}, "team { id }")
	f.Exec(`update indicators set year = extract(year from now() at time zone 'Asia/Almaty') where code = 'NGOS_ACTIVE'`)
	_, f.task = f.Closed(f.Roles["author"])
	for _, c := range presentFigures {
		if c.field == "Team.freeSeats" {
			f.task = f.PutTask("OPEN")
		} else if strings.HasPrefix(c.field, "ResultTotal") {
			_, f.task = f.Closed(f.Roles["author"])
		}
		f.proposal = f.PutProposal("SUBMITTED")
		f.Support(f.proposal, "member")
		whole := f.figure(c)
		c.absent(f)
		if less := f.figure(c); less >= whole {
			t.Errorf("%s is %v, and was %v when all were there", c.field, less, whole)
		}
		if c.back != nil {
			if c.back(f); f.figure(c) != whole {
				t.Errorf("%s is %v, and was %v before", c.field, f.figure(c), whole)
			}
		}
	}
	known := map[string]bool{}
	for _, name := range measures {
		known[name] = true
	}
	for _, c := range presentFigures {
		known[c.field] = true
	}
	for _, def := range hub.Schema().Types {
		for _, field := range def.Fields {
			name := def.Name + "." + field.Name
			number := field.Type.Name() == "Int" || field.Type.Name() == "Float"
			if number && def.Kind == "OBJECT" && !known[name] && field.Name != "totalCount" && !strings.HasPrefix(name, "__") {
				t.Errorf("%s must be in one of the tables of figures_test.go: does it count somebody who may be absent?", name)
			}
		}
	}
}

// figure adds up the present values of a figure.
func (f *figures) figure(c figure) (sum float64) {
	f.T.Helper()
	names := map[string]string{"$proposal": f.proposal, "$team": f.Team, "$centre": f.Centre("AUEZOV-1")}
	query := strings.ReplaceAll(c.query, "$year", fmt.Sprint(f.Present().UTC().Add(5*time.Hour).Year()))
	for name, id := range names {
		query = strings.ReplaceAll(query, name, fmt.Sprintf("%q", id))
	}
	var add func(v any)
	add = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, each := range v {
				add(each)
			}
		case hub.Vars:
			for name, each := range v {
				if n, ok := each.(float64); ok && name == "at" {
					sum += n
				}
				add(each)
			}
		}
	}
	add(f.Officer.Must("{ " + query + " }").Data)
	return sum
}

// TestTheNextShiftHasItsOwnSeats: somebody who joins one day takes a seat of that day.
func TestTheNextShiftHasItsOwnSeats(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, first := c.Task(1, 24*time.Hour)
	second := c.AddShift(task, 5, 48*time.Hour)
	next := func() *hub.Answer {
		return c.Visitor().Must(`query($id: ID!) { task(id: $id) { seats { capacity free } nextShift { id seats { capacity free } } } }`, hub.Vars{"id": task})
	}
	c.SignUp(c.Volunteer, first)
	next().Shows("task.seats", hub.Vars{"capacity": 6, "free": 5}).Shows("task.nextShift", hub.Vars{"id": first, "seats": hub.Vars{"capacity": 1, "free": 0}})
	c.Lead.Do("cancelShift", hub.Vars{"id": first, "reason": "A storm."}, "shift { id }")
	next().Shows("task.nextShift", hub.Vars{"id": second, "seats": hub.Vars{"capacity": 5, "free": 5}})
	c.Pass(49 * time.Hour)
	next().Shows("task.nextShift", nil)
}

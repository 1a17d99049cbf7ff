package stories

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/almaty"
	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// classes are the classes of work, and whether the law closes them to minors. Copied from the law, not from the code.
var classes = map[string]bool{"LIGHT": false, "STANDARD": false, "HEAVY": true, "HAZARDOUS": true, "EMERGENCY_AID": true,
	"OFFENDER_AID": true, "PUBLIC_FUNDRAISING": true}

// nightShift returns a start half an hour after midnight in Almaty, which is still the day before in UTC, and not on a birthday
// of a leap year.
func nightShift() time.Time {
	night := time.Now().In(almaty.Zone).AddDate(0, 0, 40)
	if night.Month() == time.February {
		night = night.AddDate(0, 1, 0)
	}
	return time.Date(night.Year(), night.Month(), night.Day(), 0, 30, 0, 0, almaty.Zone)
}

// draft creates a task of a class with one shift.
func (c *city) draft(class string, minAge any, starts time.Time) (task, shift string) {
	c.t.Helper()
	a := c.lead.do("createTask", vars{"teamId": c.team, "title": "Түнгі жұмыс " + class, "description": "Жылы киініп келіңіз.",
		"workClass": class, "minAge": minAge, "shifts": []vars{{"startsAt": starts.Format(time.RFC3339),
			"endsAt": starts.Add(hour).Format(time.RFC3339), "capacity": 20}}}, "task { id workClass shifts { nodes { id } } }")
	a.shows("createTask.task.workClass", class)
	return a.str("createTask.task.id"), a.str("createTask.task.shifts.nodes.0.id")
}

// workFor returns an open task of a class, for the people who may do it by law.
func (c *city) workFor(class string, starts time.Time) (task, shift string) {
	c.t.Helper()
	var minAge any
	if classes[class] {
		minAge = 18
	}
	task, shift = c.draft(class, minAge, starts)
	c.lead.do("openTask", vars{"id": task}, "task { state }")
	return task, shift
}

func (h *hub) born(who *caller, on time.Time) *caller {
	h.t.Helper()
	h.exec(`update people set birth_date = $2 where id = $1`, rowID(who.id), on.Format(time.DateOnly))
	return who
}

// bySQL signs somebody up without the hub, and returns the database's error.
func (h *hub) bySQL(who *caller, shift, state string) error {
	return h.db.Tx(h.t.Context(), func(tx *sqlx.Tx) error {
		_, err := tx.Exec(`insert into signups (id, shift_id, person_id, starts_at, ends_at, state, created_at, updated_at)
			select $1, id, $3, starts_at, ends_at, $4::signup_state, now(), now() from shifts where id = $2`,
			postgres.NewID(), rowID(shift), rowID(who.id), state)
		return err
	})
}

// allowed reports whether allowedForMe lists the task.
func (c *city) allowed(who *caller, task string) bool {
	c.t.Helper()
	list := who.must(`{ tasks(filter: {allowedForMe: true}, first: 100) { nodes { id } totalCount } }`)
	nodes, found := list.at("tasks.nodes").([]any), false
	for i := range nodes {
		found = found || list.str(fmt.Sprintf("tasks.nodes.%d.id", i)) == task
	}
	return list.shows("tasks.totalCount", len(nodes)) != nil && found
}

// TestEveryClassAtTheBorderOfAge: a person who is 17 on the day is refused by the hub and by the database alike, one who is 18 by
// neither.
func TestEveryClassAtTheBorderOfAge(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	night := nightShift()
	people := c.crowd(3)
	minor := c.born(people[0], night.AddDate(-18, 0, 1))
	birthday, adult := c.born(people[1], night.AddDate(-18, 0, 0)), c.born(people[2], night.AddDate(-18, 0, -1))
	for class, closed := range classes {
		task, shift := c.workFor(class, night)
		_, other := c.workFor(class, night)
		if got := c.allowed(minor, task); got == closed {
			t.Errorf("%s: listed for 17 on the day: %v", class, got)
		}
		told, err := minor.actions(shift)["SIGN_UP"], c.bySQL(minor, other, "WAITLISTED")
		if closed {
			minor.refused("WORK_FORBIDDEN", "signUp", vars{"shiftId": shift})
			if told != "WORK_FORBIDDEN" || fault.CodeOf(err) != fault.WorkForbidden {
				t.Errorf("%s: told %v, by SQL %v", class, told, err)
			}
		} else if told != nil || err != nil {
			t.Errorf("%s: told %v, by SQL %v", class, told, err)
		}
		for _, who := range []*caller{birthday, adult} {
			if told := who.actions(shift)["SIGN_UP"]; told != nil || !c.allowed(who, task) {
				t.Errorf("%s: told an adult %v", class, told)
			}
			signup, _ := c.signUp(who, shift)
			who.do("cancelSignup", vars{"id": signup}, "signup { state }") // all shifts are in the same night
		}
	}
}

// TestTheDatabaseHoldsWhatTheLawSays: no change of the rows brings a minor to forbidden work.
func TestTheDatabaseHoldsWhatTheLawSays(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	night := nightShift()
	people := c.crowd(2)
	minor, grown := c.born(people[0], night.AddDate(-17, 0, 0)), c.born(people[1], night.AddDate(-18, 0, 0))
	task, shift := c.workFor("HEAVY", night)
	for _, state := range []string{"WAITLISTED", "CONFIRMED", "NO_SHOW"} {
		if err := c.bySQL(minor, shift, state); fault.CodeOf(err) != fault.WorkForbidden {
			t.Errorf("%s: %v", state, err)
		}
	}
	if err := c.bySQL(minor, shift, "CANCELLED"); err != nil {
		t.Fatal(err)
	}
	signup, _ := c.signUp(grown, shift)
	for statement, want := range map[string]fault.Code{
		`update signups set state = 'CONFIRMED' where person_id = '` + minor.id + `'`:                                                                         fault.WorkForbidden,
		`update signups set person_id = '` + minor.id + `' where id = '` + signup + `'`:                                                                       fault.WorkForbidden,
		`update shifts set starts_at = starts_at - interval '1 day', ends_at = ends_at - interval '1 day'`:                                                    fault.WorkForbidden,
		`update tasks set work_class = 'HAZARDOUS' where id = '` + task + `'`:                                                                                 fault.WrongState,
		`update tasks set min_age = null where id = '` + task + `'`:                                                                                           fault.Contradiction,
		`update tasks set min_age = 17 where id = '` + task + `'`:                                                                                             fault.Contradiction,
		`insert into tasks select (jsonb_populate_record(t, '{"id": "` + uuid.NewString() + `", "min_age": null}')).* from tasks t where id = '` + task + `'`: fault.Contradiction,
	} {
		err := c.db.Tx(t.Context(), func(tx *sqlx.Tx) error {
			_, err := tx.Exec(statement)
			return err
		})
		if fault.CodeOf(err) != want {
			t.Errorf("%s: %v; want %s", statement, err, want)
		}
	}
	earlier := night.AddDate(0, 0, -1)
	c.lead.refused("WORK_FORBIDDEN", "updateShift", vars{"id": shift, "startsAt": earlier.Format(time.RFC3339),
		"endsAt": earlier.Add(hour).Format(time.RFC3339)})
}

// TestContradictions: an adults-only class that younger people may take cannot be published, and the lead is told so.
func TestContradictions(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	for class, closed := range classes {
		for _, minAge := range []any{nil, 14, 17, 18, 21} {
			want := closed && (minAge == nil || minAge.(int) < 18)
			task, _ := c.draft(class, minAge, nightShift())
			told := c.lead.actions(task)["OPEN_TASK"]
			if want != (told == "CONTRADICTION") {
				t.Errorf("%s from %v: told %v", class, minAge, told)
			}
			if want {
				c.lead.refused("CONTRADICTION", "openTask", vars{"id": task})
				c.lead.do("updateTask", vars{"id": task, "minAge": 18}, "task { minAge }")
			}
			c.lead.do("openTask", vars{"id": task}, "task { state }").shows("openTask.task.state", "OPEN")
			c.lead.refused("INVALID", "updateTask", vars{"id": task, "workClass": "LIGHT"})
		}
	}
	c.visitor().must(`{ adultsOnlyWork }`).shows("adultsOnlyWork", []string{"HEAVY", "HAZARDOUS", "EMERGENCY_AID", "OFFENDER_AID", "PUBLIC_FUNDRAISING"})
	c.visitor().must(`{ tasks(filter: {workClass: [HEAVY, LIGHT]}) { totalCount } }`).shows("tasks.totalCount", 10)
	task, _ := c.draft("STANDARD", nil, nightShift())
	c.lead.do("updateTask", vars{"id": task, "workClass": "HEAVY"}, "task { workClass }").shows("updateTask.task.workClass", "HEAVY")
	c.lead.refused("CONTRADICTION", "openTask", vars{"id": task})
	c.lead.do("cancelTask", vars{"id": task, "reason": "Басқаша жазамыз."}, "task { state }")
}

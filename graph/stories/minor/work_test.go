package minor

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/almaty"
	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// classes are the classes of work, and whether the law closes them to minors. Copied from the law, not from the code.
var classes = map[string]bool{"LIGHT": false, "STANDARD": false, "HEAVY": true, "HAZARDOUS": true, "EMERGENCY_AID": true,
	"OFFENDER_AID": true, "PUBLIC_FUNDRAISING": true}

// nightShift returns a start half an hour after midnight in Almaty, which is still the day before in UTC, and not on a birthday
// of a leap year.
func nightShift(now time.Time) time.Time {
	night := now.In(almaty.Zone).AddDate(0, 0, 40)
	if night.Month() == time.February {
		night = night.AddDate(0, 1, 0)
	}
	return time.Date(night.Year(), night.Month(), night.Day(), 0, 30, 0, 0, almaty.Zone)
}

// draft creates a task of a class with one shift.
func draft(c *hub.City, class string, minAge any, starts time.Time) (task, shift string) {
	c.T.Helper()
	a := c.Lead.Do("createTask", hub.Vars{"teamId": c.Team, "title": "Түнгі жұмыс " + class, "description": "Жылы киініп келіңіз.",
		"workClass": class, "minAge": minAge, "shifts": []hub.Vars{{"startsAt": starts.Format(time.RFC3339),
			"endsAt": starts.Add(time.Hour).Format(time.RFC3339), "capacity": 20}}}, "task { id workClass shifts { nodes { id } } }")
	a.Shows("createTask.task.workClass", class)
	return a.Str("createTask.task.id"), a.Str("createTask.task.shifts.nodes.0.id")
}

// workFor returns an open task of a class, for the people who may do it by law.
func workFor(c *hub.City, class string, starts time.Time) (task, shift string) {
	c.T.Helper()
	var minAge any
	if classes[class] {
		minAge = 18
	}
	task, shift = draft(c, class, minAge, starts)
	c.Lead.Do("openTask", hub.Vars{"id": task}, "task { state }")
	return task, shift
}

// bySQL signs somebody up without the hub, and returns the database's error.
func bySQL(h *hub.Hub, who *hub.Caller, shift, state string) error {
	return h.DB.Tx(h.T.Context(), func(tx *sqlx.Tx) error {
		_, err := tx.Exec(`insert into signups (id, shift_id, person_id, starts_at, ends_at, state, created_at, updated_at)
			select $1, id, $3, starts_at, ends_at, $4::signup_state, now(), now() from shifts where id = $2`,
			postgres.NewID(), hub.RowID(shift), hub.RowID(who.ID), state)
		return err
	})
}

// allowed reports whether allowedForMe lists the task.
func allowed(c *hub.City, who *hub.Caller, task string) bool {
	c.T.Helper()
	list := who.Must(`{ tasks(filter: {allowedForMe: true}, first: 100) { nodes { id } totalCount } }`)
	nodes, found := list.At("tasks.nodes").([]any), false
	for i := range nodes {
		found = found || list.Str(fmt.Sprintf("tasks.nodes.%d.id", i)) == task
	}
	return list.Shows("tasks.totalCount", len(nodes)) != nil && found
}

// TestEveryClassAtTheBorderOfAge: a person who is 17 on the day is refused by the hub and by the database alike, one who is 18 by
// neither.
func TestEveryClassAtTheBorderOfAge(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	night := nightShift(c.Present())
	people := c.Crowd(3)
	minor := c.Born(people[0], night.AddDate(-18, 0, 1))
	birthday, adult := c.Born(people[1], night.AddDate(-18, 0, 0)), c.Born(people[2], night.AddDate(-18, 0, -1))
	for class, closed := range classes {
		task, shift := workFor(c, class, night)
		_, other := workFor(c, class, night)
		if got := allowed(c, minor, task); got == closed {
			t.Errorf("%s: listed for 17 on the day: %v", class, got)
		}
		told, err := minor.Actions(shift)["SIGN_UP"], bySQL(c.Hub, minor, other, "WAITLISTED")
		if closed {
			minor.Refused("WORK_FORBIDDEN", "signUp", hub.Vars{"shiftId": shift})
			if told != "WORK_FORBIDDEN" || fault.CodeOf(err) != fault.WorkForbidden {
				t.Errorf("%s: told %v, by SQL %v", class, told, err)
			}
		} else if told != nil || err != nil {
			t.Errorf("%s: told %v, by SQL %v", class, told, err)
		}
		for _, who := range []*hub.Caller{birthday, adult} {
			if told := who.Actions(shift)["SIGN_UP"]; told != nil || !allowed(c, who, task) {
				t.Errorf("%s: told an adult %v", class, told)
			}
			signup, _ := c.SignUp(who, shift)
			who.Do("cancelSignup", hub.Vars{"id": signup}, "signup { state }") // all shifts are in the same night
		}
	}
}

// TestTheDatabaseHoldsWhatTheLawSays: no change of the rows brings a minor to forbidden work.
func TestTheDatabaseHoldsWhatTheLawSays(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	night := nightShift(c.Present())
	people := c.Crowd(2)
	minor, grown := c.Born(people[0], night.AddDate(-17, 0, 0)), c.Born(people[1], night.AddDate(-18, 0, 0))
	task, shift := workFor(c, "HEAVY", night)
	for _, state := range []string{"WAITLISTED", "CONFIRMED", "NO_SHOW"} {
		if err := bySQL(c.Hub, minor, shift, state); fault.CodeOf(err) != fault.WorkForbidden {
			t.Errorf("%s: %v", state, err)
		}
	}
	if err := bySQL(c.Hub, minor, shift, "CANCELLED"); err != nil {
		t.Fatal(err)
	}
	signup, _ := c.SignUp(grown, shift)
	for statement, want := range map[string]fault.Code{
		`update signups set state = 'CONFIRMED' where person_id = '` + minor.ID + `'`:                                                                         fault.WorkForbidden,
		`update signups set person_id = '` + minor.ID + `' where id = '` + signup + `'`:                                                                       fault.WorkForbidden,
		`update shifts set starts_at = starts_at - interval '1 day', ends_at = ends_at - interval '1 day'`:                                                    fault.WorkForbidden,
		`update tasks set work_class = 'HAZARDOUS' where id = '` + task + `'`:                                                                                 fault.WrongState,
		`update tasks set min_age = null where id = '` + task + `'`:                                                                                           fault.Contradiction,
		`update tasks set min_age = 17 where id = '` + task + `'`:                                                                                             fault.Contradiction,
		`insert into tasks select (jsonb_populate_record(t, '{"id": "` + uuid.NewString() + `", "min_age": null}')).* from tasks t where id = '` + task + `'`: fault.Contradiction,
	} {
		err := c.DB.Tx(t.Context(), func(tx *sqlx.Tx) error {
			_, err := tx.Exec(statement)
			return err
		})
		if fault.CodeOf(err) != want {
			t.Errorf("%s: %v; want %s", statement, err, want)
		}
	}
	earlier := night.AddDate(0, 0, -1)
	c.Lead.Refused("WORK_FORBIDDEN", "updateShift", hub.Vars{"id": shift, "startsAt": earlier.Format(time.RFC3339),
		"endsAt": earlier.Add(time.Hour).Format(time.RFC3339)})
}

// TestContradictions: an adults-only class that younger people may take cannot be published, and the lead is told so.
func TestContradictions(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	for class, closed := range classes {
		for _, minAge := range []any{nil, 14, 17, 18, 21} {
			want := closed && (minAge == nil || minAge.(int) < 18)
			task, _ := draft(c, class, minAge, nightShift(c.Present()))
			told := c.Lead.Actions(task)["OPEN_TASK"]
			if want != (told == "CONTRADICTION") {
				t.Errorf("%s from %v: told %v", class, minAge, told)
			}
			if want {
				c.Lead.Refused("CONTRADICTION", "openTask", hub.Vars{"id": task})
				c.Lead.Do("updateTask", hub.Vars{"id": task, "minAge": 18}, "task { minAge }")
			}
			c.Lead.Do("openTask", hub.Vars{"id": task}, "task { state }").Shows("openTask.task.state", "OPEN")
			c.Lead.Refused("INVALID", "updateTask", hub.Vars{"id": task, "workClass": "LIGHT"})
		}
	}
	c.Visitor().Must(`{ adultsOnlyWork }`).Shows("adultsOnlyWork", []string{"HEAVY", "HAZARDOUS", "EMERGENCY_AID", "OFFENDER_AID", "PUBLIC_FUNDRAISING"})
	c.Visitor().Must(`{ tasks(filter: {workClass: [HEAVY, LIGHT]}) { totalCount } }`).Shows("tasks.totalCount", 10)
	task, _ := draft(c, "STANDARD", nil, nightShift(c.Present()))
	c.Lead.Do("updateTask", hub.Vars{"id": task, "workClass": "HEAVY"}, "task { workClass }").Shows("updateTask.task.workClass", "HEAVY")
	c.Lead.Refused("CONTRADICTION", "openTask", hub.Vars{"id": task})
	c.Lead.Do("cancelTask", hub.Vars{"id": task, "reason": "Басқаша жазамыз."}, "task { state }")
}

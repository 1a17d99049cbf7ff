package stories

import (
	"testing"
	"time"

	"jastarhub/internal/postgres"
)

// done runs a mutation of a list and returns the outcome for each row: the code, "" where it was done.
func (c *caller) done(mutation string, input vars) (codes []string) {
	c.h.t.Helper()
	a := c.do(mutation, input, "results { id code }")
	for _, row := range a.at(mutation + ".results").([]any) {
		code, _ := row.(vars)["code"].(string)
		codes = append(codes, code)
	}
	return codes
}

// hoursOf returns the id of a sign-up's hours.
func (h *hub) hoursOf(signup string) string {
	h.t.Helper()
	return h.text(`select id from hours where signup_id = $1`, signup)
}

// worked signs somebody up for a shift, and checks them in and out at these times after its start.
func (c *city) worked(who *caller, shift string, start time.Time, in, out time.Duration) (signup, hours string) {
	c.t.Helper()
	signup, _ = c.signUp(who, shift)
	for _, step := range []struct {
		verb string
		at   time.Duration
	}{{"CHECK_IN", in}, {"CHECK_OUT", out}} {
		if _, err := c.change(c.lead.at(start.Add(step.at)), step.verb, signup, ""); err != nil {
			c.t.Fatal(step.verb, err)
		}
	}
	return signup, c.hoursOf(signup)
}

// stands checks hours, as somebody sees them.
func (c *caller) stands(id string, want vars) {
	c.h.t.Helper()
	c.must(`query($id: ID!) { node(id: $id) { ... on Hours { state minutes workedMinutes reason } } }`, vars{"id": id}).shows("node", want)
}

// pastShift returns a task's shift that began some time ago, and when it began.
func (c *city) pastShift(t testing.TB, ago time.Duration) (task, shift string, start time.Time) {
	t.Helper()
	base := time.Now().Truncate(time.Minute)
	task, _ = c.task(1, 500*hour)
	shift = c.fromTo(task, base, 100, 72*hour, 74*hour)
	return task, shift, base.Add(72 * hour)
}

// moveTo sets the hub's clock to a future moment, with everybody signed in.
func (h *hub) moveTo(to time.Time) {
	h.t.Helper()
	h.clock.Store(&to)
	h.exec(`update sessions set created_at = $1, last_seen_at = $1`, to)
}

// ofRow turns the refusal of a list's first row into one of the answer itself, about a field.
func (a *answer) ofRow(mutation, field string) *answer {
	payload, _ := a.Data[mutation].(vars)
	results, _ := payload["results"].([]any)
	if len(results) > 0 {
		if code, refused := results[0].(vars)["code"].(string); refused {
			e := graphError{Message: "the row was refused"}
			e.Extensions.Code, e.Extensions.Field = code, field
			a.Errors = append(a.Errors, e)
		}
	}
	return a
}

// selected returns what to select of a mutation to learn whether it was refused.
func selected(mutation string) string {
	payload := theSchema().Types[theSchema().Mutation.Fields.ForName(mutation).Type.Name()]
	if payload.Fields.ForName("results") != nil {
		return "results { code }"
	}
	return "__typename"
}

// putHours adds somebody's hours of two hours on a past shift.
func (w *world) putHours(who *caller, state string) (id string) {
	w.forgetWork(who)
	signup := w.putSignup(who, w.putShift(w.putTask("IN_PROGRESS"), "-4 hours", 5), map[bool]string{true: "NO_SHOW", false: "COMPLETED"}[state == "VOID"])
	id = postgres.NewID().String()
	w.exec(`insert into hours (id, signup_id, shift_id, task_id, team_id, ngo_id, centre_id, person_id, starts_at, ends_at, came_at, went_at,
			worked_minutes, minutes, state, reason, answered_by, answered_at, created_at, updated_at)
		select $1, g.id, s.id, t.id, t.team_id, t.ngo_id, t.centre_id, g.person_id, s.starts_at, s.ends_at, s.starts_at, s.ends_at, 120,
			case $3 when 'ADJUSTED' then 60 when 'REJECTED' then 0 when 'VOID' then 0 else 120 end, $3::hours_state,
			case when $3 in ('ADJUSTED', 'REJECTED') then 'Before.' end, case when $3 in ('APPROVED', 'ADJUSTED', 'REJECTED') then $4::uuid end,
			case when $3 in ('APPROVED', 'ADJUSTED', 'REJECTED') then now() - interval '1 hour' end, now() - interval '2 hours', now() - interval '1 hour'
		from signups g join shifts s on s.id = g.shift_id join tasks t on t.id = s.task_id where g.id = $2`, id, signup, state, w.answererOf(who))
	return id
}

// answererOf returns somebody else, who answered before.
func (w *world) answererOf(who *caller) string {
	if who.id == w.officer.id {
		return w.other.id
	}
	return w.officer.id
}

// forgetWork deletes somebody's past shifts.
func (w *world) forgetWork(who *caller) {
	for _, statement := range []string{`delete from certificate_hours where hours_id in (select id from hours where person_id = $1)`,
		`delete from hours where person_id = $1`, `delete from signups where person_id = $1`} {
		w.exec(statement, who.id)
	}
}

// listed puts the object of an input into a list.
func listed(one func(*world, string) vars) func(*world, string) vars {
	return func(w *world, role string) vars { return vars{"ids": []any{one(w, role)["id"]}} }
}

func (w *world) pending(string) vars {
	w.exec(`delete from memberships where person_id = $1`, w.roles["person"].id)
	return vars{"id": w.putHours(w.roles["person"], "PENDING")}
}

func (w *world) adjusting(role string) vars {
	return vars{"rows": []any{vars{"id": w.pending(role)["id"], "minutes": 60}}, "reason": "They left early."}
}

func (w *world) rejecting(role string) vars {
	return vars{"ids": []any{w.pending(role)["id"]}, "reason": "They never came."}
}

// there returns where the person may check in now, and the code.
func (w *world) there(role string) vars {
	signup := onShift("-1 hour", "CONFIRMED", nil)(w, role)["id"]
	shift := w.text(`select shift_id from signups where id = $1`, signup)
	return vars{"shiftId": shift, "code": w.r.Signups.CodeFor(rowID(shift), time.Now())}
}

// certifying returns a period in which the person with a role worked.
func (w *world) certifying(role string) vars {
	who := w.roles[role]
	if who == nil || who.id == "" {
		who = w.roles["stranger"]
	}
	w.putHours(who, "APPROVED")
	from, to := days()
	return vars{"from": from, "to": to}
}

// putCertificate issues a certificate over what somebody worked.
func (w *world) putCertificate(who *caller) (number string) {
	w.putHours(who, "APPROVED")
	from, to := days()
	w.exec(`delete from attempts`)
	return who.do("issueCertificate", vars{"from": from, "to": to}, "certificate { number }").str("issueCertificate.certificate.number")
}

func (w *world) certified(string) vars {
	return vars{"number": w.putCertificate(w.roles["person"]), "reason": "Issued by mistake."}
}

func (w *world) goodHours() map[string]good {
	people := w.crowd(7)
	from, to := days()
	w.putHours(people[3], "APPROVED")
	shift := w.putShift(w.putTask("IN_PROGRESS"), "-1 hour", 5)
	w.putSignup(people[4], shift, "CONFIRMED")
	return map[string]good{
		"approveHours":      {w.lead, vars{"ids": []any{w.putHours(people[0], "PENDING")}, "reason": "They were there."}},
		"adjustHours":       {w.lead, vars{"rows": []any{vars{"id": w.putHours(people[1], "PENDING"), "minutes": 60}}, "reason": "They left early."}},
		"rejectHours":       {w.lead, vars{"ids": []any{w.putHours(people[2], "PENDING")}, "reason": "They never came."}},
		"issueCertificate":  {people[3], vars{"from": from, "to": to, "language": "RU", "teamId": w.team}},
		"checkInWithCode":   {people[4], vars{"shiftId": shift, "code": w.r.Signups.CodeFor(rowID(shift), time.Now())}},
		"checkInMany":       {w.lead, vars{"ids": []any{w.putSignup(people[5], w.putShift(w.putTask("IN_PROGRESS"), "-1 hour", 5), "CONFIRMED")}}},
		"revokeCertificate": {w.officer, vars{"number": w.putCertificate(people[6]), "reason": "Issued by mistake."}},
	}
}

func (w *world) numberOfPerson() string { return w.putCertificate(w.roles["person"]) }

func (w *world) certificateOfPerson() string {
	return w.text(`select id from certificates where number = $1`, w.numberOfPerson())
}

// ofCertificate queries a field by the certificate's number.
func ofCertificate(field string) string {
	return `query($id: String!) { certificate(number: $id) { at: ` + field + ` } }`
}

// revoked adds a certificate of the volunteer's that was revoked, and a new, valid one.
func (w *world) revoked() {
	w.exec(`update certificates set revoked_at = now(), revocation = 'TAKEN_BACK' where number = $1`, w.putCertificate(w.volunteer))
	w.putCertificate(w.volunteer)
}

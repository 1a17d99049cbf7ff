package hub

import (
	"time"

	"jastarhub/internal/postgres"
)

// Days returns the calendar days, in Almaty, that contain the approved hours, whatever the hour is.
func (h *Hub) Days() (yesterday, today string) {
	now := h.Present().UTC().Add(5 * time.Hour)
	return now.AddDate(0, 0, -1).Format(time.DateOnly), now.Format(time.DateOnly)
}

// Done runs a mutation of a list and returns the outcome for each row: the code, "" where it was done.
func (c *Caller) Done(mutation string, input Vars) (codes []string) {
	c.Hub.T.Helper()
	a := c.Do(mutation, input, "results { id code }")
	for _, row := range a.At(mutation + ".results").([]any) {
		code, _ := row.(Vars)["code"].(string)
		codes = append(codes, code)
	}
	return codes
}

// HoursOf returns the id of a sign-up's hours.
func (h *Hub) HoursOf(signup string) string {
	h.T.Helper()
	return h.Text(`select id from hours where signup_id = $1`, signup)
}

// OfRow turns the refusal of a list's first row into one of the answer itself, about a field.
func (a *Answer) OfRow(mutation, field string) *Answer {
	payload, _ := a.Data[mutation].(Vars)
	results, _ := payload["results"].([]any)
	if len(results) > 0 {
		if code, refused := results[0].(Vars)["code"].(string); refused {
			e := GraphError{Message: "the row was refused"}
			e.Extensions.Code, e.Extensions.Field = code, field
			a.Errors = append(a.Errors, e)
		}
	}
	return a
}

// Selected returns what to select of a mutation to learn whether it was refused.
func Selected(mutation string) string {
	payload := Schema().Types[Schema().Mutation.Fields.ForName(mutation).Type.Name()]
	if payload.Fields.ForName("results") != nil {
		return "results { code }"
	}
	return "__typename"
}

// PutHours adds somebody's hours of two hours on a past shift.
func (w *World) PutHours(who *Caller, state string) (id string) {
	w.ForgetWork(who)
	signup := w.PutSignup(who, w.PutShift(w.PutTask("IN_PROGRESS"), "-4 hours", 5), map[bool]string{true: "NO_SHOW", false: "COMPLETED"}[state == "VOID"])
	id = postgres.NewID().String()
	w.Exec(`insert into hours (id, signup_id, shift_id, task_id, team_id, ngo_id, centre_id, person_id, starts_at, ends_at, came_at, went_at,
			worked_minutes, minutes, state, reason, answered_by, answered_at, created_at, updated_at)
		select $1, g.id, s.id, t.id, t.team_id, t.ngo_id, t.centre_id, g.person_id, s.starts_at, s.ends_at, s.starts_at, s.ends_at, 120,
			case $3 when 'ADJUSTED' then 60 when 'REJECTED' then 0 when 'VOID' then 0 else 120 end, $3::hours_state,
			case when $3 in ('ADJUSTED', 'REJECTED') then 'Before.' end, case when $3 in ('APPROVED', 'ADJUSTED', 'REJECTED') then $4::uuid end,
			case when $3 in ('APPROVED', 'ADJUSTED', 'REJECTED') then now() - interval '1 hour' end, now() - interval '2 hours', now() - interval '1 hour'
		from signups g join shifts s on s.id = g.shift_id join tasks t on t.id = s.task_id where g.id = $2`, id, signup, state, w.answererOf(who))
	return id
}

// answererOf returns somebody else, who answered before.
func (w *World) answererOf(who *Caller) string {
	if who.ID == w.Officer.ID {
		return w.Other.ID
	}
	return w.Officer.ID
}

// ForgetWork deletes somebody's past shifts.
func (w *World) ForgetWork(who *Caller) {
	for _, statement := range []string{`delete from certificate_hours where hours_id in (select id from hours where person_id = $1)`,
		`delete from hours where person_id = $1`, `delete from signups where person_id = $1`} {
		w.Exec(statement, who.ID)
	}
}

// Pending returns the input for the verdict on new hours of the person, who is no longer in the team.
func (w *World) Pending(string) Vars {
	w.Exec(`delete from memberships where person_id = $1`, w.Roles["person"].ID)
	return Vars{"id": w.PutHours(w.Roles["person"], "PENDING")}
}

// PutCertificate issues a certificate over what somebody worked.
func (w *World) PutCertificate(who *Caller) (number string) {
	w.PutHours(who, "APPROVED")
	from, to := w.Days()
	w.Exec(`delete from attempts`)
	return who.Do("issueCertificate", Vars{"from": from, "to": to}, "certificate { number }").Str("issueCertificate.certificate.number")
}

// NumberOfPerson returns the number of a new certificate of the person.
func (w *World) NumberOfPerson() string { return w.PutCertificate(w.Roles["person"]) }

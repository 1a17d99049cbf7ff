package privacy

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/outbox"
)

// TestDownload: only with the password, once for a token, three times a day; each is recorded in the audit log.
func TestDownload(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Join(c.Volunteer, "MEMBER")
	proposal := c.Propose(c.Volunteer)
	_, shift := c.Task(3, 72*time.Hour)
	signup, _ := c.SignUp(c.Volunteer, shift)
	c.Volunteer.Do("cancelSignup", hub.Vars{"id": signup, "reason": "I am ill."}, "signup { state }")

	c.Visitor().Refused("UNAUTHENTICATED", "requestData", hub.Vars{"password": hub.Password})
	c.Volunteer.Refused("WRONG_CREDENTIALS", "requestData", hub.Vars{"password": "wrong horse battery"})
	var data map[string]any
	if err := json.Unmarshal([]byte(c.Volunteer.Download()), &data); err != nil {
		t.Fatal(err)
	}
	a := &hub.Answer{T: t, Data: data}
	a.Shows("format", "jastar-hub-data/1").Shows("account.email", hub.Email("Volunteer")).Shows("account.familyName", "Testova").
		Shows("memberships.0.team", "Команда Ауэзов").Shows("memberships.0.history.0.byMe", true).Shows("memberships.0.history.1.byMe", false).
		Shows("proposals.0.id", proposal).Shows("signups.0.endReason", "I am ill.").Shows("signups.0.task", "Арық тазалау").
		Shows("signups.0.history.1.verb", "CANCEL_SIGNUP").Shows("mails.0.kind", "VERIFY_EMAIL").Shows("auditByMe.0.action", "register").
		Shows("roles", []any{})
	if names := slices.Sorted(maps.Keys(data)); len(names) != 42 {
		t.Errorf("%d parts: %v", len(names), names)
	}
	c.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"subjectId": c.Volunteer.ID, "action": "downloadData"}}).Shows("auditEntries.totalCount", 1)
	token := c.Volunteer.Do("requestData", hub.Vars{"password": hub.Password}, "token").Str("requestData.token")
	for i, want := range []int{http.StatusOK, http.StatusForbidden} {
		if status, _, body := c.Fetch(token); status != want || want == http.StatusForbidden && !strings.Contains(body, "TOKEN_INVALID") {
			t.Errorf("%d: %d %.200s", i, status, body)
		}
	}
	for _, bad := range []string{"", "abc", strings.Repeat("A", 43), strings.Repeat("A", 500)} {
		if status, _, body := c.Fetch(bad); status != http.StatusForbidden || strings.Contains(body, "account") {
			t.Errorf("%q: %d %.200s", bad, status, body)
		}
	}
	if status, _, _ := c.Fetch(strings.Repeat("A", 2000)); status != http.StatusRequestEntityTooLarge {
		t.Errorf("a long form: %d", status)
	}
	late := c.Volunteer.Do("requestData", hub.Vars{"password": hub.Password}, "token").Str("requestData.token")
	c.Pass(5 * time.Minute)
	if status, _, _ := c.Fetch(late); status != http.StatusForbidden {
		t.Errorf("after its time: %d", status)
	}
	c.Volunteer.Refused("TRY_LATER", "requestData", hub.Vars{"password": hub.Password})
	c.Pass(24 * time.Hour)
	last := c.Volunteer.Do("requestData", hub.Vars{"password": hub.Password}, "token").Str("requestData.token")
	c.Volunteer.Erase()
	if status, _, _ := c.Fetch(last); status != http.StatusForbidden {
		t.Errorf("after the erasure: %d", status)
	}
}

// TestDownloadOfMuch reads more than a page, all of it once.
func TestDownloadOfMuch(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	who := h.Crowd(1)[0]
	h.Exec(`insert into moves (id, subject_id, verb, to_state, acting_as, by_id, at)
		select gen_random_uuid(), gen_random_uuid(), 'REVIEW_PROPOSAL', 'IN_REVIEW', 'PERSON', $1, now() from generate_series(1, 1203)`, who.ID)
	h.Exec(`insert into audit_entries (id, at, person_id, roles, action, subjects, fields, request_id, outcome)
		select gen_random_uuid(), now() - n / 7 * interval '1 second', $1, '{}', 'action', '{}', '{}', '', '' from generate_series(1, 1203) n`, who.ID)
	var data struct {
		Moves     []struct{ ID string }
		AuditByMe []struct{ At string }
	}
	token := h.PutDataRequest(who)
	_, _, body := h.Fetch(token)
	if err := json.Unmarshal([]byte(body), &data); err != nil {
		t.Fatal(err)
	}
	distinct := map[string]bool{}
	for _, m := range data.Moves {
		distinct[m.ID] = true
	}
	if len(data.Moves) != 1203 || len(distinct) != 1203 || len(data.AuditByMe) != 1204 { // and this download
		t.Errorf("%d moves, %d different, %d entries", len(data.Moves), len(distinct), len(data.AuditByMe))
	}
}

// TestMailsAreForgotten: emails that were sent or given up are kept for 90 days; those that wait stay.
func TestMailsAreForgotten(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	h.Person("Sent", 20)
	h.Mails()
	h.Person("Waiting", 20)
	for _, after := range []struct{ days, left int }{{89, 2}, {91, 1}} {
		err := outbox.Forget(context.Background(), h.DB, h.Present().AddDate(0, 0, after.days))
		if n := h.Count(`select count(*) from outbox`); err != nil || n != after.left {
			t.Errorf("after %d days: %v, %d mails, want %d", after.days, err, n, after.left)
		}
	}
}

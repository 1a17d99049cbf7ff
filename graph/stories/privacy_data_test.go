package stories

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/outbox"
)

// TestDownload: only with the password, once for a token, three times a day; each is recorded in the audit log.
func TestDownload(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.join(c.volunteer, "MEMBER")
	proposal := c.propose(c.volunteer)
	_, shift := c.task(3, 72*hour)
	signup, _ := c.signUp(c.volunteer, shift)
	c.volunteer.do("cancelSignup", vars{"id": signup, "reason": "I am ill."}, "signup { state }")

	c.visitor().refused("UNAUTHENTICATED", "requestData", vars{"password": password})
	c.volunteer.refused("WRONG_CREDENTIALS", "requestData", vars{"password": "wrong horse battery"})
	var data map[string]any
	if err := json.Unmarshal([]byte(c.volunteer.download()), &data); err != nil {
		t.Fatal(err)
	}
	a := &answer{t: t, Data: data}
	a.shows("format", "jastar-hub-data/1").shows("account.email", email("Volunteer")).shows("account.familyName", "Testova").
		shows("memberships.0.team", "Команда Ауэзов").shows("memberships.0.history.0.byMe", true).shows("memberships.0.history.1.byMe", false).
		shows("proposals.0.id", proposal).shows("signups.0.endReason", "I am ill.").shows("signups.0.task", "Арық тазалау").
		shows("signups.0.history.1.verb", "CANCEL_SIGNUP").shows("mails.0.kind", "VERIFY_EMAIL").shows("auditByMe.0.action", "register").
		shows("roles", []any{})
	if names := slices.Sorted(maps.Keys(data)); len(names) != 42 {
		t.Errorf("%d parts: %v", len(names), names)
	}
	c.officer.must(auditQuery, vars{"f": vars{"subjectId": c.volunteer.id, "action": "downloadData"}}).shows("auditEntries.totalCount", 1)
	token := c.volunteer.do("requestData", vars{"password": password}, "token").str("requestData.token")
	for i, want := range []int{http.StatusOK, http.StatusForbidden} {
		if status, _, body := c.fetch(token); status != want || want == http.StatusForbidden && !strings.Contains(body, "TOKEN_INVALID") {
			t.Errorf("%d: %d %.200s", i, status, body)
		}
	}
	for _, bad := range []string{"", "abc", strings.Repeat("A", 43), strings.Repeat("A", 500)} {
		if status, _, body := c.fetch(bad); status != http.StatusForbidden || strings.Contains(body, "account") {
			t.Errorf("%q: %d %.200s", bad, status, body)
		}
	}
	if status, _, _ := c.fetch(strings.Repeat("A", 2000)); status != http.StatusRequestEntityTooLarge {
		t.Errorf("a long form: %d", status)
	}
	late := c.volunteer.do("requestData", vars{"password": password}, "token").str("requestData.token")
	c.exec(`update data_requests set expires_at = now() - interval '1 second'`)
	if status, _, _ := c.fetch(late); status != http.StatusForbidden {
		t.Errorf("after its time: %d", status)
	}
	c.volunteer.refused("TRY_LATER", "requestData", vars{"password": password})
	c.exec(`update data_requests set asked_at = asked_at - interval '1 day'`)
	last := c.volunteer.do("requestData", vars{"password": password}, "token").str("requestData.token")
	c.volunteer.erase()
	if status, _, _ := c.fetch(last); status != http.StatusForbidden {
		t.Errorf("after the erasure: %d", status)
	}
}

// TestDownloadOfMuch reads more than a page, all of it once.
func TestDownloadOfMuch(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	who := h.crowd(1)[0]
	h.exec(`insert into moves (id, subject_id, verb, to_state, acting_as, by_id, at)
		select gen_random_uuid(), gen_random_uuid(), 'REVIEW_PROPOSAL', 'IN_REVIEW', 'PERSON', $1, now() from generate_series(1, 1203)`, who.id)
	h.exec(`insert into audit_entries (id, at, person_id, roles, action, subjects, fields, request_id, outcome)
		select gen_random_uuid(), now() - n / 7 * interval '1 second', $1, '{}', 'action', '{}', '{}', '', '' from generate_series(1, 1203) n`, who.id)
	var data struct {
		Moves     []struct{ ID string }
		AuditByMe []struct{ At string }
	}
	token := h.putDataRequest(who)
	_, _, body := h.fetch(token)
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
	h := newHub(t)
	h.person("Sent", 20)
	h.mails()
	h.person("Waiting", 20)
	for _, after := range []struct{ days, left int }{{89, 2}, {91, 1}} {
		err := outbox.Forget(context.Background(), h.db, time.Now().AddDate(0, 0, after.days))
		if n := h.count(`select count(*) from outbox`); err != nil || n != after.left {
			t.Errorf("after %d days: %v, %d mails, want %d", after.days, err, n, after.left)
		}
	}
}

package rights

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/graph/stories/hub"
)

func TestMutationsAreInTheAudit(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	secret := "Қолғап пен су алып келіңіз, құпия"
	task := c.Lead.Do("createTask", hub.Vars{"teamId": c.Team, "title": "Арық тазалау", "description": secret,
		"shifts": []hub.Vars{c.NewShift(3, 48*time.Hour), c.NewShift(3, 72*time.Hour)}}, "task { id }").Str("createTask.task.id")
	c.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"subjectId": task}}).Shows("auditEntries.nodes", []hub.Vars{{"person": hub.Vars{"id": c.Lead.ID},
		"roles": []string{"TEAM_LEAD"}, "action": "createTask", "subjects": []string{task, c.Team}, "requestId": "story-request", "outcome": nil,
		"fields": []string{"teamId", "title", "description", "shifts.startsAt", "shifts.endsAt", "shifts.capacity"}}})

	c.Other.Refused("NOT_FOUND", "openTask", hub.Vars{"id": task})
	c.Coordinator.Refused("NOT_LEAD", "openTask", hub.Vars{"id": task})
	c.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"subjectId": task, "action": "openTask"}}).Shows("auditEntries.nodes", []hub.Vars{
		{"person": hub.Vars{"id": c.Coordinator.ID}, "roles": []string{"COORDINATOR"}, "action": "openTask", "subjects": []string{task},
			"fields": []string{"id"}, "requestId": "story-request", "outcome": "NOT_LEAD"},
		{"person": hub.Vars{"id": c.Other.ID}, "roles": []string{}, "action": "openTask", "subjects": []string{task},
			"fields": []string{"id"}, "requestId": "story-request", "outcome": "NOT_FOUND"}})

	before := c.Count(`select count(*) from audit_entries`)
	c.Visitor().Refused("UNAUTHENTICATED", "openTask", hub.Vars{"id": task})
	c.Lead.Refused("INVALID", "createTask", hub.Vars{"teamId": c.Team, "title": "A", "description": "B"})
	c.Lead.Key = "once"
	c.Lead.Do("updateTask", hub.Vars{"id": task, "title": "Тағы арық"}, "task { id }")
	c.Lead.Do("updateTask", hub.Vars{"id": task, "title": "Тағы арық"}, "task { id }")
	if n := c.Count(`select count(*) from audit_entries`) - before; n != 1 {
		t.Errorf("noise and repetitions: %d entries, want the first update's", n)
	}
	if n := c.Count(`select count(*) from audit_entries e where to_jsonb(e)::text ~ $1`, "құпия|example.org|correct horse|Testova|арық"); n != 0 {
		t.Errorf("%d entries with what people wrote", n)
	}
}

func TestSessionsAreInTheAudit(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	newest := func(action string) hub.Vars {
		return c.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"action": action}, "first": 1}).At("auditEntries.nodes.0").(hub.Vars)
	}
	someone := c.Person("Someone", 20)
	if e := newest("register"); e["person"].(hub.Vars)["id"] != someone.ID || strings.Contains(fmt.Sprint(e), "someone@") {
		t.Errorf("%v", e)
	}
	signIn := `mutation($in: SignInInput!) { signIn(input: $in) { person { id } } }`
	c.Visitor().Must(signIn, hub.Vars{"in": hub.Vars{"email": "someone@example.org", "password": hub.Password}})
	if e := newest("signIn"); e["person"].(hub.Vars)["id"] != someone.ID || e["outcome"] != nil {
		t.Errorf("%v", e)
	}
	for email, subject := range map[string]string{"someone@example.org": someone.ID, "nobody@example.org": uuid.Nil.String()} {
		c.Visitor().Ask(signIn, hub.Vars{"in": hub.Vars{"email": email, "password": "a wrong password"}})
		if e := newest("signIn"); e["person"] != nil || e["outcome"] != "WRONG_CREDENTIALS" || e["subjects"].([]any)[0] != subject {
			t.Errorf("%s: %v", email, e)
		}
	}
	someone.Must(`mutation { signOut(input: {}) { ended } }`)
	if e := newest("signOut"); e["person"].(hub.Vars)["id"] != someone.ID {
		t.Errorf("%v", e)
	}
}

func TestReadingTheAudit(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	for code, who := range map[string]*hub.Caller{"UNAUTHENTICATED": c.Visitor(), "NOT_OFFICER": c.Coordinator} {
		if got := who.Ask(hub.AuditQuery).Code(); got != code {
			t.Errorf("%s; want %s", got, code)
		}
	}
	c.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"personId": c.Lead.ID}})
	c.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"action": "auditEntries"}}).Shows("auditEntries.nodes", []hub.Vars{
		{"person": hub.Vars{"id": c.Officer.ID}, "roles": []string{"CITY_OFFICER"}, "action": "auditEntries", "subjects": []string{c.Lead.ID},
			"fields": []string{"filter.personId", "first"}, "requestId": "story-request", "outcome": nil},
		{"person": hub.Vars{"id": c.Coordinator.ID}, "roles": []string{"COORDINATOR"}, "action": "auditEntries", "subjects": []string{},
			"fields": []string{"first"}, "requestId": "story-request", "outcome": "NOT_OFFICER"}})

	all := c.Count(`select count(*) from audit_entries`)
	until := c.Present().Format(time.RFC3339Nano)
	seen, after := 0, any(nil)
	for more := true; more; {
		a := c.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"to": until}, "first": 3, "after": after})
		seen += len(a.At("auditEntries.nodes").([]any))
		more, after = a.At("auditEntries.pageInfo.hasNextPage").(bool), a.At("auditEntries.pageInfo.endCursor")
		a.Shows("auditEntries.totalCount", all)
	}
	if seen != all {
		t.Errorf("saw %d of %d", seen, all)
	}
	c.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"from": until, "personId": c.Lead.ID}}).Shows("auditEntries.totalCount", 0)
	c.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"subjectId": c.Team, "personId": c.Lead.ID, "action": "requestMembership"}}).Shows("auditEntries.totalCount", 1)
	if got := c.Officer.Ask(hub.AuditQuery, hub.Vars{"f": hub.Vars{"from": until, "to": until}}).Code(); got != "INVALID" {
		t.Errorf("an empty span: %s", got)
	}
}

func TestTheAuditIsKept(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	for _, statement := range []string{`update audit_entries set outcome = 'X'`, `delete from audit_entries`, `truncate audit_entries`,
		`update audit_subjects set at = now()`, `delete from audit_subjects`, `truncate audit_subjects`} {
		for _, as := range []string{`select 1`, `set local session_replication_role = 'replica'`} {
			tx := c.DB.MustBegin()
			tx.MustExec(as)
			if _, err := tx.Exec(statement); err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s; %s: %v", as, statement, err)
			}
			_ = tx.Rollback()
		}
	}
	// The program's database role as in docs/security.md; nothing of it is left behind.
	for statement, want := range map[string]string{`select from audit_entries`: "", `delete from audit_entries`: "permission denied",
		`update audit_entries set outcome = 'X'`: "permission denied", `truncate audit_entries`: "permission denied",
		`alter table audit_entries disable trigger all`: "must be owner", `delete from audit_subjects`: "permission denied"} {
		tx := c.DB.MustBegin()
		for _, line := range programsRole(t) {
			tx.MustExec(line)
		}
		tx.MustExec(`set local role hub_program`)
		if _, err := tx.Exec(statement); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q", statement, err, want)
		}
		_ = tx.Rollback()
	}
}

// programsRole returns the SQL in docs/security.md that creates the program's role.
func programsRole(t *testing.T) (statements []string) {
	t.Helper()
	text, err := os.ReadFile("../../../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "```sql\n")
	script, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("no SQL in docs/security.md")
	}
	for statement := range strings.SplitSeq(script, ";") {
		if strings.TrimSpace(statement) != "" {
			statements = append(statements, statement)
		}
	}
	return statements
}

// TestAuditFiltersHaveTheirIndex: no filter reads the whole table.
func TestAuditFiltersHaveTheirIndex(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Exec(`insert into audit_entries select gen_random_uuid(), now() - make_interval(secs => n), case when n % 1000 = 0 then $1::uuid end, '{}',
		'action' || n % 1000, '{}', '{}', '', '' from generate_series(1, 20000) n`, c.Lead.ID)
	c.Exec(`insert into audit_subjects select case when n % 1000 = 0 then $1::uuid else id end, at, id
		from (select at, id, row_number() over () n from audit_entries) e on conflict do nothing`, c.Team)
	c.Exec(`analyze audit_entries, audit_subjects`)
	for filter, index := range map[string]string{`where e.person_id = '` + c.Lead.ID + `' order by e.at desc, e.id desc`: "audit_entries_person",
		`where e.action = 'action7' order by e.at desc, e.id desc`:                                                                             "audit_entries_action",
		`where e.at < now() - interval '1 hour' order by e.at desc, e.id desc`:                                                                 "audit_entries_pkey",
		`where (e.at, e.id) < (now() - interval '1 hour', $$` + c.Team + `$$) order by e.at desc, e.id desc`:                                   "audit_entries_pkey",
		`join audit_subjects s on e.at = s.at and e.id = s.entry_id where s.subject_id = '` + c.Team + `' order by s.at desc, s.entry_id desc`: "audit_subjects_pkey"} {
		var plan []string
		if err := c.DB.Select(&plan, `explain select e.* from audit_entries e `+filter+` limit 21`); err != nil {
			t.Fatal(err)
		}
		text := strings.Join(plan, "\n")
		if !strings.Contains(text, index) || strings.Contains(text, "Seq Scan") || strings.Contains(text, "Sort") {
			t.Errorf("%s:\n%s", filter, text)
		}
	}
}

package stories

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

const auditQuery = `query($f: AuditFilter, $first: Int! = 20, $after: String) { auditEntries(filter: $f, first: $first, after: $after) { totalCount
	pageInfo { hasNextPage endCursor } nodes { person { id } roles action subjects fields requestId outcome } } }`

func TestMutationsAreInTheAudit(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	secret := "Қолғап пен су алып келіңіз, құпия"
	task := c.lead.do("createTask", vars{"teamId": c.team, "title": "Арық тазалау", "description": secret,
		"shifts": []vars{c.newShift(3, 48*hour), c.newShift(3, 72*hour)}}, "task { id }").str("createTask.task.id")
	c.officer.must(auditQuery, vars{"f": vars{"subjectId": task}}).shows("auditEntries.nodes", []vars{{"person": vars{"id": c.lead.id},
		"roles": []string{"TEAM_LEAD"}, "action": "createTask", "subjects": []string{task, c.team}, "requestId": "story-request", "outcome": nil,
		"fields": []string{"teamId", "title", "description", "shifts.startsAt", "shifts.endsAt", "shifts.capacity"}}})

	c.other.refused("NOT_FOUND", "openTask", vars{"id": task})
	c.coordinator.refused("NOT_LEAD", "openTask", vars{"id": task})
	c.officer.must(auditQuery, vars{"f": vars{"subjectId": task, "action": "openTask"}}).shows("auditEntries.nodes", []vars{
		{"person": vars{"id": c.coordinator.id}, "roles": []string{"COORDINATOR"}, "action": "openTask", "subjects": []string{task},
			"fields": []string{"id"}, "requestId": "story-request", "outcome": "NOT_LEAD"},
		{"person": vars{"id": c.other.id}, "roles": []string{}, "action": "openTask", "subjects": []string{task},
			"fields": []string{"id"}, "requestId": "story-request", "outcome": "NOT_FOUND"}})

	before := c.count(`select count(*) from audit_entries`)
	c.visitor().refused("UNAUTHENTICATED", "openTask", vars{"id": task})
	c.lead.refused("INVALID", "createTask", vars{"teamId": c.team, "title": "A", "description": "B"})
	c.lead.key = "once"
	c.lead.do("updateTask", vars{"id": task, "title": "Тағы арық"}, "task { id }")
	c.lead.do("updateTask", vars{"id": task, "title": "Тағы арық"}, "task { id }")
	if n := c.count(`select count(*) from audit_entries`) - before; n != 1 {
		t.Errorf("noise and repetitions: %d entries, want the first update's", n)
	}
	if n := c.count(`select count(*) from audit_entries e where to_jsonb(e)::text ~ $1`, "құпия|example.org|correct horse|Testova|арық"); n != 0 {
		t.Errorf("%d entries with what people wrote", n)
	}
}

func TestSessionsAreInTheAudit(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	newest := func(action string) vars {
		return c.officer.must(auditQuery, vars{"f": vars{"action": action}, "first": 1}).at("auditEntries.nodes.0").(vars)
	}
	someone := c.person("Someone", 20)
	if e := newest("register"); e["person"].(vars)["id"] != someone.id || strings.Contains(fmt.Sprint(e), "someone@") {
		t.Errorf("%v", e)
	}
	signIn := `mutation($in: SignInInput!) { signIn(input: $in) { person { id } } }`
	c.visitor().must(signIn, vars{"in": vars{"email": "someone@example.org", "password": password}})
	if e := newest("signIn"); e["person"].(vars)["id"] != someone.id || e["outcome"] != nil {
		t.Errorf("%v", e)
	}
	for email, subject := range map[string]string{"someone@example.org": someone.id, "nobody@example.org": uuid.Nil.String()} {
		c.visitor().ask(signIn, vars{"in": vars{"email": email, "password": "a wrong password"}})
		if e := newest("signIn"); e["person"] != nil || e["outcome"] != "WRONG_CREDENTIALS" || e["subjects"].([]any)[0] != subject {
			t.Errorf("%s: %v", email, e)
		}
	}
	someone.must(`mutation { signOut(input: {}) { ended } }`)
	if e := newest("signOut"); e["person"].(vars)["id"] != someone.id {
		t.Errorf("%v", e)
	}
}

func TestReadingTheAudit(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	for code, who := range map[string]*caller{"UNAUTHENTICATED": c.visitor(), "NOT_OFFICER": c.coordinator} {
		if got := who.ask(auditQuery).code(); got != code {
			t.Errorf("%s; want %s", got, code)
		}
	}
	c.officer.must(auditQuery, vars{"f": vars{"personId": c.lead.id}})
	c.officer.must(auditQuery, vars{"f": vars{"action": "auditEntries"}}).shows("auditEntries.nodes", []vars{
		{"person": vars{"id": c.officer.id}, "roles": []string{"CITY_OFFICER"}, "action": "auditEntries", "subjects": []string{c.lead.id},
			"fields": []string{"filter.personId", "first"}, "requestId": "story-request", "outcome": nil},
		{"person": vars{"id": c.coordinator.id}, "roles": []string{"COORDINATOR"}, "action": "auditEntries", "subjects": []string{},
			"fields": []string{"first"}, "requestId": "story-request", "outcome": "NOT_OFFICER"}})

	all := c.count(`select count(*) from audit_entries`)
	until := time.Now().Format(time.RFC3339Nano)
	seen, after := 0, any(nil)
	for more := true; more; {
		a := c.officer.must(auditQuery, vars{"f": vars{"to": until}, "first": 3, "after": after})
		seen += len(a.at("auditEntries.nodes").([]any))
		more, after = a.at("auditEntries.pageInfo.hasNextPage").(bool), a.at("auditEntries.pageInfo.endCursor")
		a.shows("auditEntries.totalCount", all)
	}
	if seen != all {
		t.Errorf("saw %d of %d", seen, all)
	}
	c.officer.must(auditQuery, vars{"f": vars{"from": until, "personId": c.lead.id}}).shows("auditEntries.totalCount", 0)
	c.officer.must(auditQuery, vars{"f": vars{"subjectId": c.team, "personId": c.lead.id, "action": "requestMembership"}}).shows("auditEntries.totalCount", 1)
	if got := c.officer.ask(auditQuery, vars{"f": vars{"from": until, "to": until}}).code(); got != "INVALID" {
		t.Errorf("an empty span: %s", got)
	}
}

func TestTheAuditIsKept(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	for _, statement := range []string{`update audit_entries set outcome = 'X'`, `delete from audit_entries`, `truncate audit_entries`,
		`update audit_subjects set at = now()`, `delete from audit_subjects`, `truncate audit_subjects`} {
		for _, as := range []string{`select 1`, `set local session_replication_role = 'replica'`} {
			tx := c.db.MustBegin()
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
		tx := c.db.MustBegin()
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
	text, err := os.ReadFile("../../docs/security.md")
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
	c := newCity(t)
	c.exec(`insert into audit_entries select gen_random_uuid(), now() - make_interval(secs => n), case when n % 1000 = 0 then $1::uuid end, '{}',
		'action' || n % 1000, '{}', '{}', '', '' from generate_series(1, 50000) n`, c.lead.id)
	c.exec(`insert into audit_subjects select case when n % 1000 = 0 then $1::uuid else id end, at, id
		from (select at, id, row_number() over () n from audit_entries) e on conflict do nothing`, c.team)
	c.exec(`analyze audit_entries, audit_subjects`)
	for filter, index := range map[string]string{`where e.person_id = '` + c.lead.id + `' order by e.at desc, e.id desc`: "audit_entries_person",
		`where e.action = 'action7' order by e.at desc, e.id desc`:                                                                             "audit_entries_action",
		`where e.at < now() - interval '1 hour' order by e.at desc, e.id desc`:                                                                 "audit_entries_pkey",
		`where (e.at, e.id) < (now() - interval '1 hour', $$` + c.team + `$$) order by e.at desc, e.id desc`:                                   "audit_entries_pkey",
		`join audit_subjects s on e.at = s.at and e.id = s.entry_id where s.subject_id = '` + c.team + `' order by s.at desc, s.entry_id desc`: "audit_subjects_pkey"} {
		var plan []string
		if err := c.db.Select(&plan, `explain select e.* from audit_entries e `+filter+` limit 21`); err != nil {
			t.Fatal(err)
		}
		text := strings.Join(plan, "\n")
		if !strings.Contains(text, index) || strings.Contains(text, "Seq Scan") || strings.Contains(text, "Sort") {
			t.Errorf("%s:\n%s", filter, text)
		}
	}
}

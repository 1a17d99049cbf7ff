package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/postgres"
)

// TestKilledWhileTelling: a hub is killed while a lead invites people and their emails are sent. Invitations that it confirmed
// are told, others are done and told or neither; and after all are tried again on another hub, everybody has been told about
// their own invitation, once in the app and at least once by email, and about nobody else's.
func TestKilledWhileTelling(t *testing.T) {
	t.Parallel()
	url, db := migrated(t)
	_, tokens := crowd(t, db, 61, 1)
	invitations := inviting(t, db)
	server := newMailServer(t)
	env := []string{"HUB_DATABASE_URL=" + url, "HUB_SMTP_URL=smtp://" + server.address, "HUB_PUBLIC_URL=https://hub.example", sealing(1)}
	first := serve(t, env...)
	answered := make(chan invitation) // the client waits until an answer is seen: most are not yet invited when the hub is killed
	go func() {
		for range 20 {
			<-answered
			_, _ = db.Exec(sendNow)
		}
		_ = first.cmd.Process.Kill()
		for range answered {
		}
	}()
	sendAll(invitations, func(in invitation) {
		if first.invites(tokens[0], in) {
			answered <- in
		}
	})
	close(answered)
	_ = first.cmd.Wait()
	if n := count(t, db, `select count(*) from memberships where state = 'INVITED'`); n < 20 || n == len(invitations) {
		t.Fatalf("%d of %d are invited, 20 were told so when the hub was killed", n, len(invitations))
	}
	if n := count(t, db, `select count(*) from (select person_id from memberships where state = 'INVITED') m
		full join (select person_id from notices) n using (person_id) full join (select person_id from outbox) o using (person_id)
		where m.person_id is null or n.person_id is null or o.person_id is null`); n != 0 {
		t.Errorf("of %d something is written down without the rest", n)
	}

	second := serve(t, env...)
	sendAll(invitations, func(in invitation) {
		for left := 100; !second.invites(tokens[0], in); left-- {
			if left == 0 {
				t.Errorf("%s cannot be invited", in.email)
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	})
	sent(t, db)
	got := server.got()
	for _, in := range invitations {
		ids := map[string]bool{}
		for _, m := range got[in.email] {
			ids[m.id] = true
			if !strings.Contains(m.body, "https://hub.example/teams/"+in.team) {
				t.Errorf("%s got another's: %s", in.email, m.body)
			}
		}
		if n := count(t, db, `select count(*) from notices where person_id = $1 and subject_id = $2`, in.person, in.team); len(ids) != 1 || n != 1 {
			t.Errorf("%s has %d notices and got %d different mails", in.email, n, len(ids))
		}
	}
	if n := count(t, db, `select count(*) from notices`); n != len(invitations) || len(got) != len(invitations) {
		t.Errorf("%d notices, %d people with mails, want %d", n, len(got), len(invitations))
	}
}

// invitation is an invitation into a team.
type invitation struct{ person, email, team string }

// inviting makes the first person the lead of two teams, who invites all others: each into one of them.
func inviting(t *testing.T, db *postgres.DB) (all []invitation) {
	t.Helper()
	for _, statement := range []string{
		`insert into teams (id, ngo_id, name_kk, name_ru, name_en, language, created_at) select gen_random_uuid(), ngo_id, '', '', 'Other', 'EN', now() from teams`,
		`insert into hostings (id, team_id, centre_id, state, asked_at, started_at)
			select gen_random_uuid(), t.id, c.id, 'ACTIVE', now(), now() from teams t, centres c where c.code = 'AUEZOV-1'`,
		`insert into memberships (id, team_id, person_id, role, state, created_at, joined_at)
			select gen_random_uuid(), t.id, p.id, 'LEAD', 'ACTIVE', now(), now() from teams t, people p where p.email = 'p0@example.org'`,
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	var rows []struct {
		Person string `db:"id"`
		Email  string `db:"email"`
		Team   string `db:"team"`
	}
	if err := db.Select(&rows, `select p.id, email, (array(select id from teams order by id))[1 + (row_number() over (order by p.id)) % 2] as team
		from people p where email <> 'p0@example.org'`); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		all = append(all, invitation{row.Person, row.Email, row.Team})
	}
	return all
}

// sendAll calls do for all of them, eight at a time.
func sendAll(invitations []invitation, do func(invitation)) {
	queue := make(chan invitation, len(invitations))
	for _, in := range invitations {
		queue <- in
	}
	close(queue)
	everyone(8, func(int) {
		for in := range queue {
			do(in)
		}
	})
}

// invites sends an invitation, each time with the same key, and reports whether the hub has confirmed it.
func (p *process) invites(token string, in invitation) bool {
	var data struct{ InviteMember json.RawMessage }
	return p.try(token, "invite-"+in.person, fmt.Sprintf(
		`mutation { inviteMember(input: {teamId: %q, personId: %q}) { membership { id } } }`, in.team, in.person), &data) == nil && data.InviteMember != nil
}

// sendNow makes messages due at any time of the day; those that a killed hub had reserved are tried at once.
const sendNow = `update outbox set at_night = true, due_at = now() where sent_at is null and (not at_night or due_at > now() + interval '5 seconds')`

// sent waits until all messages are sent.
func sent(t *testing.T, db *postgres.DB) {
	t.Helper()
	for left := 600; count(t, db, `select count(*) from outbox where sent_at is null`) > 0 && left > 0; left-- {
		if _, err := db.Exec(sendNow); err != nil {
			t.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

package main

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"jastarhub/internal/postgres"
)

// question is what many people ask, each about something else.
type question struct {
	name     string
	requests *requests
	limit    *requests // the same for the server it is compared with, if that can answer it
}

const (
	tasksOfDistrict = `query($id: ID!) { tasks(filter: {districtId: $id, states: [OPEN]}) { nodes { id title state team { id name }
		ngo { id name } centre { id code name } district { id code name } seats { taken capacity }
		updates(first: 3) { nodes { id text createdAt author { id displayName } } } } } }`
	oneTask = `query($id: ID!) { task(id: $id) { id title description state seats { taken capacity }
		signups(first: 50) { nodes { id state createdAt person { id displayName } } }
		updates(first: 20) { nodes { id text createdAt author { id displayName } } } } }`
	centresWithCounts = `{ centres { nodes { id code name teamCount taskCounts { state tasks } } } }`
	teamsWithCounts   = `{ teams(first: 40) { nodes { id name memberCount taskCounts { state tasks } } } }`
	ownSignups        = `{ viewer { id signups { nodes { id state position shift { id startsAt endsAt task { id title team { id name } } } } } } }`
	signUp            = `mutation($id: ID!) { signUp(input: {shiftId: $id}) { signup { id state } } }`
)

// asked selects who asks what: pairs of a person and the object of the question.
const (
	anybodyOfDistricts = `select p.id as person, d.id as about from districts d,
		(select person_id as id from signups group by 1 order by count(*) desc, 1 limit 400) p order by p.id, d.code`
	leadsOfTasks = `select m.person_id as person, t.id as about from tasks t join memberships m on m.team_id = t.team_id
		where m.state = 'ACTIVE' and m.role = 'LEAD' and t.state = 'IN_PROGRESS'
			and (select count(*) from progress_updates u where u.task_id = t.id) >= 20 order by md5(m.person_id::text || t.id)`
	anybody = `select person_id as person, person_id as about from signups
		group by 1 order by count(*) desc, 1 limit 2000`
	newcomers = `select p.id as person, s.id as about from (
			select id, row_number() over (order by id desc) as n from people p
			where p.birth_date < now() - interval '18 years' and not exists (select from signups g where g.person_id = p.id)
			order by id desc limit 30000) p
		join (select id, row_number() over (order by id) as n, count(*) over () as shifts from shifts
			where capacity = 10000 and starts_at > now() + interval '1 day') s on p.n % s.shifts = s.n - 1 order by p.n`
)

var popular = []struct{ name, document, who string }{
	{"a) tasks of a district", tasksOfDistrict, anybodyOfDistricts},
	{"b) a task with its sign-ups", oneTask, leadsOfTasks},
	{"c) centres with counts", centresWithCounts, anybody},
	{"d) teams with counts", teamsWithCounts, anybody},
	{"e) own sign-ups", ownSignups, anybody},
	{"signUp", signUp, newcomers},
}

func questions(ctx context.Context, db *postgres.DB, address string) ([]question, error) {
	var all []question
	for _, q := range popular {
		var asked []struct{ Person, About uuid.UUID }
		if err := db.SelectContext(ctx, &asked, q.who); err != nil {
			return nil, err
		}
		if len(asked) == 0 {
			return nil, errOld
		}
		of, people := question{name: q.name, requests: &requests{once: q.document == signUp}}, map[uuid.UUID]bool{}
		if q.document == tasksOfDistrict {
			of.limit = &requests{}
		}
		for _, a := range asked {
			people[a.Person] = true
			if err := of.requests.add(address, q.document, map[string]any{"id": a.About}, a.Person); err != nil {
				return nil, err
			}
			if of.limit != nil {
				of.limit.raw = append(of.limit.raw, fmt.Appendf(nil, "GET /?id=%s HTTP/1.1\r\nHost: limit\r\n\r\n", a.About))
			}
		}
		if err := signIn(ctx, db, people); err != nil {
			return nil, err
		}
		all = append(all, of)
	}
	return all, nil
}

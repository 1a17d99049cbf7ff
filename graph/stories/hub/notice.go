package hub

import (
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/notice"
	"jastarhub/internal/postgres"
)

// Hears checks that a person was told these kinds, and nothing else, since the last time, and marks them as read.
func (c *Caller) Hears(kinds ...string) *Answer {
	c.Hub.T.Helper()
	a := c.Must(`{ viewer { notices(filter: {unread: true}, first: 100) { nodes { id kind title text path subjectId } } } }`)
	nodes := a.At("viewer.notices.nodes").([]any)
	var heard, ids []string
	for i := range nodes {
		n := nodes[len(nodes)-1-i].(map[string]any)
		heard, ids = append(heard, n["kind"].(string)), append(ids, n["id"].(string))
	}
	if strings.Join(heard, " ") != strings.Join(kinds, " ") {
		c.Hub.T.Errorf("heard %v, want %v: %s", heard, kinds, a.RawBody)
	}
	if len(ids) > 0 {
		c.Do("markNoticesRead", Vars{"ids": ids}, "person { unreadNotices }").Shows("markNoticesRead.person.unreadNotices", 0)
	}
	return a
}

// Tell tells somebody something true about a task: if only leads are told it, they lead its team.
func (c *City) Tell(kind notice.NoticeKind, before time.Time, to ...*Caller) {
	c.T.Helper()
	state := map[notice.NoticeKind]string{notice.TaskVerified: "VERIFIED", notice.TaskSentBack: "IN_PROGRESS", notice.ShiftCancelled: "CANCELLED"}[kind]
	err := c.DB.Tx(c.T.Context(), func(tx *sqlx.Tx) error {
		for _, who := range to {
			task := postgres.NewID()
			tx.MustExec(`insert into tasks (id, team_id, ngo_id, centre_id, district_id, title, description, language, state, created_by, claimed_by,
					cancel_reason, verified_at, created_at, updated_at)
				select $1, $2, $3, id, district_id, 'Task', 'Told of.', 'EN', $4::task_state, $5, case when $4 = 'VERIFIED' then $5::uuid end,
					case when $4 = 'CANCELLED' then 'A storm.' end, case when $4 = 'VERIFIED' then now() end, now(), now()
				from centres where code = 'AUEZOV-1'`, task, c.Team, c.Ngo, state, who.ID)
			if kind != notice.ShiftCancelled {
				tx.MustExec(`insert into memberships (id, team_id, person_id, role, state, created_at, joined_at)
					values ($1, $2, $3, 'LEAD', 'ACTIVE', now(), now()) on conflict (team_id, person_id) where state in ('REQUESTED', 'INVITED', 'ACTIVE')
					do update set role = 'LEAD', state = 'ACTIVE', expires_at = null`, task, c.Team, who.ID)
			}
			news := notice.News{Kind: kind, About: notice.AboutTask(task), Before: before}
			if err := notice.Tell(c.T.Context(), tx, nil, c.Present(), news, notice.People(uuid.MustParse(who.ID))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		c.T.Fatal(err)
	}
}

// PutLink links a person's chat.
func (w *World) PutLink(who *Caller) (id string) {
	id = postgres.NewID().String()
	w.Exec(`insert into telegram_links (id, person_id, chat_id, linked_at) values ($1, $2, nextval('ids_made'), now())
		on conflict (person_id) do update set id = excluded.id`, id, who.ID)
	return id
}

// PutBot makes the hub believe that Telegram answers.
func (w *World) PutBot(string) Vars {
	w.Exec(`insert into telegram_bot (username, seen_at) values ('jastar_test_bot', now() + interval '1 day') on conflict do nothing`)
	return Vars{"openApp": true}
}

// PutDead adds a message about a notice that was given up.
func (w *World) PutDead() (id string) {
	id = postgres.NewID().String()
	w.Exec(`insert into outbox (id, kind, person_id, language, data, created_at, due_at, attempts, failed_at, last_error)
		values ($1, 'NOTICES_OF_THE_DAY', $2, 'EN', '{"notices": []}', now(), now(), 10, now(), 'away')`, id, w.Roles["person"].ID)
	return id
}

package stories

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/notice"
	"jastarhub/internal/postgres"
	"jastarhub/internal/telegram"
)

// told returns the kinds of a person's notices, oldest first.
func (c *caller) told() (kinds []string) {
	c.h.t.Helper()
	a := c.must(`{ viewer { notices(first: 100) { nodes { kind } } } }`)
	for _, n := range a.at("viewer.notices.nodes").([]any) {
		kinds = append([]string{n.(map[string]any)["kind"].(string)}, kinds...)
	}
	return kinds
}

// hears checks that a person was told these kinds, and nothing else, since the last time, and marks them as read.
func (c *caller) hears(kinds ...string) *answer {
	c.h.t.Helper()
	a := c.must(`{ viewer { notices(filter: {unread: true}, first: 100) { nodes { id kind title text path subjectId } } } }`)
	nodes := a.at("viewer.notices.nodes").([]any)
	var heard, ids []string
	for i := range nodes {
		n := nodes[len(nodes)-1-i].(map[string]any)
		heard, ids = append(heard, n["kind"].(string)), append(ids, n["id"].(string))
	}
	if strings.Join(heard, " ") != strings.Join(kinds, " ") {
		c.h.t.Errorf("heard %v, want %v: %s", heard, kinds, a.rawBody)
	}
	if len(ids) > 0 {
		c.do("markNoticesRead", vars{"ids": ids}, "person { unreadNotices }").shows("markNoticesRead.person.unreadNotices", 0)
	}
	return a
}

// tell tells somebody something true about a task: if only leads are told it, they lead its team.
func (c *city) tell(kind notice.NoticeKind, before time.Time, to ...*caller) {
	c.t.Helper()
	state := map[notice.NoticeKind]string{notice.TaskVerified: "VERIFIED", notice.TaskSentBack: "IN_PROGRESS", notice.ShiftCancelled: "CANCELLED"}[kind]
	err := c.db.Tx(c.t.Context(), func(tx *sqlx.Tx) error {
		for _, who := range to {
			task := postgres.NewID()
			tx.MustExec(`insert into tasks (id, team_id, ngo_id, centre_id, district_id, title, description, language, state, created_by, claimed_by,
					cancel_reason, verified_at, created_at, updated_at)
				select $1, $2, $3, id, district_id, 'Task', 'Told of.', 'EN', $4::task_state, $5, case when $4 = 'VERIFIED' then $5::uuid end,
					case when $4 = 'CANCELLED' then 'A storm.' end, case when $4 = 'VERIFIED' then now() end, now(), now()
				from centres where code = 'AUEZOV-1'`, task, c.team, c.ngo, state, who.id)
			if kind != notice.ShiftCancelled {
				tx.MustExec(`insert into memberships (id, team_id, person_id, role, state, created_at, joined_at)
					values ($1, $2, $3, 'LEAD', 'ACTIVE', now(), now()) on conflict (team_id, person_id) where state in ('REQUESTED', 'INVITED', 'ACTIVE')
					do update set role = 'LEAD', state = 'ACTIVE', expires_at = null`, task, c.team, who.id)
			}
			news := notice.News{Kind: kind, About: notice.AboutTask(task), Before: before}
			if err := notice.Tell(c.t.Context(), tx, nil, c.present(), news, notice.People(uuid.MustParse(who.id))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// botAPI is a test double of Telegram's Bot API.
type botAPI struct {
	*telegram.Bot
	mu      sync.Mutex
	sent    []message
	updates []map[string]any
	refusal string
}

// message is a message that the bot sent.
type message struct{ chat, text string }

const botToken = "123:t0ken"

func newBotAPI(t testing.TB) *botAPI {
	t.Helper()
	api := &botAPI{}
	server := httptest.NewServer(http.HandlerFunc(api.serve))
	t.Cleanup(server.Close)
	api.Bot = &telegram.Bot{URL: server.URL, Token: botToken}
	return api
}

func (api *botAPI) serve(w http.ResponseWriter, r *http.Request) {
	api.mu.Lock()
	defer api.mu.Unlock()
	method, found := strings.CutPrefix(r.URL.Path, "/bot"+botToken+"/")
	body, _ := io.ReadAll(r.Body)
	var in struct {
		Chat   string `json:"chat_id"`
		Text   string `json:"text"`
		Offset int    `json:"offset"`
	}
	_ = json.Unmarshal(body, &in)
	var result any
	switch {
	case !found:
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"ok":false,"error_code":401,"description":"Unauthorized"}`)
		return
	case method == "getMe":
		result = vars{"username": "jastar_test_bot"}
	case method == "sendMessage" && api.refusal != "":
		_, _ = io.WriteString(w, api.refusal)
		return
	case method == "sendMessage":
		api.sent = append(api.sent, message{in.Chat, in.Text})
		result = vars{"message_id": len(api.sent)}
	case in.Offset > len(api.updates): // there is nothing more: an error stops a listener that waits longer
		_, _ = io.WriteString(w, `{"ok":false,"error_code":409,"description":"Conflict"}`)
		return
	default:
		result = api.updates[max(0, in.Offset-1):]
	}
	_ = json.NewEncoder(w).Encode(vars{"ok": true, "result": result})
}

// writes lets somebody write to the bot.
func (api *botAPI) writes(chat int, kind, text string) {
	api.mu.Lock()
	defer api.mu.Unlock()
	api.updates = append(api.updates, vars{"update_id": len(api.updates) + 1, "message": vars{"text": text,
		"chat": vars{"id": chat, "type": kind}, "from": vars{"language_code": "ru"}}})
}

// got returns the messages since the last time.
func (api *botAPI) got() []message {
	api.mu.Lock()
	defer api.mu.Unlock()
	sent := api.sent
	api.sent = nil
	return sent
}

func (api *botAPI) refuses(answer string) {
	api.mu.Lock()
	defer api.mu.Unlock()
	api.refusal = answer
}

// listens lets the worker receive everything that was written to the bot.
func (h *hub) listens(api *botAPI) {
	h.t.Helper()
	listener := &notice.Listener{Service: h.r.Notices, Bot: api.Bot, Now: h.present, Log: slog.New(slog.DiscardHandler)}
	if err := listener.Listen(h.t.Context(), h.present()); err == nil || !strings.Contains(err.Error(), "409") {
		h.t.Fatalf("the listener ended with %v", err)
	}
}

// putLink links a person's chat.
func (w *world) putLink(who *caller) (id string) {
	id = postgres.NewID().String()
	w.exec(`insert into telegram_links (id, person_id, chat_id, linked_at) values ($1, $2, nextval('ids_made'), now())
		on conflict (person_id) do update set id = excluded.id`, id, who.id)
	return id
}

// putBot makes the hub believe that Telegram answers.
func (w *world) putBot(string) vars {
	w.exec(`insert into telegram_bot (username, seen_at) values ('jastar_test_bot', now() + interval '1 day') on conflict do nothing`)
	return vars{"openApp": true}
}

// putDead adds a message about a notice that was given up.
func (w *world) putDead() (id string) {
	id = postgres.NewID().String()
	w.exec(`insert into outbox (id, kind, person_id, language, data, created_at, due_at, attempts, failed_at, last_error)
		values ($1, 'NOTICES_OF_THE_DAY', $2, 'EN', '{"notices": []}', now(), now(), 10, now(), 'away')`, id, w.roles["person"].id)
	return id
}

func (w *world) goodNotices() map[string]good {
	people := w.crowd(4)
	return map[string]good{
		"markNoticesRead":      {people[0], vars{"upTo": at(1)}},
		"setNoticePreferences": {people[1], vars{"preferences": []any{vars{"topic": "SHIFTS", "email": "ALL", "telegram": false}}}},
		"linkTelegram":         {people[2], w.putBot("")},
		"unlinkTelegram":       {people[3], vars{"id": w.putLink(people[3])}},
		"sendAgain":            {w.officer, vars{"id": w.putDead()}},
	}
}

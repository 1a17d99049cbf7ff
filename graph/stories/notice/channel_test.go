package notice

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/almaty"
	"jastarhub/internal/outbox"
	"jastarhub/internal/signup/reminderpage"
)

// TestTelegram links a chat, gets notices there, and unlinks it.
func TestTelegram(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	api := newBotAPI(t)
	c.Volunteer.Refused("NO_TELEGRAM", "linkTelegram", hub.Vars{})
	listens(c.Hub, api)
	a := c.Volunteer.Do("linkTelegram", hub.Vars{}, "code url expiresAt")
	code := a.Str("linkTelegram.code")
	a.Shows("linkTelegram.url", "https://t.me/jastar_test_bot?start="+code)
	c.Volunteer.Key = "once"
	c.Volunteer.Refused("IDEMPOTENCY_KEY_NOT_SUPPORTED", "linkTelegram", hub.Vars{})
	c.Volunteer.Key = ""
	api.writes(-7, "group", "/start "+code)
	api.writes(7, "private", "/start wrong")
	api.writes(7, "private", "hello")
	api.writes(7, "private", "/start "+code)
	api.writes(8, "private", "/start "+code) // it has been used
	listens(c.Hub, api)
	api.hears(t, "7: Этот код", "7: Done!", "8: Этот код")
	link := c.Volunteer.Must(`{ viewer { telegram { id } } }`).Str("viewer.telegram.id")
	c.Other.Refused("NOT_FOUND", "unlinkTelegram", hub.Vars{"id": link})

	bot := c.Sender(outbox.Telegram, outbox.ByTelegram(api.Bot))
	push := func() {
		t.Helper()
		if err := bot.Send(context.Background(), c.Noon()); err != nil {
			t.Fatal(err)
		}
	}
	c.Tell("TASK_VERIFIED", time.Time{}, c.Volunteer, c.Other)
	api.refuses(`{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":90}}`)
	push()
	if n := c.Count(`select count(*) from outbox where channel = 'TELEGRAM' and last_error like '%429%' and attempts = 1
		and due_at = $1`, c.Noon().Add(90*time.Second)); n != 1 {
		t.Error("Telegram was not left alone for as long as it asked")
	}
	api.refuses("")
	c.Exec(`update outbox set due_at = now() where channel = 'TELEGRAM'`)
	push()
	push()
	api.hears(t, "7: Your team’s result is confirmed")

	other := c.Other.Do("linkTelegram", hub.Vars{"openApp": true}, "code url")
	other.Shows("linkTelegram.url", "tg://resolve?domain=jastar_test_bot&start="+other.Str("linkTelegram.code"))
	api.writes(7, "private", "/start "+other.Str("linkTelegram.code")) // the chat changes hands
	listens(c.Hub, api)
	api.got()
	c.Volunteer.Must(`{ viewer { telegram { id } } }`).Shows("viewer.telegram", nil)
	c.Tell("TASK_VERIFIED", time.Time{}, c.Volunteer)
	push()
	api.hears(t)
	c.Tell("TASK_VERIFIED", time.Time{}, c.Other)
	api.refuses(`{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}`)
	push()
	c.Other.Must(`{ viewer { telegram { id } } }`).Shows("viewer.telegram", nil)
	if n := c.Count(`select count(*) from outbox where channel = 'TELEGRAM' and sent_at is null`); n != 0 {
		t.Errorf("%d messages wait for a chat that is closed", n)
	}
}

// hears checks that the bot has sent messages with these beginnings.
func (api *botAPI) hears(t *testing.T, want ...string) {
	t.Helper()
	got := api.got()
	if len(got) != len(want) {
		t.Fatalf("sent %q, want %q", got, want)
	}
	for i, m := range got {
		if text := m.chat + ": " + m.text; !strings.HasPrefix(text, want[i]) {
			t.Errorf("sent %q, want %q", text, want[i])
		}
	}
}

// TestAHangingMailServerStopsNobody leaves an email with a server that does not answer, and sends by Telegram at the same time.
func TestAHangingMailServerStopsNobody(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	api := newBotAPI(t)
	c.Exec(`delete from outbox`)
	c.Exec(`insert into telegram_links (id, person_id, chat_id, linked_at) values (gen_random_uuid(), $1, 7, now())`, c.Volunteer.ID)
	c.Tell("TASK_SENT_BACK", time.Time{}, c.Volunteer)
	var once sync.Once
	reached, free := make(chan struct{}), make(chan struct{})
	hanging := c.Sender(outbox.Email, func(context.Context, []*outbox.Letter) {
		once.Do(func() { close(reached) })
		<-free
	})
	var mails sync.WaitGroup
	mails.Go(func() {
		if err := hanging.Send(context.Background(), c.Noon()); err != nil {
			t.Error(err)
		}
	})
	<-reached
	c.Tell("TASK_SENT_BACK", time.Time{}, c.Other) // no request waits
	if err := c.Sender(outbox.Telegram, outbox.ByTelegram(api.Bot)).Send(context.Background(), c.Noon()); err != nil {
		t.Error(err)
	}
	api.hears(t, "7: Your team’s task still needs some work")
	close(free)
	mails.Wait()
}

// TestReminders reminds in the evening and in the morning, once, with any number of hubs; and lets people answer with one tap.
func TestReminders(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	comes, waits := c.Volunteer, c.Other
	evening := outbox.Next(c.Present().AddDate(0, 0, 1), 19)
	starts := time.Date(evening.Year(), evening.Month(), evening.Day()+1, 15, 0, 0, 0, almaty.Zone)
	task, _ := c.Task(1, 500*time.Hour)
	shift := c.FromTo(task, starts, 1, 0, 2*time.Hour)
	signup, _ := c.SignUp(comes, shift)
	c.SignUp(waits, shift)
	c.Exec(`delete from outbox`)
	reminds(c.Hub, evening.Add(-2*time.Hour))
	comes.Hears()
	second := hub.NewOn(t, c.Database)
	var hubs sync.WaitGroup
	for _, h := range []*hub.Hub{c.Hub, second, c.Hub} {
		hubs.Go(func() { reminds(h, evening) })
	}
	hubs.Wait()
	comes.Hears("SHIFT_TOMORROW")
	waits.Hears()
	c.Exec(`update notices set read_at = null`)
	token := reminderLink(c.Hub, evening)
	site := newAnswers(c, evening)
	for range 2 {
		site.get(token, http.StatusOK, "Are you coming?")
	}
	comes.Must(`{ viewer { signups { nodes { comingAt state } } } }`).Shows("viewer.signups.nodes.0", hub.Vars{"comingAt": nil, "state": "CONFIRMED"})
	site.get("/coming/"+strings.Repeat("A", 43), http.StatusNotFound, "leads nowhere")
	site.get(token[:len(token)-4]+"AAAA", http.StatusNotFound, "leads nowhere")
	site.post(token, "coming", "Thank you: you are coming")
	c.Lead.Must(`query($id: ID!) { shift(id: $id) { signups { nodes { comingAt } } } }`, hub.Vars{"id": shift})
	if n := c.Count(`select count(*) from signups where id = $1 and coming_at is not null`, signup); n != 1 {
		t.Error("the answer is not recorded")
	}
	morning := outbox.Next(evening, 8)
	reminds(c.Hub, morning)
	reminds(c.Hub, morning.Add(time.Hour))
	comes.Hears("SHIFT_TOMORROW", "SHIFT_TODAY")
	site.post(token, "cannot", "You have no place")
	waits.Hears("SEAT_OFFERED")
	site.post(token, "coming", "You have no place")
	comes.Must(`{ viewer { signups { nodes { state } } } }`).Shows("viewer.signups.nodes.0.state", "CANCELLED")
}

func reminds(h *hub.Hub, now time.Time) {
	h.T.Helper()
	if err := h.Resolver.Signups.Remind(context.Background(), now); err != nil {
		h.T.Error(err)
	}
}

// reminderLink returns the path of the link in the reminder's email.
func reminderLink(h *hub.Hub, now time.Time) (path string) {
	h.T.Helper()
	carry := func(_ context.Context, letters []*outbox.Letter) {
		for _, l := range letters {
			if _, after, found := strings.Cut(l.Body, "https://hub.example/coming/"); found {
				path, _, _ = strings.Cut("/coming/"+after, "\n")
			}
		}
	}
	if err := h.Sender(outbox.Email, carry).Send(context.Background(), now); err != nil || path == "" {
		h.T.Fatalf("no link, %v", err)
	}
	return path
}

// answers is the page where people answer reminders, at a moment.
type answers struct {
	t   *testing.T
	url string
}

func newAnswers(c *hub.City, now time.Time) *answers {
	p := &reminderpage.Page{Notices: c.Resolver.Notices, Signups: c.Resolver.Signups, Log: slog.New(slog.NewTextHandler(c.Log, nil)),
		RequestID: func(context.Context) string { return "story-request" }, Now: func() time.Time { return now }}
	server := httptest.NewServer(p.Handler())
	c.T.Cleanup(server.Close)
	return &answers{c.T.(*testing.T), server.URL}
}

func (s *answers) get(path string, status int, want string) {
	s.t.Helper()
	request, err := http.NewRequest(http.MethodGet, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	s.want(request, status, want)
}

func (s *answers) post(path, action, want string) {
	s.t.Helper()
	request, err := http.NewRequest(http.MethodPost, s.url+path, strings.NewReader(url.Values{"action": {action}}.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	s.want(request, http.StatusOK, want)
}

func (s *answers) want(request *http.Request, status int, want string) {
	s.t.Helper()
	request.Header.Set("Accept-Language", "en")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != status || !strings.Contains(string(body), want) {
		s.t.Errorf("%s: %d, %v, %s; want %d and %q", request.Method, response.StatusCode, err, fmt.Sprintf("%.900s", body), status, want)
	}
}

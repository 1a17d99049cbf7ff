package stories

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

	"jastarhub/internal/almaty"
	"jastarhub/internal/outbox"
	"jastarhub/internal/signup/reminderpage"
)

// TestTelegram links a chat, gets notices there, and unlinks it.
func TestTelegram(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	api := newBotAPI(t)
	c.volunteer.refused("NO_TELEGRAM", "linkTelegram", vars{})
	c.listens(api)
	a := c.volunteer.do("linkTelegram", vars{}, "code url expiresAt")
	code := a.str("linkTelegram.code")
	a.shows("linkTelegram.url", "https://t.me/jastar_test_bot?start="+code)
	c.volunteer.key = "once"
	c.volunteer.refused("IDEMPOTENCY_KEY_NOT_SUPPORTED", "linkTelegram", vars{})
	c.volunteer.key = ""
	api.writes(-7, "group", "/start "+code)
	api.writes(7, "private", "/start wrong")
	api.writes(7, "private", "hello")
	api.writes(7, "private", "/start "+code)
	api.writes(8, "private", "/start "+code) // it has been used
	c.listens(api)
	api.hears(t, "7: Этот код", "7: Done!", "8: Этот код")
	link := c.volunteer.must(`{ viewer { telegram { id } } }`).str("viewer.telegram.id")
	c.other.refused("NOT_FOUND", "unlinkTelegram", vars{"id": link})

	bot := c.sender(outbox.Telegram, outbox.ByTelegram(api.Bot))
	push := func() {
		t.Helper()
		if err := bot.Send(context.Background(), c.noon()); err != nil {
			t.Fatal(err)
		}
	}
	c.tell("TASK_VERIFIED", time.Time{}, c.volunteer, c.other)
	api.refuses(`{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":90}}`)
	push()
	if n := c.count(`select count(*) from outbox where channel = 'TELEGRAM' and last_error like '%429%' and attempts = 1
		and due_at = $1`, c.noon().Add(90*time.Second)); n != 1 {
		t.Error("Telegram was not left alone for as long as it asked")
	}
	api.refuses("")
	c.exec(`update outbox set due_at = now() where channel = 'TELEGRAM'`)
	push()
	push()
	api.hears(t, "7: Your team’s result is confirmed")

	other := c.other.do("linkTelegram", vars{"openApp": true}, "code url")
	other.shows("linkTelegram.url", "tg://resolve?domain=jastar_test_bot&start="+other.str("linkTelegram.code"))
	api.writes(7, "private", "/start "+other.str("linkTelegram.code")) // the chat changes hands
	c.listens(api)
	api.got()
	c.volunteer.must(`{ viewer { telegram { id } } }`).shows("viewer.telegram", nil)
	c.tell("TASK_VERIFIED", time.Time{}, c.volunteer)
	push()
	api.hears(t)
	c.tell("TASK_VERIFIED", time.Time{}, c.other)
	api.refuses(`{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}`)
	push()
	c.other.must(`{ viewer { telegram { id } } }`).shows("viewer.telegram", nil)
	if n := c.count(`select count(*) from outbox where channel = 'TELEGRAM' and sent_at is null`); n != 0 {
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
	c := newCity(t)
	api := newBotAPI(t)
	c.exec(`delete from outbox`)
	c.exec(`insert into telegram_links (id, person_id, chat_id, linked_at) values (gen_random_uuid(), $1, 7, now())`, c.volunteer.id)
	c.tell("TASK_SENT_BACK", time.Time{}, c.volunteer)
	var once sync.Once
	reached, free := make(chan struct{}), make(chan struct{})
	hanging := c.sender(outbox.Email, func(context.Context, []*outbox.Letter) {
		once.Do(func() { close(reached) })
		<-free
	})
	var mails sync.WaitGroup
	mails.Go(func() {
		if err := hanging.Send(context.Background(), c.noon()); err != nil {
			t.Error(err)
		}
	})
	<-reached
	c.tell("TASK_SENT_BACK", time.Time{}, c.other) // no request waits
	if err := c.sender(outbox.Telegram, outbox.ByTelegram(api.Bot)).Send(context.Background(), c.noon()); err != nil {
		t.Error(err)
	}
	api.hears(t, "7: Your team’s task still needs some work")
	close(free)
	mails.Wait()
}

// TestReminders reminds in the evening and in the morning, once, with any number of hubs; and lets people answer with one tap.
func TestReminders(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	comes, waits := c.volunteer, c.other
	_, shift := c.task(1, 72*time.Hour)
	signup, _ := c.signUp(comes, shift)
	c.signUp(waits, shift)
	c.exec(`delete from outbox`)
	evening := outbox.Next(time.Now().AddDate(0, 0, 1), 19)
	starts := time.Date(evening.Year(), evening.Month(), evening.Day()+1, 15, 0, 0, 0, almaty.Zone)
	c.exec(`update shifts set starts_at = $2, ends_at = $2::timestamptz + interval '2 hours' where id = $1`, shift, starts)
	c.reminds(evening.Add(-2 * time.Hour))
	comes.hears()
	second := newHubOn(t, c.on)
	var hubs sync.WaitGroup
	for _, h := range []*hub{c.hub, second, c.hub} {
		hubs.Go(func() { h.reminds(evening) })
	}
	hubs.Wait()
	comes.hears("SHIFT_TOMORROW")
	waits.hears()
	c.exec(`update notices set read_at = null`)
	token := c.reminderLink(evening)
	site := c.answers(evening)
	for range 2 {
		site.get(token, http.StatusOK, "Are you coming?")
	}
	comes.must(`{ viewer { signups { nodes { comingAt state } } } }`).shows("viewer.signups.nodes.0", vars{"comingAt": nil, "state": "CONFIRMED"})
	site.get("/coming/"+strings.Repeat("A", 43), http.StatusNotFound, "leads nowhere")
	site.get(token[:len(token)-4]+"AAAA", http.StatusNotFound, "leads nowhere")
	site.post(token, "coming", "Thank you: you are coming")
	c.lead.must(`query($id: ID!) { shift(id: $id) { signups { nodes { comingAt } } } }`, vars{"id": shift})
	if n := c.count(`select count(*) from signups where id = $1 and coming_at is not null`, signup); n != 1 {
		t.Error("the answer is not recorded")
	}
	morning := outbox.Next(evening, 8)
	c.reminds(morning)
	c.reminds(morning.Add(time.Hour))
	comes.hears("SHIFT_TOMORROW", "SHIFT_TODAY")
	site.post(token, "cannot", "You have no place")
	waits.hears("SEAT_OFFERED")
	site.post(token, "coming", "You have no place")
	comes.must(`{ viewer { signups { nodes { state } } } }`).shows("viewer.signups.nodes.0.state", "CANCELLED")
}

func (h *hub) reminds(now time.Time) {
	h.t.Helper()
	if err := h.r.Signups.Remind(context.Background(), now); err != nil {
		h.t.Error(err)
	}
}

// reminderLink returns the path of the link in the reminder's email.
func (h *hub) reminderLink(now time.Time) (path string) {
	h.t.Helper()
	carry := func(_ context.Context, letters []*outbox.Letter) {
		for _, l := range letters {
			if _, after, found := strings.Cut(l.Body, "https://hub.example/coming/"); found {
				path, _, _ = strings.Cut("/coming/"+after, "\n")
			}
		}
	}
	if err := h.sender(outbox.Email, carry).Send(context.Background(), now); err != nil || path == "" {
		h.t.Fatalf("no link, %v", err)
	}
	return path
}

// answers is the page where people answer reminders, at a moment.
type answers struct {
	t   *testing.T
	url string
}

func (c *city) answers(now time.Time) *answers {
	p := &reminderpage.Page{Notices: c.r.Notices, Signups: c.r.Signups, Log: slog.New(slog.NewTextHandler(c.log, nil)),
		RequestID: func(context.Context) string { return "story-request" }, Now: func() time.Time { return now }}
	server := httptest.NewServer(p.Handler())
	c.t.Cleanup(server.Close)
	return &answers{c.t.(*testing.T), server.URL}
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

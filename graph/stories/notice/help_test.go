package notice

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/notice"
	"jastarhub/internal/telegram"
)

// told returns the kinds of a person's notices, oldest first.
func told(c *hub.Caller) (kinds []string) {
	c.Hub.T.Helper()
	a := c.Must(`{ viewer { notices(first: 100) { nodes { kind } } } }`)
	for _, n := range a.At("viewer.notices.nodes").([]any) {
		kinds = append([]string{n.(map[string]any)["kind"].(string)}, kinds...)
	}
	return kinds
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
		result = hub.Vars{"username": "jastar_test_bot"}
	case method == "sendMessage" && api.refusal != "":
		_, _ = io.WriteString(w, api.refusal)
		return
	case method == "sendMessage":
		api.sent = append(api.sent, message{in.Chat, in.Text})
		result = hub.Vars{"message_id": len(api.sent)}
	case in.Offset > len(api.updates): // there is nothing more: an error stops a listener that waits longer
		_, _ = io.WriteString(w, `{"ok":false,"error_code":409,"description":"Conflict"}`)
		return
	default:
		result = api.updates[max(0, in.Offset-1):]
	}
	_ = json.NewEncoder(w).Encode(hub.Vars{"ok": true, "result": result})
}

// writes lets somebody write to the bot.
func (api *botAPI) writes(chat int, kind, text string) {
	api.mu.Lock()
	defer api.mu.Unlock()
	api.updates = append(api.updates, hub.Vars{"update_id": len(api.updates) + 1, "message": hub.Vars{"text": text,
		"chat": hub.Vars{"id": chat, "type": kind}, "from": hub.Vars{"language_code": "ru"}}})
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
func listens(h *hub.Hub, api *botAPI) {
	h.T.Helper()
	listener := &notice.Listener{Service: h.Resolver.Notices, Bot: api.Bot, Now: h.Present, Log: slog.New(slog.DiscardHandler)}
	if err := listener.Listen(h.T.Context(), h.Present()); err == nil || !strings.Contains(err.Error(), "409") {
		h.T.Fatalf("the listener ended with %v", err)
	}
}

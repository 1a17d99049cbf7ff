// Package telegram is the part of Telegram's Bot API that the hub needs.
package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Bot is the hub's bot.
type Bot struct {
	URL   string // of the API
	Token string // gives access: it is in no log and no error
}

// API is the address of Telegram's own API.
const API = "https://api.telegram.org"

// patience is how long to wait for an answer, in addition to the time for which Telegram is asked to wait.
const patience = 10 * time.Second

const mostBytes = 1 << 20 // of an answer

// Error is a refusal.
type Error struct {
	Code        int
	Description string
	RetryAfter  time.Duration
}

func (e *Error) Error() string { return fmt.Sprintf("telegram: %d %s", e.Code, e.Description) }

// Closed reports whether the person has blocked the bot, or the chat no longer exists.
func (e *Error) Closed() bool {
	return e.Code == http.StatusForbidden || e.Code == http.StatusBadRequest && strings.Contains(e.Description, "chat not found")
}

// Update is something that somebody wrote to the bot.
type Update struct {
	ID      int64    `json:"update_id"`
	Message *Message `json:"message"`
}

// Message is a text in a chat.
type Message struct {
	Text string `json:"text"`
	Chat struct {
		ID   int64  `json:"id"`
		Type string `json:"type"`
	} `json:"chat"`
	From struct {
		Language string `json:"language_code"`
	} `json:"from"`
}

// Private reports whether only one person is in the chat.
func (m *Message) Private() bool { return m.Chat.Type == "private" }

// Name returns the bot's name, which links contain.
func (b *Bot) Name(ctx context.Context) (string, error) {
	var me struct {
		Username string `json:"username"`
	}
	err := b.call(ctx, "getMe", map[string]any{}, &me, 0)
	return me.Username, err
}

// Send sends a message to a chat.
func (b *Bot) Send(ctx context.Context, chat, text string) error {
	return b.call(ctx, "sendMessage", map[string]any{"chat_id": chat, "text": text,
		"link_preview_options": map[string]any{"is_disabled": true}}, nil, 0)
}

// Updates waits for messages to the bot after an update, and confirms that update.
func (b *Bot) Updates(ctx context.Context, after int64, wait time.Duration) (updates []Update, err error) {
	err = b.call(ctx, "getUpdates", map[string]any{"offset": after + 1, "timeout": int(wait.Seconds()),
		"allowed_updates": []string{"message"}}, &updates, wait)
	return updates, err
}

func (b *Bot) call(ctx context.Context, method string, in map[string]any, out any, wait time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, wait+patience)
	defer cancel()
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, b.URL+"/bot"+b.Token+"/"+method, bytes.NewReader(body))
	if err != nil {
		return errors.New("telegram: the API's address is not valid") // the error would quote the token
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		if quoting := (*url.Error)(nil); errors.As(err, &quoting) {
			err = quoting.Err
		}
		return fmt.Errorf("telegram: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	return read(response, out)
}

func read(response *http.Response, out any) error {
	var answer struct {
		OK          bool            `json:"ok"`
		Result      json.RawMessage `json:"result"`
		Code        int             `json:"error_code"`
		Description string          `json:"description"`
		Parameters  struct {
			RetryAfter int `json:"retry_after"`
		} `json:"parameters"`
	}
	if err := json.NewDecoder(io.LimitReader(response.Body, mostBytes)).Decode(&answer); err != nil {
		return &Error{Code: response.StatusCode, Description: "the Bot API did not answer"}
	}
	if !answer.OK {
		return &Error{Code: answer.Code, Description: answer.Description, RetryAfter: time.Duration(answer.Parameters.RetryAfter) * time.Second}
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(answer.Result, out)
}

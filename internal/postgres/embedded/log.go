package embedded

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
)

// logLines passes the server's lines on to the hub's log, and keeps the last ones, to say why it did not start or why it ended.
type logLines struct {
	log   *slog.Logger
	mu    sync.Mutex
	part  []byte
	level slog.Level // of the message that a line continues
	last  []string
}

const keptLines = 6

// levels are the log levels of the server's severities. An ERROR is a statement of the hub that was refused: the hub itself logs
// what matters, and the server's message may quote what people wrote. So may STATEMENT, QUERY and CONTEXT lines.
var levels = map[string]slog.Level{
	"LOG": slog.LevelInfo, "WARNING": slog.LevelWarn, "FATAL": slog.LevelError, "PANIC": slog.LevelError, "ERROR": slog.LevelDebug,
	"STATEMENT": slog.LevelDebug, "QUERY": slog.LevelDebug, "CONTEXT": slog.LevelDebug,
}

func (l *logLines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.part = append(l.part, b...)
	for {
		line, rest, complete := bytes.Cut(l.part, []byte("\n"))
		if !complete {
			return len(b), nil
		}
		l.part = append([]byte(nil), rest...)
		l.pass(string(line))
	}
}

func (l *logLines) pass(line string) {
	severity, _, _ := strings.Cut(line, ":")
	if level, ok := levels[severity]; ok {
		l.level = level
	}
	l.log.Log(context.Background(), l.level, "postgres", "line", line)
	if l.level < slog.LevelInfo {
		return
	}
	l.last = append(l.last, line)
	if len(l.last) > keptLines {
		l.last = l.last[1:]
	}
}

func (l *logLines) tail() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.last, "; ")
}

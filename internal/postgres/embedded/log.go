package embedded

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
)

// logLines passes the server's lines on to the hub's log and keeps the last ones, to say why a start failed.
type logLines struct {
	log  *slog.Logger
	mu   sync.Mutex
	part []byte
	last []string
}

const keptLines = 6

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
		l.log.Debug("postgres", "line", string(line))
		l.last = append(l.last, string(line))
		if len(l.last) > keptLines {
			l.last = l.last[1:]
		}
	}
}

func (l *logLines) tail() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.last, "; ")
}

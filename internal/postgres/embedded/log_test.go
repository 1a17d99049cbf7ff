package embedded

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

// TestLinesOfTheServer: the log has what an operator must know, and nothing that people wrote.
func TestLinesOfTheServer(t *testing.T) {
	var log bytes.Buffer
	l := &logLines{log: slog.New(slog.NewTextHandler(&log, nil))}
	said := strings.Join([]string{
		`LOG:  server process (PID 7) was terminated by signal 9: Killed`,
		`DETAIL:  Failed process was running: checked`,
		`WARNING:  terminating connection because of crash of another server process`,
		`HINT:  In a moment you should be able to reconnect`,
		"\tto the database.",
		`ERROR:  duplicate key value violates unique constraint "people_email_key"`,
		`DETAIL:  Key (email)=(ainur@example.org) already exists.`,
		`STATEMENT:  insert into people values ('ainur@example.org')`,
		`FATAL:  could not write lock file "postmaster.pid": No space left on device`,
		`CONTEXT:  while ainur@example.org was written`,
		`PANIC:  could not write to file "pg_wal/xlogtemp.9"`,
	}, "\n") + "\n"
	for cut := range len(said) / 7 { // in pieces, as it may arrive
		_, _ = l.Write([]byte(said[7*cut : 7*cut+7]))
	}
	_, _ = l.Write([]byte(said[len(said)/7*7:]))
	for _, want := range []string{`level=INFO msg=postgres line="LOG:  server process (PID 7)`, `level=INFO msg=postgres line="DETAIL:  Failed`,
		"level=WARN msg=postgres line=\"WARNING:  terminating", "level=WARN msg=postgres line=\"HINT:", `level=WARN msg=postgres line="\tto the`,
		`level=ERROR msg=postgres line="FATAL:`, `level=ERROR msg=postgres line="PANIC:`} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("no %s in\n%s", want, log.String())
		}
	}
	for of, text := range map[string]string{"log": log.String(), "reason": l.tail()} {
		if strings.Contains(text, "ainur") || strings.Contains(text, "duplicate") {
			t.Errorf("what people wrote is in the %s: %s", of, text)
		}
	}
	if reason := l.tail(); !strings.HasSuffix(reason, `; PANIC:  could not write to file "pg_wal/xlogtemp.9"`) || strings.Count(reason, "; ") != keptLines-1 {
		t.Errorf("the reason is %q", reason)
	}
}

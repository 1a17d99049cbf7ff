package postgres

import (
	"container/list"
	"database/sql/driver"
)

// maxStatements limits how many prepared statements one connection keeps. The hub has fewer that are asked often; the limit is for
// SQL text that is put together at run time.
const maxStatements = 256

// pqStmt is what pq's statement can do.
type pqStmt interface {
	driver.Stmt
	driver.StmtQueryContext
	driver.StmtExecContext
}

// statements are the prepared statements of a connection by their SQL text, last used first.
type statements struct {
	order  list.List
	byText map[string]*list.Element
}

type statement struct {
	text string
	pqStmt
}

func newStatements() statements { return statements{byText: map[string]*list.Element{}} }

func (s *statements) get(text string) (pqStmt, bool) {
	e, ok := s.byText[text]
	if !ok {
		return nil, false
	}
	s.order.MoveToFront(e)
	return e.Value.(statement).pqStmt, true
}

// put keeps a statement, and closes the least recently used one if there are too many.
func (s *statements) put(text string, st pqStmt) error {
	s.byText[text] = s.order.PushFront(statement{text, st})
	if s.order.Len() <= maxStatements {
		return nil
	}
	last := s.order.Remove(s.order.Back()).(statement)
	delete(s.byText, last.text)
	return last.Close()
}

package fault

import (
	"fmt"
	"runtime/debug"
)

// Panic is a panic that was caught, and where.
type Panic struct {
	value any
	stack []byte
}

func (p *Panic) Error() string { return fmt.Sprintf("panic: %v\n%s", p.value, p.stack) }

// Caught calls do and turns a panic into an error: in the background, one panic must not stop other work or the process.
func Caught(do func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &Panic{value, debug.Stack()}
		}
	}()
	return do()
}

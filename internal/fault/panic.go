package fault

import (
	"fmt"
	"runtime/debug"
)

// Panic is what was caught, and where.
type Panic struct {
	value any
	stack []byte
}

func (p *Panic) Error() string { return fmt.Sprintf("panic: %v\n%s", p.value, p.stack) }

// Caught does something that may panic, and makes an error of that: in the background one thing that does must not keep others from
// being done, nor end the process.
func Caught(do func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &Panic{value, debug.Stack()}
		}
	}()
	return do()
}

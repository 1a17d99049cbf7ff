// Package fault has the errors that people may see: a stable code for programs, a sentence for people and, for invalid input, the
// field it is about. An error that is not a Fault is INTERNAL, and its text stays in the log.
package fault

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"strings"
	"time"
)

// Code is a stable name for a refusal: programs act on it; people read its text.
type Code string

// Text returns the code's sentence for people.
func (c Code) Text() string { return texts[c] }

// Fault is one refusal.
type Fault struct {
	Code  Code
	Field string        // path of the input field below `input`, e.g. "name.kk"; empty where no field is at fault
	Text  string        // one English sentence for a person; clients translate by Code
	Wait  time.Duration // how long to wait before trying again; 0 where that is not known
	data  map[Datum]any // what the text says in numbers and times
}

// Datum is the name of something that a refusal's text says, under which a program gets it.
type Datum string

// What a text can say. docs/api.md explains them.
const (
	Until Datum = "until" // a time.Time
	Min   Datum = "min"
	Max   Datum = "max"
	Cost  Datum = "cost"
)

// With returns the refusal with something that its text says.
func (f *Fault) With(name Datum, value any) *Fault {
	told := *f
	told.data = maps.Clone(f.data)
	if told.data == nil {
		told.data = map[Datum]any{}
	}
	told.data[name] = value
	return &told
}

// Extensions returns what a program is told of the refusal: code, field, retryAfter in seconds, and what the text says.
func (f *Fault) Extensions() map[string]any {
	told := map[string]any{"code": f.Code}
	if f.Field != "" {
		told["field"] = f.Field
	}
	if f.Wait > 0 {
		told["retryAfter"] = Seconds(f.Wait)
	}
	for name, value := range f.data {
		told[string(name)] = value
	}
	return told
}

// Seconds returns a wait in whole seconds, not less than it is.
func Seconds(wait time.Duration) int { return int(math.Ceil(wait.Seconds())) }

func (f *Fault) Error() string {
	if f.Field == "" {
		return f.Text
	}
	return f.Field + ": " + f.Text
}

// New returns a refusal with the code's own sentence.
func New(code Code) *Fault { return &Fault{Code: code, Text: code.Text()} }

// Because returns a refusal with a sentence of its own.
func Because(code Code, text string) *Fault { return &Fault{Code: code, Text: text} }

// After returns a refusal that ends after some time; %d in its sentence stands for the seconds.
func After(code Code, wait time.Duration, text string) *Fault {
	wait = max(wait, time.Second)
	return &Fault{Code: code, Text: fmt.Sprintf(text, Seconds(wait)), Wait: wait}
}

// Later returns a refusal with the code's own sentence that ends after some time.
func Later(code Code, wait time.Duration) *Fault {
	return &Fault{Code: code, Text: code.Text(), Wait: wait}
}

// Field returns a refusal of one input field.
func Field(field, text string) *Fault { return &Fault{Code: Invalid, Field: field, Text: text} }

// When returns the code if the condition holds, otherwise "".
func When(refused bool, code Code) Code {
	if refused {
		return code
	}
	return ""
}

// If returns New(code), or nil where the code is empty: rules return a code, use-cases an error.
func If(code Code) error {
	if code == "" {
		return nil
	}
	return New(code)
}

// CodeOf returns the code of the first Fault in err's chain, or INTERNAL.
func CodeOf(err error) Code {
	var f *Fault
	if errors.As(err, &f) {
		return f.Code
	}
	return Internal
}

// List is every invalid field of one input.
type List []*Fault

func (l List) Error() string {
	texts := make([]string, len(l))
	for i, f := range l {
		texts[i] = f.Error()
	}
	return strings.Join(texts, "; ")
}

// Unwrap lets errors.As find the faults.
func (l List) Unwrap() []error {
	errs := make([]error, len(l))
	for i, f := range l {
		errs[i] = f
	}
	return errs
}

// Missing returns a refusal of an input field whose id does not exist, or may not be known to the asker.
func Missing(field string) *Fault { return &Fault{Code: NotFound, Field: field, Text: NotFound.Text()} }

package fault_test

import (
	"errors"
	"testing"

	"jastarhub/internal/fault"
)

func TestWhen(t *testing.T) {
	if got := fault.When(true, fault.NotLead); got != fault.NotLead {
		t.Errorf("refused with %q", got)
	}
	if got := fault.When(false, fault.NotLead); got != "" {
		t.Errorf("not refused, but %q", got)
	}
}

func TestIf(t *testing.T) {
	if err := fault.If(""); err != nil {
		t.Errorf("no code, but %v", err)
	}
	var f *fault.Fault
	if err := fault.If(fault.NotLead); !errors.As(err, &f) || f.Code != fault.NotLead || f.Text != fault.NotLead.Text() {
		t.Errorf("%v", err)
	}
}

package person

import (
	"testing"

	"jastarhub/internal/fault"
)

func TestUnready(t *testing.T) {
	for _, c := range []struct {
		is   Private
		want fault.Code
	}{
		{Private{Verified: true, GivenName: "Әли"}, ""},
		{Private{GivenName: "Әли"}, fault.EmailUnverified},
		{Private{Verified: true}, fault.ProfileIncomplete},
		{Private{}, fault.EmailUnverified},
	} {
		if got := (&Person{Private: c.is}).Unready(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.is, got, c.want)
		}
	}
}

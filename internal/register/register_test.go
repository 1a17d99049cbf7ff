package register

import (
	"testing"

	"jastarhub/internal/auth/who"
)

func TestWhoReadsTheRegister(t *testing.T) {
	who.Only(t, "the register", mayRead, who.Officer, who.NgoLead, who.Elsewhere)
}

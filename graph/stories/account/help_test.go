package account

import (
	"context"
	"testing"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/account"
	"jastarhub/internal/mutation"
)

// signInFrom signs somebody in from an address of its own.
func signInFrom(h *hub.Hub, address, who, password string) error {
	_, err := h.Resolver.Accounts.SignIn(context.Background(), account.Visit{Call: mutation.Call{Now: h.Present()}, Address: address},
		account.SignInInput{Email: hub.Email(who), Password: password})
	return err
}

func TestMailsAreOnlyReadOnce(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	h.Unverified("Aigul", 20)
	if token := h.Letter(hub.Email("Aigul"), "Confirm your email address"); len(token) != 43 {
		t.Errorf("%q is no token", token)
	}
	if all := h.Mails(); len(all) != 0 {
		t.Errorf("again: %+v", all)
	}
	if n := h.Count(`select count(*) from outbox where data <> '{}'`); n != 0 {
		t.Errorf("%d mails that were sent keep their data", n)
	}
}

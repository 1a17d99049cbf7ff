package account

import (
	"testing"

	"jastarhub/graph/stories/hub"
)

// TestOneNameIsEnough: a person with a single name is shown by it everywhere.
func TestOneNameIsEnough(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	a := c.Visitor().Ask(`mutation { register(input: {email: "suharto@example.org", password: "` + hub.Password + `", givenName: " Сухарто ", birthDate: "1990-05-09"}) {
		token person { displayName givenName familyName } } }`)
	a.Shows("register.person", hub.Vars{"displayName": "Сухарто", "givenName": "Сухарто", "familyName": ""})
	who := &hub.Caller{Hub: c.Hub, Token: a.Str("register.token")}
	who.Ask(`mutation { updateProfile(input: {familyName: "Оңғар"}) { person { displayName } } }`).Shows("updateProfile.person", hub.Vars{"displayName": "Сухарто Оңғар"})
	who.Ask(`mutation { updateProfile(input: {familyName: "", givenName: "გიორგი"}) { person { displayName } } }`).Shows("updateProfile.person", hub.Vars{"displayName": "გიორგი"})
}

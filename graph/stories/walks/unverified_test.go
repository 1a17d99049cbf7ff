package walks

import (
	"slices"
	"strings"
	"testing"

	"jastarhub/graph/stories/hub"
)

// ownAccount are the mutations with which people manage their own account: they are allowed to anyone who has not verified the
// address, and those before the bar to anyone who has not entered a name.
const ownAccount = `register signIn signOut changeEmail requestPasswordReset resetPassword changePassword updateProfile endSession
	appeal markNoticesRead requestData eraseAccount verifyEmail | acceptInvitation`

// TestWhatABarredAccountMay tries every mutation of the schema, with an input that is otherwise accepted, on accounts that are
// not verified or have no name: all but those about the account are refused, and nothing is written.
func TestWhatABarredAccountMay(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	goods := goods(w)
	nameless, unverified, _ := strings.Cut(ownAccount, "|")
	for code, c := range map[string]struct{ statement, spared string }{
		"PROFILE_INCOMPLETE": {`update people set given_name = '', family_name = ''`, nameless},
		"EMAIL_UNVERIFIED":   {`update people set email_verified_at = null`, nameless + unverified},
	} {
		w.Exec(`update people set email_verified_at = now(), given_name = 'Name', family_name = 'Testova'`)
		w.Exec(c.statement)
		before, spared := w.Checksum(), strings.Fields(c.spared)
		for _, m := range hub.Schema().Mutation.Fields {
			g := goods[m.Name]
			if slices.Contains(spared, m.Name) {
				continue
			}
			a := g.Who.Ask(hub.Document(m.Name, hub.Selected(m.Name)), hub.Vars{"in": g.In})
			if a.Code() != code || !hub.Documented(m.Name, code) {
				t.Errorf("%s: %s; want %s, and the schema to say so", m.Name, a.RawBody, code)
			}
		}
		if after := w.Checksum(); after != before {
			t.Errorf("%s: it is written\n%s\nwas\n%s", code, after, before)
		}
	}
	w.Exec(`update people set email_verified_at = null`)
	for _, name := range strings.Fields(nameless + unverified) {
		g := goods[name]
		if a := g.Who.Ask(hub.Document(name, hub.Selected(name)), hub.Vars{"in": g.In}); a.Code() == "EMAIL_UNVERIFIED" {
			t.Errorf("%s: %s", name, a.RawBody)
		}
	}
}

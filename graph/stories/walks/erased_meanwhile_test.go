package walks

import (
	"cmp"
	"testing"

	"jastarhub/graph/stories/hub"
)

// TestNothingIsWrittenForWhoIsErasedMeanwhile starts every mutation of the schema while its account is being erased: it waits for
// that, is refused, and leaves nothing.
func TestNothingIsWrittenForWhoIsErasedMeanwhile(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	goods := goods(w)
	w.Exec(`create table kept as table people`)
	// Whose account it is where nobody has signed in; register creates one.
	of := map[string]string{"signIn": w.Lead.ID, "requestPasswordReset": w.Lead.ID,
		"resetPassword": w.Text(`select person_id from account_tokens where purpose = 'RESET_PASSWORD' and used_at is null`)}
	for _, m := range hub.Schema().Mutation.Fields {
		g := goods[m.Name]
		person := cmp.Or(of[m.Name], g.Who.ID)
		if person == "" || m.Name == "signOut" { // ends sessions, as the erasure does
			continue
		}
		a, before := w.Meanwhile(person, g.Who, m.Name, g.In, `select from people where id = $1 for update`,
			`update people set erased_at = now(), email = null, email_verified_at = null, password_hash = null, birth_date = null,
				district_id = null, given_name = '', family_name = '', language = 'KK' where id = $1`)
		if m.Name == "requestPasswordReset" { // reveals only to the address whether there is an account
			if kind := w.Text(`select kind from outbox order by id desc limit 1`); a.Code() != "" || kind != "NO_ACCOUNT" {
				t.Errorf("%s mailed %s: %s", m.Name, kind, a.RawBody)
			}
		} else if after := w.Checksum(); a.Code() == "" || after != before {
			t.Errorf("%s for somebody erased: %.200s\n%s\nwas\n%s", m.Name, a.RawBody, after, before)
		}
		w.Exec(`update people p set erased_at = null, email = k.email, email_verified_at = k.email_verified_at, password_hash = k.password_hash,
			birth_date = k.birth_date, district_id = k.district_id, given_name = k.given_name, family_name = k.family_name,
			language = k.language from kept k where k.id = p.id and p.erased_at is not null`)
	}
}

package stories

import (
	"strings"
	"testing"
)

// TestASuspensionOutlivesTheAccount: who erases a suspended account and registers with its address is suspended, until that ends.
func TestASuspensionOutlivesTheAccount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	who := w.person("Rude", 20)
	decision := w.suspension(who, 10)
	who.signIn(password).erase()
	if n := w.count(`select count(*) from suspended_addresses a where to_jsonb(a)::text ilike '%rude%'`); n != 0 {
		t.Error("the address is kept")
	}
	again := w.person("Rude", 20)
	again.refused("SUSPENDED", "requestMembership", vars{"teamId": w.team})
	again.erase()
	third := w.person("Rude", 20)
	third.refused("SUSPENDED", "requestMembership", vars{"teamId": w.team})
	w.officer.do("endSuspension", vars{"id": decision, "reason": "They said sorry."}, "decision { state }")
	third.do("requestMembership", vars{"teamId": w.team}, "membership { id }")
	if n := w.count(`select count(*) from suspended_addresses`); n != 0 {
		t.Error("the hash is kept after the suspension")
	}
	fourth := w.person("Quiet", 20)
	fourth.erase()
	w.person("Quiet", 20).do("requestMembership", vars{"teamId": w.team}, "membership { id }")
}

// TestStreamsEndWithTheAccount: an erasure and a suspension end all streams at once, as signing out does.
func TestStreamsEndWithTheAccount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.listen()
	for _, end := range []func(who *caller){
		func(who *caller) { who.erase() },
		func(who *caller) { w.suspension(who, 3) },
		func(who *caller) { who.do("signOut", vars{"everywhere": true}, "ended") },
	} {
		who := w.known(1)[0]
		s := who.watch(t, watchSignups, nil)
		s.until(`{"data":{"mySignups":{"signups":{"nodes":[]}}}}`)
		end(who)
		if last := s.ended(); !strings.Contains(last, "UNAUTHENTICATED") {
			t.Errorf("the stream ended with %s", last)
		}
	}
}

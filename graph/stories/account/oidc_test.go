package account

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/oidc"
)

const (
	pendingQuery = `query($token: String!) { pendingIdentity(token: $token) { email givenName familyName } }`
	identities   = `{ viewer { id emailVerified identities { id issuer } } }`
)

// TestRegisteringThroughAProvider goes from the provider's page to an account without a password, and back into it.
func TestRegisteringThroughAProvider(t *testing.T) {
	t.Parallel()
	e := newEntrance(t)
	e.Mails()
	e.provider.knows("aigul", "Aigul@example.org", true)
	b := e.browser()
	token, pending := strings.CutPrefix(b.enter("?return_to=/tasks"), "/register#oidc=")
	if !pending || b.is() != "" || b.cookies() != "" {
		t.Fatalf("%q, %q, keeps %s", token, b.is(), b.cookies())
	}
	b.ask(pendingQuery, hub.Vars{"token": token}).Shows("pendingIdentity", hub.Vars{"email": "aigul@example.org", "givenName": "aigul", "familyName": ""})
	if got := b.ask(pendingQuery, hub.Vars{"token": strings.Repeat("A", 43)}).Code(); got != "NOT_FOUND" {
		t.Errorf("a token that was never given: %q", got)
	}
	in := hub.Vars{"email": "another@example.org", "givenName": "Айгүл", "familyName": "Сынақова", "birthDate": "2005-05-09", "identityToken": token}
	register := hub.Document("register", "person { id }")
	if got := b.ask(register, hub.Vars{"in": in}).Code(); got != "OTHER_EMAIL" {
		t.Errorf("with another address: %q", got)
	}
	in["email"], in["password"] = "aigul@example.org", hub.Password
	if got := b.ask(register, hub.Vars{"in": in}).Code(); got != "INVALID" {
		t.Errorf("with a password as well: %q", got)
	}
	delete(in, "password")
	aigul := b.ask(register, hub.Vars{"in": in}).Str("register.person.id")
	if got := b.ask(register, hub.Vars{"in": in}).Code(); got != "EMAIL_TAKEN" {
		t.Errorf("once more: %q", got)
	}
	in["email"] = "aigul-2@example.org"
	if got := b.ask(register, hub.Vars{"in": in}).Code(); got != "TOKEN_INVALID" {
		t.Errorf("the token once more: %q", got)
	}
	b.ask(identities, nil).Shows("viewer.emailVerified", true).Shows("viewer.identities.0.issuer", e.provider.url)
	if all := e.Mails(); len(all) != 0 {
		t.Errorf("an address that the provider verified is asked again: %+v", all)
	}

	b = e.browser()
	if to := b.enter("?return_to=/tasks%3Ffree%3D1"); to != "/tasks?free=1" || b.is() != aigul || b.cookies() != "jastar-device jastar" {
		t.Errorf("%s as %q, keeps %s", to, b.is(), b.cookies())
	}
	if to := b.enter(""); to != "/" {
		t.Errorf("%s", to)
	}
	e.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"action": "oidc.signIn"}}).Shows("auditEntries.totalCount", 2).
		Shows("auditEntries.nodes.0", hub.Vars{"person": hub.Vars{"id": aigul}, "roles": []string{}, "action": "oidc.signIn", "subjects": []string{aigul},
			"fields": []string{}, "requestId": "story-request", "outcome": nil})
	e.SignsIn("aigul", "none", "WRONG_CREDENTIALS")

	unlink := hub.Document("unlinkIdentity", "person { identities { id } }")
	identity := hub.Vars{"in": hub.Vars{"id": b.ask(identities, nil).Str("viewer.identities.0.id")}}
	if got := e.browser().signsIn(hub.Email("Lead")).ask(unlink, identity).Code(); got != "NOT_FOUND" {
		t.Errorf("somebody else's: %q", got)
	}
	if got := b.ask(unlink, identity).Code(); got != "LAST_WAY_IN" {
		t.Errorf("the only way in: %q", got)
	}
	e.Visitor().Do("requestPasswordReset", hub.Vars{"email": "aigul@example.org"}, "accepted")
	e.Visitor().Do("resetPassword", hub.Vars{"token": e.Letter("aigul@example.org", "Жаңа құпиясөз"), "password": hub.Password}, "ended")
	b = e.browser().signsIn("aigul@example.org")
	b.ask(unlink, identity).Shows("unlinkIdentity.person.identities", []hub.Vars{})
	if to := e.browser().enter(""); to != "/sign-in#error=EMAIL_TAKEN" {
		t.Errorf("after unlinking: %s", to)
	}
}

// TestRegisteringThroughAProviderWithAnInvitation does both at once, for the address that both are about.
func TestRegisteringThroughAProviderWithAnInvitation(t *testing.T) {
	t.Parallel()
	e := newEntrance(t)
	_, invitation := e.Invite(e.Officer, "aigul@example.org", "CITY_OFFICER", nil)
	e.provider.knows("aigul", "aigul@example.org", true)
	b := e.browser()
	token := strings.TrimPrefix(b.enter(""), "/register#oidc=")
	b.ask(hub.Document("register", "person { identities { issuer } grants { role } }"), hub.Vars{"in": hub.Vars{"email": "aigul@example.org", "givenName": "Айгүл",
		"familyName": "Сынақова", "birthDate": "1995-05-09", "identityToken": token, "invitationToken": invitation}}).
		Shows("register.person", hub.Vars{"identities": []hub.Vars{{"issuer": e.provider.url}}, "grants": []hub.Vars{{"role": "CITY_OFFICER"}}})
}

// TestLinkingAnIdentity is possible for somebody who has just signed in, on a page of the hub, and never by address alone.
func TestLinkingAnIdentity(t *testing.T) {
	t.Parallel()
	e := newEntrance(t)
	e.Mails()
	e.provider.knows("other", hub.Email("Other"), true)
	b := e.browser()
	if to := b.enter(""); to != "/sign-in#error=EMAIL_TAKEN" || b.is() != "" {
		t.Errorf("by the address alone: %s, %q", to, b.is())
	}
	start := "?link=1&return_to=/account"
	if to := b.enter(start); to != "/account#error=UNAUTHENTICATED" {
		t.Errorf("a visitor: %s", to)
	}
	b.signsIn(hub.Email("Other"))
	for _, site := range []string{"cross-site", "same-site", "none", ""} {
		if to := b.get(e.site+"/oidc/start"+start, "Sec-Fetch-Site", site); to != e.site+"/account#error=FORBIDDEN" {
			t.Errorf("from a page that is %q: %s", site, to)
		}
	}
	e.Sleep(16 * time.Minute)
	if to := b.enter(start); to != "/account#error=SIGN_IN_AGAIN" {
		t.Errorf("long after the sign-in: %s", to)
	}
	b.signsIn(hub.Email("Other"))
	back := b.until(b.get(e.site+"/oidc/start"+start), e.site+"/oidc/callback")
	b.ask(`mutation { signOut(input: {}) { ended } }`, nil)
	if to := b.get(back); to != e.site+"/account#error=UNAUTHENTICATED" {
		t.Errorf("signed out meanwhile: %s", to)
	}
	b.signsIn(hub.Email("Other"))
	back = b.until(b.get(e.site+"/oidc/start"+start), e.site+"/oidc/callback")
	b.signsIn(hub.Email("Lead"))
	if to := b.get(back); to != e.site+"/account#error=UNAUTHENTICATED" {
		t.Errorf("somebody else meanwhile: %s", to)
	}
	if n := e.Count(`select count(*) from identities`); n != 0 {
		t.Fatalf("%d identities of somebody who was refused", n)
	}
	b.signsIn(hub.Email("Other"))
	for range 2 {
		if to := b.enter(start); to != "/account" {
			t.Errorf("%s", to)
		}
	}
	e.Letter(hub.Email("Other"), "Another way to sign in was added")
	b.ask(identities, nil).Shows("viewer.identities.0.issuer", e.provider.url)
	if rival := e.browser().signsIn(hub.Email("Lead")); rival.enter(start) != "/account#error=IDENTITY_TAKEN" {
		t.Error("two accounts have one identity")
	}
	e.provider.users["other"].Email = "moved@example.org" // only the subject counts, whatever the address
	if fresh := e.browser(); fresh.enter("") != "/" || fresh.is() != e.Other.ID {
		t.Error("the identity does not open the account")
	}
}

// TestWhatAProviderMustNotDo: an answer that cannot be trusted leads to no session and no account.
func TestWhatAProviderMustNotDo(t *testing.T) {
	t.Parallel()
	e := newEntrance(t)
	e.provider.knows("aigul", "aigul@example.org", true)
	for twist, why := range map[string]string{"nonce": "wrong nonce", "audience": "expected audience", "party": "for another client",
		"expired": "token is expired", "subject": "no subject", "key": "failed to verify signature", "profile": "another subject's"} {
		e.provider.twist = twist
		e.Log.Reset()
		if b := e.browser(); b.enter("") != "/sign-in#error=PROVIDER_REFUSED" || b.is() != "" || !strings.Contains(e.Log.String(), why) {
			t.Errorf("the %s: %q, in the log %s", twist, b.is(), e.Log)
		}
	}
	e.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"action": "oidc.signIn"}}).Shows("auditEntries.totalCount", 7).
		Shows("auditEntries.nodes.0.outcome", "PROVIDER_REFUSED")
	e.provider.twist = ""
	for address, want := range map[string]string{"aigul@example.org": "EMAIL_UNVERIFIED", "": "EMAIL_UNVERIFIED", "no address": "EMAIL_UNVERIFIED"} {
		e.provider.knows("aigul", address, address != "aigul@example.org")
		if to := e.browser().enter(""); to != "/sign-in#error="+want {
			t.Errorf("with %q: %s", address, to)
		}
	}
	if n := e.Count(`select count(*) from pending_identities`) + e.Count(`select count(*) from identities`); n != 0 {
		t.Errorf("%d identities", n)
	}
}

// TestComingBackToTheHub works for the browser that was sent, once, within ten minutes.
func TestComingBackToTheHub(t *testing.T) {
	t.Parallel()
	e := newEntrance(t)
	e.provider.knows("aigul", "aigul@example.org", true)
	callback, lapsed := e.site+"/oidc/callback", e.site+"/sign-in#error=SIGN_IN_LAPSED"
	b := e.browser()
	begin := b.get(e.site + "/oidc/start")
	sent, err := url.Parse(begin)
	if err != nil || sent.Query().Get("code_challenge_method") != "S256" || sent.Query().Get("response_type") != "code" || b.cookies() != "jastar-oidc" {
		t.Errorf("%s, keeps %s", begin, b.cookies())
	}
	back := b.until(begin, callback)
	state := sent.Query().Get("state")
	for name, to := range map[string]string{
		"another browser":        e.browser().get(back),
		"another browser's flow": func() string { other := e.browser(); other.get(e.site + "/oidc/start"); return other.get(back) }(),
		"another state":          b.get(strings.Replace(back, state, strings.Repeat("A", 43), 1)),
		"no state":               b.get(callback + "?code=x"),
	} {
		if to != lapsed {
			t.Errorf("%s: %s", name, to)
		}
	}
	for _, site := range []string{"cross-site", "same-origin"} {
		request, _ := http.NewRequest(http.MethodPost, callback, strings.NewReader(sent.RawQuery))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Sec-Fetch-Site", site)
		response, err := b.client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != http.StatusMethodNotAllowed || len(response.Cookies()) > 0 {
			t.Errorf("a form's POST: %d", response.StatusCode)
		}
	}
	if to := b.get(back); !strings.HasPrefix(to, e.site+"/register#oidc=") {
		t.Errorf("at last: %s", to)
	}
	if to := b.get(back); to != lapsed {
		t.Errorf("once more: %s", to)
	}
	used, _ := url.Parse(back)
	again, _ := url.Parse(b.get(e.site + "/oidc/start"))
	replayed := callback + "?state=" + again.Query().Get("state")
	if to := b.get(replayed + "&code=" + url.QueryEscape(used.Query().Get("code"))); to != e.site+"/sign-in#error=PROVIDER_REFUSED" {
		t.Errorf("a code that was used: %s", to)
	}
	again, _ = url.Parse(b.get(e.site + "/oidc/start"))
	if to := b.get(callback + "?error=access_denied&state=" + again.Query().Get("state")); to != e.site+"/sign-in#error=PROVIDER_REFUSED" {
		t.Errorf("somebody who changed their mind: %s", to)
	}
	back = b.until(b.get(e.site+"/oidc/start"), callback)
	e.Pass(11 * time.Minute)
	if to := b.get(back); to != lapsed {
		t.Errorf("late: %s", to)
	}
	if err := oidc.Forget(t.Context(), e.DB, e.Present()); err != nil || e.Count(`select count(*) from oidc_flows`) != 0 {
		t.Errorf("kept: %v", err)
	}
}

// TestReturningIsToTheHubItself accepts only paths.
func TestReturningIsToTheHubItself(t *testing.T) {
	t.Parallel()
	e := newEntrance(t)
	e.provider.knows("lead", hub.Email("Lead"), true)
	b := e.browser().signsIn(hub.Email("Lead"))
	b.enter("?link=1")
	for _, bad := range []string{"https://evil.example", "//evil.example", `/\evil.example`, `\\evil.example`, "@evil.example", ".evil.example",
		"/a\r\nSet-Cookie: a=b", "javascript:alert(1)", "/#a", "/" + strings.Repeat("a", 500), "/ evil"} {
		if to := b.enter("?return_to=" + url.QueryEscape(bad)); to != "/" {
			t.Errorf("%q leads to %s", bad, to)
		}
	}
}

// TestAProviderThatIsAway affects only the sign-in through it, and is asked again.
func TestAProviderThatIsAway(t *testing.T) {
	t.Parallel()
	e := newEntrance(t)
	e.provider.knows("aigul", "aigul@example.org", true)
	e.provider.refuse.Store(http.StatusServiceUnavailable)
	b := e.browser()
	const down = "/sign-in#error=PROVIDER_DOWN"
	if to := b.enter(""); to != down {
		t.Errorf("%s", to)
	}
	b.signsIn(hub.Email("Lead"))
	e.provider.refuse.Store(0)
	if to := b.enter(""); to != down {
		t.Errorf("it is not left alone for a while: %s", to)
	}
	e.Pass(4 * time.Second)
	if to := b.enter(""); !strings.HasPrefix(to, "/register#oidc=") {
		t.Errorf("when it is back: %s", to)
	}
	back := b.until(b.get(e.site+"/oidc/start"), e.site+"/oidc/callback")
	e.provider.refuse.Store(http.StatusBadGateway)
	if to := b.get(back); to != e.site+down {
		t.Errorf("gone meanwhile: %s", to)
	}
	for range 300 {
		e.provider.refuse.Store(0)
		if to := b.get(e.site + "/oidc/start"); to == e.site+"/sign-in#error=TRY_LATER" {
			return
		}
	}
	t.Error("one address begins without end")
}

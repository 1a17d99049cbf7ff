package stories

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp"
)

const factorFields = `viewer { secondFactor { active recoveryCodesLeft rolesWait } }`

// startFactor returns the secret of somebody's new second factor.
func (c *caller) startFactor(code ...string) (secret string) {
	c.h.t.Helper()
	in := vars{"password": password}
	if len(code) > 0 {
		in["code"] = code[0]
	}
	a := c.do("startSecondFactor", in, "secret uri")
	secret = a.str("startSecondFactor.secret")
	key, err := otp.NewKeyFromURL(a.str("startSecondFactor.uri"))
	address := c.h.text(`select email from people where id = $1`, c.id)
	if err != nil || key.Secret() != secret || key.Issuer() != "Jastar Hub" || key.AccountName() != address || key.Type() != "totp" ||
		len(secret) != 32 {
		c.h.t.Errorf("%s: %v", a.rawBody, err)
	}
	return secret
}

// enrolFactor turns a second factor on, and continues in the new session.
func (c *caller) enrolFactor() (secret string, codes []string) {
	c.h.t.Helper()
	secret = c.startFactor()
	a := c.do("confirmSecondFactor", vars{"code": c.h.codeOf(secret)}, "token recoveryCodes person { id }").
		shows("confirmSecondFactor.person.id", c.id)
	c.token = a.str("confirmSecondFactor.token")
	for _, code := range a.at("confirmSecondFactor.recoveryCodes").([]any) {
		codes = append(codes, code.(string))
	}
	return secret, codes
}

// withCode signs somebody in with a second factor's code, "" for none, and returns the code of the answer.
func (h *hub) withCode(who, factorCode string) (code, token string) {
	h.t.Helper()
	in := vars{"email": email(who), "password": password}
	if factorCode != "" {
		in["code"] = factorCode
	}
	a := h.visitor().ask(document("signIn", "token"), vars{"in": in})
	if a.code() == "" {
		token = a.str("signIn.token")
	}
	return a.code(), token
}

// expect signs in and checks the code of the answer.
func (h *hub) expect(want, who, factorCode string) (token string) {
	h.t.Helper()
	got, token := h.withCode(who, factorCode)
	if got != want {
		h.t.Errorf("%s with %q: %q, want %q", who, factorCode, got, want)
	}
	return token
}

var recoveryForm = regexp.MustCompile(`^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$`)

// TestTurningASecondFactorOn goes from the secret to the codes and the new session.
func TestTurningASecondFactorOn(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.stop(0)
	aigul := h.person("Aigul", 20)
	phone := *aigul
	phone.signIn(password)
	h.mails()
	h.visitor().refused("UNAUTHENTICATED", "startSecondFactor", vars{"password": password})
	h.visitor().refused("UNAUTHENTICATED", "confirmSecondFactor", vars{"code": "123456"})
	aigul.refused("WRONG_CREDENTIALS", "startSecondFactor", vars{"password": newPassword})
	aigul.refused("WRONG_STATE", "confirmSecondFactor", vars{"code": "123456"})
	aigul.key = "kept"
	aigul.refused("IDEMPOTENCY_KEY_NOT_SUPPORTED", "startSecondFactor", vars{"password": password})
	aigul.key = ""
	first := aigul.startFactor()
	second := aigul.startFactor()
	aigul.refused("WRONG_CODE", "confirmSecondFactor", vars{"code": h.codeOf(first)})
	aigul.refused("WRONG_CODE", "confirmSecondFactor", vars{"code": "ABCD-EFGH-IJKL-MNOP"})
	aigul.must(`{ `+factorFields+` }`).shows("viewer.secondFactor", vars{"active": false, "recoveryCodesLeft": 0, "rolesWait": false})
	h.expect("", "Aigul", "") // nothing is required before it is confirmed
	elder := *aigul
	a := aigul.do("confirmSecondFactor", vars{"code": h.codeOf(second)}, "token recoveryCodes person { "+strings.TrimSuffix(strings.TrimPrefix(factorFields, "viewer { "), " }")+" }").
		shows("confirmSecondFactor.person.secondFactor", vars{"active": true, "recoveryCodesLeft": 10, "rolesWait": false})
	if cookies := a.Header["Set-Cookie"]; !strings.Contains(strings.Join(cookies, "\n"), "jastar="+a.str("confirmSecondFactor.token")) {
		t.Errorf("the browser keeps %q", cookies)
	}
	seen := map[string]bool{}
	for _, code := range a.at("confirmSecondFactor.recoveryCodes").([]any) {
		seen[code.(string)] = recoveryForm.MatchString(code.(string))
	}
	if len(seen) != 10 || strings.Contains(fmt.Sprint(seen), "false") {
		t.Errorf("recovery codes: %v", seen)
	}
	for _, c := range []*caller{&elder, &phone} {
		if code := c.ask(`{ viewer { id } }`).code(); code != "UNAUTHENTICATED" {
			t.Errorf("a session from before: %q", code)
		}
	}
	aigul.token = a.str("confirmSecondFactor.token")
	aigul.must(`{ viewer { id } }`)
	h.letter(email("Aigul"), "A second factor is on")
	aigul.refused("WRONG_STATE", "confirmSecondFactor", vars{"code": h.codeOf(second)})

}

// TestAnotherPhone turns a second one on: the old one is valid until the new one is confirmed, and is required for that.
func TestAnotherPhone(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.stop(0)
	aigul := h.person("Aigul", 20)
	second, _ := aigul.enrolFactor()
	h.stop(30 * time.Second)
	aigul.refused("SECOND_FACTOR_REQUIRED", "startSecondFactor", vars{"password": password})
	third := aigul.startFactor(h.codeOf(second))
	h.stop(30 * time.Second)
	h.expect("", "Aigul", h.codeOf(second))
	aigul.do("confirmSecondFactor", vars{"code": h.codeOf(third)}, "token")
	h.stop(30 * time.Second)
	h.expect("WRONG_CODE", "Aigul", h.codeOf(second))
	h.expect("", "Aigul", h.codeOf(third))
}

// TestSigningInWithACode requires it only after the right password, and accepts each code once.
func TestSigningInWithACode(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.stop(0)
	aigul := h.person("Aigul", 20)
	secret, _ := aigul.enrolFactor()
	used := h.codeOf(secret)
	for range 8 { // this is not guessing, so nobody waits
		h.expect("SECOND_FACTOR_REQUIRED", "Aigul", "")
	}
	h.signsIn("Aigul", newPassword, "WRONG_CREDENTIALS")
	h.signsIn("Nobody", password, "WRONG_CREDENTIALS")
	h.expect("WRONG_CODE", "Aigul", used) // it turned the factor on
	h.stop(30 * time.Second)
	h.expect("WRONG_CODE", "Aigul", used) // it would still be valid as the step before
	code := h.codeOf(secret)
	h.expect("", "Aigul", " "+code[:3]+" "+code[3:]+" ")
	h.expect("WRONG_CODE", "Aigul", code)
	a := h.visitor().refused("INVALID", "signIn", vars{"email": email("Aigul"), "password": password, "code": strings.Repeat("1", 41)})
	if a.Errors[0].Extensions.Field != "code" {
		t.Error(a.rawBody)
	}
}

// TestClocksDiffer accepts codes of one time step before and after, and no others.
func TestClocksDiffer(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.stop(0)
	secret, _ := h.person("Aigul", 20).enrolFactor()
	h.stop(5 * time.Minute)
	slow := h.codeOf(secret)
	h.stop(30 * time.Second)
	h.expect("", "Aigul", slow) // one step late
	h.stop(-30 * time.Second)
	early := h.codeOf(secret)
	h.stop(30 * time.Second)
	h.expect("WRONG_CODE", "Aigul", early) // the same step again
	h.stop(60 * time.Second)
	fast := h.codeOf(secret)
	h.stop(-30 * time.Second)
	h.expect("", "Aigul", fast) // one step early
	h.stop(5 * time.Minute)
	old := h.codeOf(secret)
	h.stop(60 * time.Second)
	h.expect("WRONG_CODE", "Aigul", old) // two steps late
	h.stop(60 * time.Second)
	future := h.codeOf(secret)
	h.stop(-60 * time.Second)
	h.expect("WRONG_CODE", "Aigul", future) // two steps early
}

// TestACodeIsTakenOnce sends one code several times at the same moment.
func TestACodeIsTakenOnce(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.stop(0)
	_, codes := h.person("Aigul", 20).enrolFactor()
	secret, _ := h.person("Rival", 20).enrolFactor()
	h.stop(30 * time.Second)
	for who, code := range map[string]string{"Aigul": codes[0], "Rival": h.codeOf(secret)} {
		told := make([]string, 5)
		var rivals sync.WaitGroup
		for i := range told {
			rivals.Go(func() { told[i], _ = h.withCode(who, code) })
		}
		rivals.Wait()
		taken := 0
		for _, code := range told {
			switch code {
			case "":
				taken++
			case "WRONG_CODE", "TRY_LATER":
			default:
				t.Errorf("%s: %s", who, code)
			}
		}
		if taken != 1 {
			t.Errorf("%s: %q", who, told)
		}
	}
}

// TestRecoveryCodesWorkOnce uses each once; the person is told, and can get new ones.
func TestRecoveryCodesWorkOnce(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.stop(0)
	aigul := h.person("Aigul", 20)
	secret, codes := aigul.enrolFactor()
	h.mails()
	h.expect("", "Aigul", strings.ToLower(strings.ReplaceAll(codes[3], "-", " ")))
	all := h.mails()
	if len(all) != 1 || all[0].subject != "A recovery code was used" || !strings.Contains(all[0].body, "Codes left: 9.") {
		t.Errorf("%+v", all)
	}
	h.expect("WRONG_CODE", "Aigul", codes[3])
	aigul.must(`{ `+factorFields+` }`).shows("viewer.secondFactor.recoveryCodesLeft", 9)
	h.stop(30 * time.Second)
	h.visitor().refused("UNAUTHENTICATED", "renewRecoveryCodes", vars{"code": codes[0]})
	aigul.refused("WRONG_CODE", "renewRecoveryCodes", vars{"code": codes[3]})
	renewed := aigul.do("renewRecoveryCodes", vars{"code": h.codeOf(secret)}, "recoveryCodes").at("renewRecoveryCodes.recoveryCodes").([]any)
	if len(renewed) != 10 || renewed[0] == codes[0] {
		t.Errorf("%v", renewed)
	}
	h.expect("WRONG_CODE", "Aigul", codes[0])
	h.expect("", "Aigul", renewed[0].(string))
	other := h.person("Other", 20)
	other.refused("WRONG_STATE", "renewRecoveryCodes", vars{"code": codes[0]})
	_, theirs := other.enrolFactor()
	h.expect("WRONG_CODE", "Aigul", theirs[0])
}

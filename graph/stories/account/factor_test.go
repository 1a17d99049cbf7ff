package account

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

const factorFields = `viewer { secondFactor { active recoveryCodesLeft rolesWait } }`

var recoveryForm = regexp.MustCompile(`^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$`)

// TestTurningASecondFactorOn goes from the secret to the codes and the new session.
func TestTurningASecondFactorOn(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	h.Stop()
	aigul := h.Person("Aigul", 20)
	phone := *aigul
	phone.SignIn(hub.Password)
	h.Mails()
	h.Visitor().Refused("UNAUTHENTICATED", "startSecondFactor", hub.Vars{"password": hub.Password})
	h.Visitor().Refused("UNAUTHENTICATED", "confirmSecondFactor", hub.Vars{"code": "123456"})
	aigul.Refused("WRONG_CREDENTIALS", "startSecondFactor", hub.Vars{"password": hub.NewPassword})
	aigul.Refused("WRONG_STATE", "confirmSecondFactor", hub.Vars{"code": "123456"})
	aigul.Key = "kept"
	aigul.Refused("IDEMPOTENCY_KEY_NOT_SUPPORTED", "startSecondFactor", hub.Vars{"password": hub.Password})
	aigul.Key = ""
	first := aigul.StartFactor()
	second := aigul.StartFactor()
	aigul.Refused("WRONG_CODE", "confirmSecondFactor", hub.Vars{"code": h.CodeOf(first)})
	aigul.Refused("WRONG_CODE", "confirmSecondFactor", hub.Vars{"code": "ABCD-EFGH-IJKL-MNOP"})
	aigul.Must(`{ `+factorFields+` }`).Shows("viewer.secondFactor", hub.Vars{"active": false, "recoveryCodesLeft": 0, "rolesWait": false})
	h.Expect("", "Aigul", "") // nothing is required before it is confirmed
	elder := *aigul
	a := aigul.Do("confirmSecondFactor", hub.Vars{"code": h.CodeOf(second)}, "token recoveryCodes person { "+strings.TrimSuffix(strings.TrimPrefix(factorFields, "viewer { "), " }")+" }").
		Shows("confirmSecondFactor.person.secondFactor", hub.Vars{"active": true, "recoveryCodesLeft": 10, "rolesWait": false})
	if cookies := a.Header["Set-Cookie"]; !strings.Contains(strings.Join(cookies, "\n"), "jastar="+a.Str("confirmSecondFactor.token")) {
		t.Errorf("the browser keeps %q", cookies)
	}
	seen := map[string]bool{}
	for _, code := range a.At("confirmSecondFactor.recoveryCodes").([]any) {
		seen[code.(string)] = recoveryForm.MatchString(code.(string))
	}
	if len(seen) != 10 || strings.Contains(fmt.Sprint(seen), "false") {
		t.Errorf("recovery codes: %v", seen)
	}
	for _, c := range []*hub.Caller{&elder, &phone} {
		if code := c.Ask(`{ viewer { id } }`).Code(); code != "UNAUTHENTICATED" {
			t.Errorf("a session from before: %q", code)
		}
	}
	aigul.Token = a.Str("confirmSecondFactor.token")
	aigul.Must(`{ viewer { id } }`)
	h.Letter(hub.Email("Aigul"), "A second factor is on")
	aigul.Refused("WRONG_STATE", "confirmSecondFactor", hub.Vars{"code": h.CodeOf(second)})

}

// TestAnotherPhone turns a second one on: the old one is valid until the new one is confirmed, and is required for that.
func TestAnotherPhone(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	h.Stop()
	aigul := h.Person("Aigul", 20)
	second, _ := aigul.EnrolFactor()
	h.Sleep(30 * time.Second)
	aigul.Refused("SECOND_FACTOR_REQUIRED", "startSecondFactor", hub.Vars{"password": hub.Password})
	third := aigul.StartFactor(h.CodeOf(second))
	h.Sleep(30 * time.Second)
	h.Expect("", "Aigul", h.CodeOf(second))
	aigul.Do("confirmSecondFactor", hub.Vars{"code": h.CodeOf(third)}, "token")
	h.Sleep(30 * time.Second)
	h.Expect("WRONG_CODE", "Aigul", h.CodeOf(second))
	h.Expect("", "Aigul", h.CodeOf(third))
}

// TestSigningInWithACode requires it only after the right password, and accepts each code once.
func TestSigningInWithACode(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	h.Stop()
	aigul := h.Person("Aigul", 20)
	secret, _ := aigul.EnrolFactor()
	used := h.CodeOf(secret)
	for range 8 { // this is not guessing, so nobody waits
		h.Expect("SECOND_FACTOR_REQUIRED", "Aigul", "")
	}
	h.SignsIn("Aigul", hub.NewPassword, "WRONG_CREDENTIALS")
	h.SignsIn("Nobody", hub.Password, "WRONG_CREDENTIALS")
	h.Expect("WRONG_CODE", "Aigul", used) // it turned the factor on
	h.Sleep(30 * time.Second)
	h.Expect("WRONG_CODE", "Aigul", used) // it would still be valid as the step before
	code := h.CodeOf(secret)
	h.Expect("", "Aigul", " "+code[:3]+" "+code[3:]+" ")
	h.Expect("WRONG_CODE", "Aigul", code)
	a := h.Visitor().Refused("INVALID", "signIn", hub.Vars{"email": hub.Email("Aigul"), "password": hub.Password, "code": strings.Repeat("1", 41)})
	if a.Errors[0].Extensions.Field != "code" {
		t.Error(a.RawBody)
	}
}

// TestClocksDiffer accepts codes of one time step before and after, and no others.
func TestClocksDiffer(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	h.Stop()
	secret, _ := h.Person("Aigul", 20).EnrolFactor()
	h.Sleep(5 * time.Minute)
	slow := h.CodeOf(secret)
	h.Sleep(30 * time.Second)
	h.Expect("", "Aigul", slow) // one step late
	h.Sleep(-30 * time.Second)
	early := h.CodeOf(secret)
	h.Sleep(30 * time.Second)
	h.Expect("WRONG_CODE", "Aigul", early) // the same step again
	h.Sleep(60 * time.Second)
	fast := h.CodeOf(secret)
	h.Sleep(-30 * time.Second)
	h.Expect("", "Aigul", fast) // one step early
	h.Sleep(5 * time.Minute)
	old := h.CodeOf(secret)
	h.Sleep(60 * time.Second)
	h.Expect("WRONG_CODE", "Aigul", old) // two steps late
	h.Sleep(60 * time.Second)
	future := h.CodeOf(secret)
	h.Sleep(-60 * time.Second)
	h.Expect("WRONG_CODE", "Aigul", future) // two steps early
}

// TestACodeIsTakenOnce sends one code several times at the same moment.
func TestACodeIsTakenOnce(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	h.Stop()
	_, codes := h.Person("Aigul", 20).EnrolFactor()
	secret, _ := h.Person("Rival", 20).EnrolFactor()
	h.Sleep(30 * time.Second)
	for who, code := range map[string]string{"Aigul": codes[0], "Rival": h.CodeOf(secret)} {
		told := make([]string, 5)
		var rivals sync.WaitGroup
		for i := range told {
			rivals.Go(func() { told[i], _ = h.WithCode(who, code) })
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
	h := hub.New(t)
	h.Stop()
	aigul := h.Person("Aigul", 20)
	secret, codes := aigul.EnrolFactor()
	h.Mails()
	h.Expect("", "Aigul", strings.ToLower(strings.ReplaceAll(codes[3], "-", " ")))
	all := h.Mails()
	if len(all) != 1 || all[0].Subject != "A recovery code was used" || !strings.Contains(all[0].Body, "Codes left: 9.") {
		t.Errorf("%+v", all)
	}
	h.Expect("WRONG_CODE", "Aigul", codes[3])
	aigul.Must(`{ `+factorFields+` }`).Shows("viewer.secondFactor.recoveryCodesLeft", 9)
	h.Sleep(30 * time.Second)
	h.Visitor().Refused("UNAUTHENTICATED", "renewRecoveryCodes", hub.Vars{"code": codes[0]})
	aigul.Refused("WRONG_CODE", "renewRecoveryCodes", hub.Vars{"code": codes[3]})
	renewed := aigul.Do("renewRecoveryCodes", hub.Vars{"code": h.CodeOf(secret)}, "recoveryCodes").At("renewRecoveryCodes.recoveryCodes").([]any)
	if len(renewed) != 10 || renewed[0] == codes[0] {
		t.Errorf("%v", renewed)
	}
	h.Expect("WRONG_CODE", "Aigul", codes[0])
	h.Expect("", "Aigul", renewed[0].(string))
	other := h.Person("Other", 20)
	other.Refused("WRONG_STATE", "renewRecoveryCodes", hub.Vars{"code": codes[0]})
	_, theirs := other.EnrolFactor()
	h.Expect("WRONG_CODE", "Aigul", theirs[0])
}

package account

import (
	"encoding/base64"
	"testing"
	"time"

	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/postgrestest"
	"jastarhub/internal/secret"
	"jastarhub/migrations"
)

var template = postgrestest.Template{Migrations: migrations.FS}

// TestSignInsHashAlike counts the hashes of sign-ins: one each, whether or not there is such an account, whether or not the
// password is right, and also for an attempt that has to wait.
func TestSignInsHashAlike(t *testing.T) {
	db, err := postgres.Open(t.Context(), template.New(t), postgres.Options{MaxConns: 4})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s := New(db, &person.Service{DB: db})
	if s.Key, err = secret.Parse(base64.StdEncoding.EncodeToString(make([]byte, 32))); err != nil {
		t.Fatal(err)
	}
	v := Visit{Call: mutation.Call{Now: time.Now(), Name: "signIn"}, Address: "192.0.2.1"}
	in := valid()
	if _, err := s.Register(t.Context(), v, in, nil); err != nil {
		t.Fatal(err)
	}
	for range 8 {
		for _, try := range []struct {
			email, password string
			soon            fault.Code // before an attempt has to wait
		}{{in.Email, "not the password", fault.WrongCredentials}, {"nobody@example.kz", "not the password", fault.WrongCredentials}} {
			before := s.passwords.made.Load()
			_, err := s.SignIn(t.Context(), v, SignInInput{Email: try.email, Password: try.password})
			if code := fault.CodeOf(err); code != try.soon && code != fault.TryLater {
				t.Errorf("%s: %v", try.email, err)
			}
			if n := s.passwords.made.Load() - before; n != 1 {
				t.Errorf("%s: %d hashes", try.email, n)
			}
		}
	}
}

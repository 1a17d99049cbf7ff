package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	"github.com/pquerna/otp/totp"
	"github.com/urfave/cli/v3"

	"jastarhub/internal/account"
	"jastarhub/internal/database"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
	"jastarhub/internal/secret"
	"jastarhub/internal/seed"
	"jastarhub/migrations"
)

func (s *settings) takeFactorAway(ctx context.Context, url, email string) error {
	return database.Patiently(ctx, url, func(db *postgres.DB) error {
		return account.New(db, &person.Service{DB: db}).TakeFactorAway(ctx, email, present())
	})
}

// code acts as an authenticator.
func code(_ context.Context, c *cli.Command) error {
	code, err := totp.GenerateCode(cmp.Or(c.Args().First(), seed.Secret), present())
	if err == nil {
		fmt.Println(code)
	}
	return err
}

// unlock returns the key that second factors are encrypted with: the setting's, otherwise the data folder's, which is created if
// there is none. A key that does not fit the database's secrets is refused.
func (s *settings) unlock(ctx context.Context, db *postgres.DB) (key *secret.Key, err error) {
	if s.secretKey != "" {
		key, err = secret.Parse(s.secretKey)
	} else {
		var made bool
		if key, made, err = secret.Load(s.dataDir); made {
			s.log().Warn("created the key that encrypts second factors: keep a copy of it", "file", filepath.Join(s.dataDir, secret.File))
		}
	}
	if err != nil {
		return nil, err
	}
	pending, err := postgres.Pending(ctx, db, migrations.FS)
	if err != nil || pending {
		return key, err
	}
	accounts := account.New(db, &person.Service{DB: db})
	accounts.Key = key
	return key, accounts.CheckKey(ctx)
}

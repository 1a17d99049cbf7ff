package main

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v3"

	"jastarhub/internal/almaty"
	"jastarhub/internal/consent/given"
	"jastarhub/internal/oidc"
	"jastarhub/internal/outbox"
	"jastarhub/internal/photo"
	"jastarhub/internal/proposal"
	"jastarhub/internal/secret"
	"jastarhub/internal/server"
	"jastarhub/internal/telegram"
	"jastarhub/web"
)

// settings are the same for all commands.
type settings struct {
	addr, url, dataDir, env string
	origins                 []string
	proxies                 server.Proxies
	public, smtp, from      string
	tiles                   string
	persistedOnly           bool
	oidc                    oidc.Settings
	secretKey               string
	blobs                   string
	consentAge              int
	stopDelay               time.Duration
	reactDays, decideDays   int
	telegram                telegram.Bot
}

const production, development = "production", "development"

func (s *settings) flags() []cli.Flag {
	flag := func(name, variable, value, usage string, to *string) cli.Flag {
		return &cli.StringFlag{Name: name, Sources: cli.EnvVars(variable), Value: value, Usage: usage, Destination: to}
	}
	return []cli.Flag{
		flag("addr", "HUB_ADDR", "127.0.0.1:8080", "where to listen", &s.addr),
		flag("database-url", "HUB_DATABASE_URL", "", "the database's URL; without it the hub starts one in the data folder", &s.url),
		flag("data-dir", "HUB_DATA_DIR", "./.data", "the folder for the hub's own files", &s.dataDir),
		flag("env", "HUB_ENV", production, "production, or development with introspection and GraphiQL", &s.env),
		&cli.StringSliceFlag{Name: "allowed-origins", Sources: cli.EnvVars("HUB_ALLOWED_ORIGINS"), Usage: "other sites whose pages may send requests, e.g. https://youth.example", Destination: &s.origins},
		&cli.GenericFlag{Name: "trusted-proxies", Sources: cli.EnvVars("HUB_TRUSTED_PROXIES"), Usage: "networks of the proxies in front, e.g. 10.0.0.0/8", Value: &s.proxies},
		flag("public-url", "HUB_PUBLIC_URL", "", "where people reach the hub, for links in emails; the default is http:// and the address", &s.public),
		flag("smtp-url", "HUB_SMTP_URL", "", "the mail server, e.g. smtp://user:password@host:587; without it emails are written to the data folder", &s.smtp),
		flag("oidc-issuer", "HUB_OIDC_ISSUER", "", "the OpenID provider to sign in through, e.g. https://id.example", &s.oidc.Issuer),
		flag("oidc-name", "HUB_OIDC_NAME", "", "the provider's name for people; the default is its host", &s.oidc.Name),
		flag("oidc-client-id", "HUB_OIDC_CLIENT_ID", "", "the hub's client id at the provider", &s.oidc.ClientID),
		flag("oidc-client-secret", "HUB_OIDC_CLIENT_SECRET", "", "the client secret; without it only PKCE is used", &s.oidc.ClientSecret),
		flag("secret-key", "HUB_SECRET_KEY", "", "32 bytes in base64 that encrypt second factors; the default is secret.key in the data folder", &s.secretKey),
		flag("mail-from", "HUB_MAIL_FROM", "Jastar Hub <hub@localhost>", "the sender of emails", &s.from),
		flag("telegram-token", "HUB_TELEGRAM_TOKEN", "", "the token of the Telegram bot that sends notifications; without it there is no Telegram", &s.telegram.Token),
		flag("telegram-url", "HUB_TELEGRAM_URL", telegram.API, "where Telegram's Bot API is", &s.telegram.URL),
		flag("tiles-url", "HUB_TILES_URL", "", "where the app's map gets its tiles, e.g. https://tiles.example/{z}/{x}/{y}.png; without it the app lists districts instead", &s.tiles),
		flag("blob-url", "HUB_BLOB_URL", "", "where photos are stored, e.g. s3://bucket?region=…; the default is a folder in the data folder", &s.blobs),
		&cli.BoolFlag{Name: "persisted-only", Sources: cli.EnvVars("HUB_PERSISTED_ONLY"), Usage: "accept only the app's own operations", Destination: &s.persistedOnly},
		&cli.IntFlag{Name: "react-days", Sources: cli.EnvVars("HUB_REACT_DAYS"), Value: proposal.ReactDays, Usage: "working days within which a centre must begin to review a proposal, 1 to 60", Destination: &s.reactDays},
		&cli.IntFlag{Name: "decide-days", Sources: cli.EnvVars("HUB_DECIDE_DAYS"), Value: proposal.DecideDays, Usage: "working days within which a centre must decide on a proposal, 1 to 60", Destination: &s.decideDays},
		&cli.DurationFlag{Name: "stop-delay", Sources: cli.EnvVars("HUB_STOP_DELAY"), Value: 5 * time.Second, Usage: "how long a hub that is stopping keeps serving while /readyz answers 503, 0s to 60s; no delay in development", Destination: &s.stopDelay},
		&cli.IntFlag{Name: "consent-age", Sources: cli.EnvVars("HUB_CONSENT_AGE"), Value: given.Age, Usage: "the age from which a sign-up needs no guardian's consent, 0 to 18", Destination: &s.consentAge},
	}
}

func (s *settings) check() error {
	if s.env != production && s.env != development {
		return fmt.Errorf("HUB_ENV is %q: it must be %s or %s", s.env, production, development)
	}
	for _, origin := range s.origins {
		if err := http.NewCrossOriginProtection().AddTrustedOrigin(origin); err != nil {
			return fmt.Errorf("HUB_ALLOWED_ORIGINS: %w", err)
		}
	}
	if s.consentAge < 0 || s.consentAge > almaty.Adult {
		return fmt.Errorf("HUB_CONSENT_AGE is %d: it must be from 0 to %d", s.consentAge, almaty.Adult)
	}
	if s.env == development {
		s.stopDelay = 0 // there is no load balancer, and somebody is waiting
	}
	if s.stopDelay < 0 || s.stopDelay > time.Minute {
		return fmt.Errorf("HUB_STOP_DELAY is %s: it must be from 0s to 60s", s.stopDelay)
	}
	if s.reactDays < 1 || s.decideDays > 60 || s.reactDays > s.decideDays {
		return fmt.Errorf("HUB_REACT_DAYS is %d and HUB_DECIDE_DAYS %d: they must be from 1 to 60, and the first not more than the second", s.reactDays, s.decideDays)
	}
	if public, err := url.Parse(s.public); err != nil || s.public != "" && (public.Host == "" || public.Scheme != "http" && public.Scheme != "https") {
		return errors.New("HUB_PUBLIC_URL must be like https://hub.example")
	}
	if tiles, err := url.Parse(s.tiles); err != nil || s.tiles != "" && (tiles.Host == "" || tiles.Scheme != "http" && tiles.Scheme != "https") {
		return errors.New("HUB_TILES_URL must be like https://tiles.example/{z}/{x}/{y}.png")
	}
	if err := photo.CheckBucket(s.blobs); err != nil {
		return fmt.Errorf("HUB_BLOB_URL %w", err)
	}
	if api, err := url.Parse(s.telegram.URL); err != nil || api.Host == "" || api.Scheme != "http" && api.Scheme != "https" {
		return errors.New("HUB_TELEGRAM_URL must be like " + telegram.API)
	}
	if s.persistedOnly && len(web.Operations()) == 0 {
		return errors.New("HUB_PERSISTED_ONLY needs the web app, which was not built into this program: run make build")
	}
	if _, err := mail.ParseAddress(s.from); err != nil {
		return fmt.Errorf("HUB_MAIL_FROM: %w", err)
	}
	if err := s.oidc.Check(); err != nil {
		return err
	}
	if _, err := secret.Parse(s.secretKey); s.secretKey != "" && err != nil {
		return fmt.Errorf("HUB_SECRET_KEY %w", err)
	}
	if s.smtp == "" {
		return nil
	}
	if _, err := outbox.SMTP(s.smtp); err != nil {
		return fmt.Errorf("HUB_SMTP_URL: %w", err)
	}
	return nil
}

// hub returns the address at which people reach it.
func (s *settings) hub(address string) string {
	return strings.TrimRight(cmp.Or(s.public, "http://"+address), "/")
}

// post returns a carrier that sends emails to the mail server, or to a folder if there is none, and logs that.
func (s *settings) post(log *slog.Logger) (outbox.Carrier, error) {
	from, err := mail.ParseAddress(s.from)
	if err != nil {
		return nil, err
	}
	if s.smtp != "" {
		post, err := outbox.SMTP(s.smtp)
		return outbox.ByMail(post, from), err
	}
	folder := filepath.Join(s.dataDir, "mail")
	log.Warn("no mail server is set: emails are written to a folder", "folder", folder, "setting", "HUB_SMTP_URL")
	return outbox.ByMail(outbox.Folder(folder), from), nil
}

// log returns a logger, whose lines are for machines in production and for people in development.
func (s *settings) log() *slog.Logger {
	if s.env == development {
		return slog.New(server.WithRequest(slog.NewTextHandler(os.Stderr, nil)))
	}
	return slog.New(server.WithRequest(slog.NewJSONHandler(os.Stderr, nil)))
}

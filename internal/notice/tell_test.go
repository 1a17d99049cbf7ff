package notice_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/notice"
	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/postgrestest"
	"jastarhub/migrations"
)

var template = postgrestest.Template{Migrations: migrations.FS}

func open(t *testing.T) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), template.New(t), postgres.Options{MaxConns: 8})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

var now = time.Date(2026, 5, 8, 9, 0, 0, 0, time.UTC)

// people makes accounts.
func people(t *testing.T, db *postgres.DB, n int) (ids []uuid.UUID) {
	t.Helper()
	if err := db.Select(&ids, `insert into people (id, email, password_hash, given_name, family_name, birth_date, language, created_at)
		select id_at(now()), 'p' || i || '@example.org', '', 'P', 'T', '2005-01-01', 'EN', now() from generate_series(1, $1) i returning id`, n); err != nil {
		t.Fatal(err)
	}
	db.MustExec(`analyze people`) // as it is in a hub with that many accounts
	return ids
}

func tell(t *testing.T, db *postgres.DB, by *auth.Actor, at time.Time, news notice.News, to ...notice.Audience) {
	t.Helper()
	if err := db.Tx(t.Context(), func(tx *sqlx.Tx) error { return notice.Tell(t.Context(), tx, by, at, news, to...) }); err != nil {
		t.Fatal(err)
	}
}

func told(t *testing.T, db *postgres.DB) (ids []uuid.UUID) {
	t.Helper()
	if err := db.Select(&ids, `select person_id from notices order by person_id`); err != nil {
		t.Fatal(err)
	}
	return ids
}

// TestWhoIsTold: the person who caused the news is left out, and so are people who are suspended or have gone; nobody is told
// twice.
func TestWhoIsTold(t *testing.T) {
	t.Parallel()
	db := open(t)
	ids := people(t, db, 5)
	db.MustExec(`insert into decisions (id, kind, subject_type, subject_id, person_id, reason, words, state, decided_by, decided_at)
		values (gen_random_uuid(), 'SUSPEND', 'PERSON', $1, $1, 'SPAM', 'Why.', 'IN_FORCE', $2, now())`, ids[1], ids[0])
	db.MustExec(`update people set suspended_id = (select id from decisions) where id = $1`, ids[1])
	db.MustExec(`update people set erased_at = now(), email = null, password_hash = null, given_name = '', family_name = '',
		birth_date = null, language = 'KK' where id = $1`, ids[2])
	news := notice.News{Kind: notice.TaskVerified, About: notice.AboutTask(uuid.New())}
	by := &auth.Actor{PersonID: ids[0]}
	for range 2 {
		tell(t, db, by, now, news, notice.People(ids...), notice.People(ids[3], ids[3]))
	}
	if got, want := told(t, db), []uuid.UUID{ids[3], ids[4]}; !slices.Equal(got, want) {
		t.Errorf("%v were told, want %v", got, want)
	}
	tell(t, db, by, now.Add(time.Second), news, notice.People(ids[3]))
	if n := len(told(t, db)); n != 3 {
		t.Errorf("%d notices after a second event", n)
	}
	news.Event = "reminder"
	for i := range 2 {
		tell(t, db, nil, now.Add(time.Duration(i)*time.Hour), news, notice.People(ids[3]))
	}
	if n := len(told(t, db)); n != 4 {
		t.Errorf("%d notices after an event that was told twice", n)
	}
}

// TestThousandsAreToldAtOnce: it takes one statement, and the ids are in the order of time.
func TestThousandsAreToldAtOnce(t *testing.T) {
	t.Parallel()
	db := open(t)
	ids := people(t, db, 5000)
	for i, kind := range []notice.NoticeKind{notice.ProposalMoved, notice.TaskFromProposal} {
		ctx, counter := postgres.WithCounter(t.Context())
		err := db.Tx(ctx, func(tx *sqlx.Tx) error {
			return notice.Tell(ctx, tx, nil, now.Add(time.Duration(i)*time.Second), notice.News{Kind: kind, About: notice.AboutTask(uuid.New())}, notice.People(ids...))
		})
		if err != nil {
			t.Fatal(err)
		}
		if n := counter.N(); n != 1 {
			t.Errorf("%d statements", n)
		}
	}
	var kinds []notice.NoticeKind
	if err := db.Select(&kinds, `select kind from notices where person_id = $1 order by id`, ids[7]); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(kinds, []notice.NoticeKind{notice.ProposalMoved, notice.TaskFromProposal}) || len(told(t, db)) != 10_000 {
		t.Errorf("%v, %d", kinds, len(told(t, db)))
	}
}

func TestAKindThatIsNot(t *testing.T) {
	t.Parallel()
	db := open(t)
	err := db.Tx(t.Context(), func(tx *sqlx.Tx) error {
		return notice.Tell(t.Context(), tx, nil, now, notice.News{Kind: "NO_SUCH"}, notice.People(uuid.New()))
	})
	if err == nil {
		t.Error("it was told")
	}
}

# Begin with make run, which starts the hub with a demo city, and make test, which runs all tests.

.PHONY: run dev test test-all smoke mutants generate lint landed agreed bench bench-web screens texts build clean

app = web/dist/operations.json

run: build
	@.ci/require
	HUB_ENV=$${HUB_ENV:-development} bin/hub serve --demo

# The hub, with the web app reloading as it is edited: http://127.0.0.1:5173.
dev: build
	@.ci/require
	trap 'kill 0' EXIT; HUB_ENV=development bin/hub serve --demo & npm --prefix web run dev

# One package more than processors at a time, because tests also wait.
test: build
	@.ci/require test
	go test -count=1 -timeout 30m -p $$(($$(getconf _NPROCESSORS_ONLN) + 1)) ./...
	.ci/web test stories

# The same, with every page and state in every width, theme and language; make test tries each in one of these combinations.
test-all:
	HUB_STORIES_ALL=1 $(MAKE) test

# Only the main story on PostgreSQL 15, 17 and 18; make test includes it.
smoke:
	@.ci/require test
	go test -count=1 -v -run TestEveryPostgreSQL ./internal/database

# Breaks the rules of internal/ on purpose, one place at a time, and names the breaks that no test beside them notices. With
# go run ./internal/mutants internal/task, only those of a folder.
mutants:
	go run ./internal/mutants

# After a change of schema/, gqlgen.yml, migrations/, the verbs of a noun, limits, rights, or what becomes of a column at erasure.
generate:
	go test -count=1 -run CodesAreTheSchemas ./internal/fault -codes
	go test -count=1 -run ActionsAreTheVerbs ./internal/rule -verbs
	go test -count=1 -run MovesHaveEveryState ./internal/history -moves
	go tool gqlgen generate
	go run github.com/Khan/genqlient graph/clients/genqlient/genqlient.yaml
	go test -count=1 -run CatalogueIsPresent ./migrations -catalogue
	go test -count=1 -run TheLimitsAreWritten ./internal/attempt -write
	go test -count=1 -run TheTablesAreWritten ./internal/privacy -write
	go test -count=1 -run TablesOfRights ./graph/stories/rights -write

lint:
	.ci/lint

# After new migrations have landed: adds them to migrations/landed, from then on they must not change, and copies the demo as it is
# with them, for later ones to be tried on.
landed:
	go test -count=1 -run LandedMigrationsStay ./migrations -landed
	go test -count=1 -run MigrationsWhilePeopleSignUp ./internal/seed -landed

# At a release, after the new schema was agreed on: from then on make lint refuses what breaks it.
agreed:
	.ci/web agree

bench:
	go run ./bench
	go run ./bench -signins
	go run ./bench -notices
	go run ./bench -streams
	go test -run '^$$' -bench . -benchtime 5x ./graph
	go test -run '^$$' -bench . -benchtime 20x ./internal/certificate

# The web app with a cheap phone's processor and network, on the city of full size, which is created if there is none.
bench-web: build
	@.ci/require test
	go run ./bench -city
	.ci/web bench

# The pictures of docs/screens.
screens: build
	@.ci/require test
	.ci/web screens

# What people read, in three languages, to be read one after another in .data/texts: emails, notifications, Telegram messages, the
# guardian's and the reminder's page, the certificate, and each page of the app on a phone.
texts: build
	@.ci/require test
	rm -rf .data/texts && mkdir -p .data/texts
	go test -count=1 -run ToRead ./internal/outbox ./internal/notice ./internal/consent/guardianpage ./internal/signup/reminderpage ./internal/certificate -args -show "$(CURDIR)/.data/texts"
	HUB_STORIES_TEXTS=1 .ci/web texts

build: $(app)
	@.ci/require go
	go build -o bin/hub .

# The web app. A hub that was built without it says so.
$(app): $(shell find schema web/src web/public web/build web/early web/worker web/*.json web/*.html web/*.ts -type f)
	.ci/web build

# Also the databases that tests keep; not while tests run. The data in .data stays.
clean:
	rm -rf bin web/dist/app $(app) $${TMPDIR:-/tmp}/hub-test-$$(id -u)-* /dev/shm/hub-test-$$(id -u)-*

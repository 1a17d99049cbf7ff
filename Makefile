# What a person needs to know: make run starts the hub with a demo city, make test tests it.

.PHONY: run test generate lint bench build clean

run: build
	@.ci/require
	HUB_ENV=$${HUB_ENV:-development} bin/hub serve --demo

test:
	@.ci/require test
	go test -count=1 -timeout 30m ./...

# After a change of schema/ or gqlgen.yml.
generate:
	go tool gqlgen generate

lint:
	.ci/lint

bench:
	go run ./bench
	go run ./bench -signins
	go test -run '^$$' -bench . -benchtime 5x ./graph

build:
	@.ci/require go
	go build -o bin/hub .

# The data in .data stays.
clean:
	rm -rf bin

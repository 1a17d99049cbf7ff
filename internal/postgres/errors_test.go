package postgres_test

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"jastarhub/internal/postgres"
)

const (
	secret  = "it is random"
	found   = "the insert gives way to the row that it finds"
	known   = "it contains a key, for others to refer to"
	waits   = "who writes it has locked the row that it is about"
	curated = "hub migrate writes it, one at a time"
)

// unmet are the keys at which no two requests can meet, and why.
var unmet = map[string]string{
	"account_tokens_token_hash_key":   secret,
	"certificates_number_key":         secret,
	"data_requests_token_hash_key":    secret,
	"invitations_token_hash_key":      secret,
	"sessions_token_hash_key":         secret,
	"telegram_codes_code_hash_key":    secret,
	"grants_open_key":                 found,
	"notices_once":                    found,
	"reports_open_key":                found,
	"special_days_key":                found,
	"telegram_links_person_id_key":    found,
	"centres_id_district_id_key":      known,
	"shifts_id_starts_at_ends_at_key": known,
	"shifts_key_of_hours":             known,
	"signups_key_of_hours":            known,
	"teams_id_ngo_id_key":             known,
	"decisions_in_force_key":          waits,
	"hostings_active_key":             waits,
	"hostings_one_at_a_time":          waits,
	"hours_signup_id_key":             waits,
	"merge_questions_key":             waits,
	"supports_live_key":               waits,
	"centres_code_key":                curated,
	"districts_code_key":              curated,
	"indicators_year_code_key":        curated,
	"search_words_key":                "the view is refreshed, and refers to each word once",
	"telegram_links_chat_id_key":      "one hub listens to Telegram, and links one chat after the other",
}

// TestKeysHaveCodes: every key at which two requests can meet has a code, and every constraint with a code exists.
func TestKeysHaveCodes(t *testing.T) {
	catalogue, err := os.ReadFile("../../migrations/catalogue.sql")
	if err != nil {
		t.Fatal(err)
	}
	coded := postgres.Constraints()
	for _, name := range coded {
		if !regexp.MustCompile(`\b` + name + `\b`).Match(catalogue) {
			t.Errorf("the database has no constraint %s", name)
		}
	}
	var keys []string
	for _, m := range regexp.MustCompile(`(?:CREATE UNIQUE INDEX|ADD CONSTRAINT) (\w+) (?:ON|UNIQUE|EXCLUDE)`).FindAllSubmatch(catalogue, -1) {
		keys = append(keys, string(m[1]))
	}
	if len(keys) < 35 {
		t.Errorf("only %d keys", len(keys))
	}
	for _, key := range keys {
		if slices.Contains(coded, key) == (unmet[key] != "") {
			t.Errorf("%s needs a code in errors.go, or else a reason here why nobody meets at it", key)
		}
	}
	for key := range unmet {
		if !slices.Contains(keys, key) {
			t.Errorf("there is no key %s", key)
		}
	}
}

package migrations_test

import (
	"testing"
)

// theHubs are texts without a limit in the database: the hub writes them, or has checked the whole before.
var theHubs = map[string]string{
	"audit_entries.action":           "names of the schema, and an id of the hub's",
	"audit_entries.request_id":       "names of the schema, and an id of the hub's",
	"audit_entries.outcome":          "names of the schema, and an id of the hub's",
	"centres.code":                   "reference data",
	"centres.name_kk":                "reference data",
	"centres.name_ru":                "reference data",
	"centres.name_en":                "reference data",
	"centres.address":                "reference data",
	"centres.opening_hours":          "reference data",
	"districts.code":                 "reference data",
	"districts.name_kk":              "reference data",
	"districts.name_ru":              "reference data",
	"districts.name_en":              "reference data",
	"indicators.code":                "reference data",
	"indicators.unit":                "reference data",
	"indicators.definition_kk":       "reference data",
	"indicators.definition_ru":       "reference data",
	"indicators.definition_en":       "reference data",
	"certificate_parts.team_name_kk": "copies of names that have a limit",
	"certificate_parts.team_name_ru": "copies of names that have a limit",
	"certificate_parts.team_name_en": "copies of names that have a limit",
	"certificate_parts.ngo_name_kk":  "copies of names that have a limit",
	"certificate_parts.ngo_name_ru":  "copies of names that have a limit",
	"certificate_parts.ngo_name_en":  "copies of names that have a limit",
	"consents.text_version":          "a name in the program",
	"idempotency_keys.mutation":      "a name of the schema",
	"identities.issuer":              "the provider's",
	"identities.subject":             "the provider's",
	"pending_identities.issuer":      "the provider's",
	"pending_identities.subject":     "the provider's",
	"moves.from_state":               "values of enums",
	"moves.to_state":                 "values of enums",
	"moves.reason_code":              "values of enums",
	"notices.event":                  "made of a kind, an id and a time",
	"oidc_flows.nonce":               "random, and an address of the app's",
	"oidc_flows.verifier":            "random, and an address of the app's",
	"oidc_flows.return_to":           "random, and an address of the app's",
	"outbox.address":                 "an account's address, and what the hub has cut",
	"outbox.last_error":              "an account's address, and what the hub has cut",
	"people.password_hash":           "a hash",
	"proposal_texts.text":            "made of texts that have a limit",
	"task_texts.text":                "made of texts that have a limit",
	"telegram_bot.username":          "Telegram's",
}

// TestTextsOfPeopleAreLimited: every column with a text has a check that limits its length, or is not filled by people.
func TestTextsOfPeopleAreLimited(t *testing.T) {
	t.Parallel()
	var free []string
	if err := open(t, migrated.New(t)).SelectContext(t.Context(), &free, `
		select attrelid::regclass || '.' || attname from pg_attribute a join pg_class c on c.oid = attrelid
		where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'goose%'
			and attnum > 0 and not attisdropped and atttypid = 'text'::regtype
			and not exists (select from pg_constraint where conrelid = attrelid and contype = 'c' and conkey = array[attnum]
				and pg_get_constraintdef(oid) ~ 'char_length|is_name|is_address| ~ |= ANY')
		order by 1`); err != nil {
		t.Fatal(err)
	}
	for _, column := range free {
		if theHubs[column] == "" {
			t.Errorf("%s has no limit: add a check of char_length", column)
		}
		delete(theHubs, column)
	}
	for column := range theHubs {
		t.Errorf("%s has a limit, or is gone", column)
	}
}

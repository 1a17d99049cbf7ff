package walks

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"jastarhub/graph/stories/hub"
)

// closedLists are the columns with a closed list of texts, and the enum of the schema that has the same values; "" where the schema does not
// show them.
var closedLists = map[string]string{
	"account_tokens_purpose":   "",
	"indicators_comparison":    "Comparison",
	"moves_acting_as":          "ActingAs",
	"notice_preferences_email": "NoticeEmail",
	"notice_preferences_topic": "NoticeTopic",
	"notices_kind":             "NoticeKind",
	"notices_subject_type":     "NoticeSubject",
	"outbox_channel":           "Channel",
	"shift_reminders_kind":     "",
}

// TestTheDatabaseHasTheListsOfTheSchema: enums, and checks that list the values of a column.
func TestTheDatabaseHasTheListsOfTheSchema(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	var lists []struct{ Name, Text string }
	if err := h.DB.Select(&lists, `
		select enumtypid::regtype::text as name, string_agg(quote_literal(enumlabel), ' ') as text from pg_enum group by enumtypid
		union all select regexp_replace(conname, '_check$', ''), pg_get_constraintdef(oid) from pg_constraint
			where contype = 'c' and array_length(conkey, 1) = 1 and pg_get_constraintdef(oid) ~ '^CHECK \(\(\w+ = ANY \(ARRAY\['`); err != nil {
		t.Fatal(err)
	}
	if len(lists) < 35 {
		t.Errorf("only %d lists", len(lists))
	}
	for _, list := range lists {
		name, told := closedLists[list.Name]
		if !told {
			for word := range strings.SplitSeq(list.Name, "_") {
				name += strings.ToUpper(word[:1]) + word[1:]
			}
		}
		if name == "" {
			continue
		}
		var want, got []string
		if enum := hub.Schema().Types[name]; enum == nil {
			t.Errorf("the schema has no enum %s for %s", name, list.Name)
			continue
		} else {
			for _, v := range enum.EnumValues {
				want = append(want, v.Name)
			}
		}
		for _, m := range regexp.MustCompile(`'([A-Z_]+)'`).FindAllStringSubmatch(list.Text, -1) {
			got = append(got, m[1])
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s has %v, the schema's %s has %v", list.Name, got, name, want)
		}
	}
}

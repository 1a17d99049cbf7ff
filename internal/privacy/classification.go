// Package privacy is what people may demand about their data: a copy, and its erasure.
package privacy

import "strings"

// fate is what the erasure of an account does to the values of a column.
type fate string

const (
	blanked fate = "blanked" // replaced by an empty value
	deleted fate = "deleted" // with its row
	kept    fate = "kept"    // for a reason
	nobodys fate = "nobody's"
)

// entry is what happens to columns of a table. What erasure does, what the download contains and what docs/privacy.md says follow
// from these entries; a test requires one for every column of the database.
type entry struct {
	table   string
	columns string // separated by spaces; * is all
	fate    fate
	to      string            // the empty value, in SQL
	whose   string            // which rows, in SQL; $1 is the person
	now     bool              // when the account is erased, not at the purge
	why     string            // why it is kept, and how long; or other remarks
	out     map[string]string // why columns of the person's rows are not in the download
}

const (
	asTheRow   = "identifies nobody once the account's row is blank; figures and histories refer to it; for ever"
	figures    = "figures of the city; for ever"
	official   = "the city's and the teams' business; for ever"
	aCopy      = "follows the titles and texts that it is made of"
	whatIsDone = "what was done, without the person's words; for ever"
)

func because(why string, columns ...string) map[string]string {
	out := make(map[string]string, len(columns))
	for _, column := range columns {
		out[column] = why
	}
	return out
}

var (
	hashOnly = "a hash: it says nothing to its person, and would help others to get in"
	another  = "it is about somebody else"
)

var entries = []entry{
	// The account.
	{table: "people", columns: "id created_at erased_at links_since hidden_id suspended_id", fate: kept, why: asTheRow,
		out: map[string]string{"links_since": "when links were last ended, which the audit log says", "erased_at": "empty while there is an account", "hidden_id": "the decision has its own part", "suspended_id": "the decision has its own part"}},
	{table: "people", columns: "email email_verified_at password_hash birth_date district_id", fate: blanked, to: "null", whose: "id = $1", now: true,
		out: because(hashOnly, "password_hash")},
	{table: "people", columns: "given_name family_name", fate: blanked, to: "''", whose: "id = $1", now: true},
	{table: "people", columns: "language", fate: blanked, to: "'KK'", whose: "id = $1", now: true},
	{table: "identities", columns: "*", fate: deleted, whose: "person_id = $1", now: true},
	{table: "pending_identities", columns: "*", fate: nobodys, why: "belongs to a person who has no account yet; deleted within 90 minutes"},
	{table: "oidc_flows", columns: "*", fate: deleted, whose: "session_id in (select id from sessions where person_id = $1)", now: true, why: "deleted automatically within 70 minutes"},
	{table: "sessions", columns: "*", fate: deleted, whose: "person_id = $1", now: true, out: because(hashOnly, "token_hash")},
	{table: "account_tokens", columns: "*", fate: deleted, whose: "person_id = $1", now: true, out: because(hashOnly, "token_hash")},
	{table: "second_factors", columns: "*", fate: deleted, whose: "person_id = $1", now: true, why: "with its recovery codes",
		out: because("encrypted: anyone who has it can make the codes", "secret", "pending")},
	{table: "recovery_codes", columns: "*", fate: deleted, whose: "person_id = $1", now: true},
	{table: "sealed_with", columns: "*", fate: nobodys, why: "the hub's own key"},
	{table: "data_requests", columns: "*", fate: deleted, whose: "person_id = $1", now: true, out: because(hashOnly, "token_hash")},
	{table: "idempotency_keys", columns: "*", fate: deleted, whose: "person_id = $1",
		out: map[string]string{"input_hash": hashOnly, "outcomes": "the results for the rows of a list, with ids only; deleted within 7 days"}},
	{table: "outbox", columns: "*", fate: deleted, whose: "person_id = $1", why: "the messages to the person, and to guardians whom the person named; all messages are deleted within 90 days",
		out: map[string]string{"data": "the values in the message, which the person has; emptied when it is sent", "at_night": "follows kind and time"}},
	{table: "notices", columns: "*", fate: deleted, whose: "person_id = $1", now: true, why: "all notifications are deleted within 180 days",
		out: map[string]string{"event": "it prevents a second notification of the same event; kind, subject and time say as much", "digest_at": "emptied when the daily email is written"}},
	{table: "notice_preferences", columns: "*", fate: deleted, whose: "person_id = $1", now: true},
	{table: "telegram_links", columns: "*", fate: deleted, whose: "person_id = $1", now: true},
	{table: "telegram_codes", columns: "*", fate: deleted, whose: "person_id = $1", now: true, why: "deleted automatically within 75 minutes",
		out: because(hashOnly, "code_hash")},
	{table: "telegram_bot", columns: "*", fate: nobodys, why: "the hub's own bot"},
	{table: "attempts", columns: "key_hash count free_at forget_at", fate: kept,
		why: "hashes of an email address, a network address and a device, which cannot be found by the person; deleted automatically within 90 days, the sign-in counters that can be found at once; emails sent to an address count for up to a day"},
	{table: "grants", columns: "id person_id role centre_id ngo_id given_by given_at ended_by ended_at", fate: kept, why: "who could act for the city; " + asTheRow},
	{table: "invitations", columns: "id token_hash role centre_id ngo_id team_id state invited_by created_at expires_at ended_at", fate: kept,
		why: "who could act for the city, and who said so; for ever", out: because(hashOnly, "token_hash")},
	{table: "invitations", columns: "email", fate: blanked, to: "null", whose: "email = (select email from people where id = $1) and ended_at is not null", now: true,
		why: "open invitations end; every address is deleted within 7 days after the end", out: because(another, "email")},
	{table: "erasures", columns: "person_id erased_at due_at purged_at by_id reason", fate: kept,
		why: "the proof that it was done in time; for ever", out: because(another, "person_id", "due_at", "purged_at")},
	{table: "suspended_addresses", columns: "*", fate: nobodys,
		why: "keyed hashes of addresses that suspended people have left, or of accounts that they erased, so that anyone who verifies such an address again is suspended too; until the suspension ends"},

	// Guardians.
	{table: "consents", columns: "id request_id person_id scope state text_version language expires_at recorded_by seen_on asked_at given_at revoked_at revoked_by",
		fate: kept, why: "the proof that a guardian was asked, and answered; until the legal rule is decided", out: because(another, "recorded_by", "revoked_by")},
	{table: "consents", columns: "guardian_email", fate: blanked, to: "case when guardian_email is not null then '' end", whose: "person_id = $1", now: true},
	{table: "consents", columns: "token_hash", fate: blanked, to: "case when token_hash is not null then ''::bytea end", whose: "person_id = $1", now: true,
		out: because(hashOnly, "token_hash")},
	{table: "consents", columns: "note reason", fate: blanked, to: "null", whose: "person_id = $1", now: true},

	// Reports, hiding and suspensions.
	{table: "reports", columns: "id subject_type subject_id centre_id team_id ngo_id person_id reporter_id reason state decision_id created_at decided_at",
		fate: kept, why: "what was reported and decided; for ever", out: map[string]string{"decision_id": another, "person_id": "reporters are not disclosed; the result is among the decisions"}},
	{table: "reports", columns: "words", fate: blanked, to: "case when words is not null then '—' end", whose: "reporter_id = $1"},
	{table: "decisions", columns: "id kind subject_type subject_id centre_id team_id ngo_id person_id reason words state until decided_by decided_at appealed_at answer answered_by answered_at",
		fate: kept, why: "what the city decided, and why; for ever"},
	{table: "decisions", columns: "appeal", fate: blanked, to: "case when appeal is not null then '—' end",
		whose: "id in (select subject_id from moves where by_id = $1 and verb = 'APPEAL')"},

	// Taking part.
	{table: "memberships", columns: "id team_id person_id role state created_at expires_at joined_at ended_at", fate: kept, why: figures},
	{table: "memberships", columns: "message", fate: blanked, to: "null", whose: "person_id = $1"},
	{table: "signups", columns: "id shift_id person_id starts_at ends_at state line offer_expires_at checked_in_at checked_out_at coming_at created_at updated_at",
		fate: kept, why: "places, attendance and hours are " + figures},
	{table: "signups", columns: "end_reason", fate: blanked, to: "null", whose: "person_id = $1"},

	// The record of work.
	{table: "hours", columns: "id signup_id shift_id task_id team_id ngo_id centre_id person_id starts_at ends_at came_at went_at worked_minutes minutes state answered_by answered_at created_at updated_at",
		fate: kept, why: "hours are " + figures,
		out: map[string]string{"answered_by": another, "signup_id": "the sign-up has its own part", "shift_id": "the sign-up has its own part"}},
	{table: "hours", columns: "reason", fate: blanked, to: "case when reason is not null then '—' end", whose: "person_id = $1"},
	{table: "certificates", columns: "id number person_id language from_on to_on first_on last_on minutes shifts centre_id issued_at revoked_at revocation", fate: kept,
		why: "anyone with the paper can check that it is no longer valid; for ever"},
	{table: "certificates", columns: "given_name family_name", fate: blanked, to: "''", whose: "person_id = $1", now: true, why: "all certificates are revoked"},
	{table: "certificate_parts", columns: "certificate_id team_id team_name_kk team_name_ru team_name_en ngo_name_kk ngo_name_ru ngo_name_en minutes shifts first_on last_on", fate: kept, why: "follows the certificate"},
	{table: "certificate_hours", columns: "certificate_id hours_id minutes", fate: kept, why: "follows the certificate"},

	// Proposals: what the city has accepted it works on.
	{table: "proposals", columns: "id district_id centre_id author_id language state support_count hidden_id created_at updated_at react_by decide_by asked_at due_at told_due merged_into", fate: kept, why: figures,
		out: map[string]string{"hidden_id": "the decision has its own part", "due_at": "one of the other two deadlines", "told_due": "whether coordinators were notified that it is overdue", "merged_into": another}},
	{table: "proposals", columns: "question decline_reason decline_words", fate: kept, why: "what the city answered; for ever"},
	{table: "proposals", columns: "title text", fate: blanked, to: "''", whose: "author_id = $1 and state <> 'ACCEPTED'", why: "except for accepted proposals: " + official},
	{table: "proposals", columns: "place lat lon", fate: blanked, to: "null", whose: "author_id = $1 and state <> 'ACCEPTED'", why: "except for accepted proposals"},
	{table: "proposal_texts", columns: "proposal_id text title_trigrams text_trigrams", fate: kept, why: aCopy},
	{table: "supports", columns: "id proposal_id person_id given_at withdrawn_at", fate: kept, why: figures},
	{table: "merge_questions", columns: "id proposal_id into_id person_id asked_at answered_at moved", fate: kept, why: figures},

	// What teams do.
	{table: "tasks", columns: "id team_id ngo_id centre_id district_id proposal_id title description language place lat lon min_age work_class state percent created_by claimed_by cancel_reason hidden_id created_at updated_at verified_at",
		fate: kept, why: official, out: because(another, "claimed_by", "created_by", "hidden_id")},
	{table: "tasks", columns: "first_shift_at last_shift_at next_shift_at capacity taken free", fate: kept, why: figures,
		out: because("the shifts' sums", "first_shift_at", "last_shift_at", "next_shift_at", "capacity", "taken", "free")},
	{table: "search_documents", columns: "*", fate: nobodys, why: aCopy},
	{table: "task_texts", columns: "*", fate: nobodys, why: aCopy},
	{table: "task_counts", columns: "*", fate: nobodys, why: figures},
	{table: "shifts", columns: "*", fate: nobodys, why: official},
	{table: "task_claims", columns: "id task_id claimed_by words no_photo_reason claimed_at", fate: kept, why: official},
	{table: "claim_results", columns: "*", fate: nobodys, why: official},
	{table: "result_sums", columns: "*", fate: nobodys, why: figures},
	{table: "shift_reminders", columns: "*", fate: nobodys, why: "which reminders have been sent"},
	{table: "progress_updates", columns: "id task_id author_id text language percent lower_reason hidden_id created_at", fate: kept, why: official,
		out: because("the decision has its own part", "hidden_id")},
	{table: "progress_results", columns: "update_id metric amount", fate: kept, why: official},
	{table: "photos", columns: "id uploader_id width height created_at stored_at proposal_id task_id update_id position minors_shown attached_at removed_at files_gone_at",
		fate: kept, why: "for photos of tasks and accepted proposals also the file: " + official + "; the files of all others, and of photos that show the person, are deleted by the worker within minutes",
		out: because("how it is kept and shown", "stored_at", "update_id", "position", "files_gone_at")},
	{table: "photo_minors", columns: "*", fate: deleted, whose: "person_id = $1", now: true, why: "the photo is removed"},
	{table: "ngos", columns: "*", fate: nobodys, why: official},
	{table: "teams", columns: "*", fate: nobodys, why: official},
	{table: "hostings", columns: "*", fate: nobodys, why: official},

	// The record.
	{table: "moves", columns: "id subject_id verb from_state to_state by_id acting_as reason_code at", fate: kept, why: whatIsDone},
	{table: "moves", columns: "words", fate: blanked, to: "null", why: "except words written for a team or the city, and answers about accepted proposals: " + official,
		whose: `words is not null and id in (
			select m.id from moves m left join proposals p on p.id = m.subject_id and p.state = 'ACCEPTED'
				where m.by_id = $1 and m.acting_as in ('PERSON', 'AUTHOR') and p.id is null
			union all select m.id from moves m where m.subject_id in (
				select id from memberships where person_id = $1 union all select id from signups where person_id = $1
				union all select id from hours where person_id = $1 union all select id from certificates where person_id = $1
				union all select id from consents where person_id = $1 union all select id from grants where person_id = $1
				union all select $1))`},
	{table: "audit_entries", columns: "id at person_id roles action subjects fields request_id outcome", fate: kept,
		why: "who did what, with ids only; append-only; for ever", out: because("nobody asks for an entry by it", "id")},
	{table: "audit_subjects", columns: "subject_id at entry_id", fate: kept, why: "follows the audit's entries", out: because("nobody asks for an entry by it", "entry_id")},

	// What is curated.
	{table: "districts", columns: "*", fate: nobodys, why: "reference data"},
	{table: "centres", columns: "*", fate: nobodys, why: "reference data"},
	{table: "indicators", columns: "*", fate: nobodys, why: "reference data"},
	{table: "special_days", columns: "*", fate: nobodys, why: "reference data"},
}

// statement returns what erasure does to a table's rows of the person whose id is $1, "" where it does nothing.
func (e entry) statement() string {
	switch e.fate {
	case deleted:
		return "delete from " + e.table + " where " + e.whose
	case blanked:
		return "update " + e.table + " set " + e.blanks() + " where " + e.whose
	}
	return ""
}

func (e entry) blanks() string {
	set := strings.Fields(e.columns)
	for i, column := range set {
		set[i] = column + " = " + e.to
	}
	return strings.Join(set, ", ")
}

// purges returns the statements that the purge runs, in order.
func purges() (statements []string) {
	for _, e := range entries {
		if text := e.statement(); text != "" && !e.now {
			statements = append(statements, text)
		}
	}
	return statements
}

// atOnce returns the statements that end the account: blank empties its row, with the time as $2; the others run before it.
func atOnce() (blank string, others []string) {
	set := []string{"erased_at = $2"}
	for _, e := range entries {
		switch {
		case e.now && e.table == "people": // whole, or blank
			set = append(set, e.blanks())
		case e.now:
			others = append(others, e.statement())
		}
	}
	return "update people set " + strings.Join(set, ", ") + " where id = $1", others
}

package privacy

import (
	"fmt"
	"strings"
	"unicode"

	"jastarhub/internal/audit"
)

// section is a part of the download: rows of a table that are about the person, or by the person.
type section struct {
	name   string
	what   string // what it is, for docs/privacy.md
	from   string // the table, as x, and its joins
	of     string // which rows, in SQL; $1 is the person
	keys   string // of the order, with their types; "" is the id
	fields string // columns, by their names in the download
	more   []field
	one    bool // an object instead of a list
}

// field is a field that is not a column of the table.
type field struct{ name, sql string }

// table returns the table of the section.
func (s section) table() string {
	name, _, _ := strings.Cut(s.from, " ")
	return name
}

var (
	historyOf = field{"history", `(select coalesce(json_agg(json_build_object('at', m.at, 'verb', m.verb, 'from', m.from_state, 'to', m.to_state,
		'actingAs', m.acting_as, 'byMe', coalesce(m.by_id = $1, false), 'reasonCode', m.reason_code, 'words', m.words) order by m.id), '[]')
		from moves m where m.subject_id = x.id)`}
	teamName   = field{"team", `(select coalesce(nullif(name_kk, ''), nullif(name_ru, ''), name_en) from teams where id = x.team_id)`}
	centreCode = field{"centre", `(select code from centres where id = x.centre_id)`}
	district   = field{"district", `(select code from districts where id = x.district_id)`}
	ngoName    = field{"ngo", `(select coalesce(nullif(name_kk, ''), nullif(name_ru, ''), name_en) from ngos where id = x.ngo_id)`}
)

// titleOf selects the title of a proposal if everyone may see it, or the person is its author.
func titleOf(proposal string) string {
	return `(select title from proposals where id = ` + proposal + ` and (author_id = $1 or hidden_id is null and state <> 'WITHDRAWN'))`
}

var sections = []section{
	{name: "account", what: "who you are", from: "people x", of: "x.id = $1", one: true,
		fields: "id email emailVerifiedAt givenName familyName birthDate language createdAt", more: []field{district, historyOf}},
	{name: "roles", what: "roles you hold or held", from: "grants x", of: "x.person_id = $1", fields: "id role givenAt endedAt",
		more: []field{centreCode, ngoName, {"givenByMe", "coalesce(x.given_by = $1, false)"}, {"endedByMe", "coalesce(x.ended_by = $1, false)"}, historyOf}},
	{name: "rolesGiven", what: "roles of others that you gave", from: "grants x", of: "x.given_by = $1", fields: "id role givenAt", more: []field{centreCode, ngoName}},
	{name: "rolesEnded", what: "roles of others that you ended", from: "grants x", of: "x.ended_by = $1", fields: "id role endedAt", more: []field{centreCode, ngoName}},
	{name: "invitations", what: "roles you invited others to", from: "invitations x", of: "x.invited_by = $1", fields: "id role state createdAt expiresAt endedAt",
		more: []field{centreCode, ngoName, teamName}},
	{name: "consents", what: "what guardians were asked to consent to for you, and their answers", from: "consents x", of: "x.person_id = $1",
		fields: "id requestId scope state textVersion language guardianEmail expiresAt seenOn note askedAt givenAt revokedAt reason", more: []field{historyOf}},
	{name: "consentsRecorded", what: "papers of others that you recorded", from: "consents x", of: "x.recorded_by = $1", fields: "id scope seenOn note askedAt"},
	{name: "consentsWithdrawn", what: "consents that you withdrew", from: "consents x", of: "x.revoked_by = $1", fields: "id scope reason revokedAt"},
	{name: "memberships", what: "your memberships and requests to join", from: "memberships x", of: "x.person_id = $1",
		fields: "id role state message createdAt expiresAt joinedAt endedAt", more: []field{teamName, historyOf}},
	{name: "signups", what: "your sign-ups and attendance", from: "signups x", of: "x.person_id = $1",
		fields: "id startsAt endsAt state line offerExpiresAt checkedInAt checkedOutAt comingAt endReason createdAt updatedAt",
		more:   []field{{"task", `(select t.title from shifts s join tasks t on t.id = s.task_id where s.id = x.shift_id)`}, historyOf}},
	{name: "hours", what: "your hours, and the verdicts on them", from: "hours x", of: "x.person_id = $1",
		fields: "id startsAt endsAt cameAt wentAt workedMinutes minutes state reason answeredAt createdAt updatedAt",
		more:   []field{{"task", `(select title from tasks where id = x.task_id)`}, teamName, ngoName, centreCode, historyOf}},
	{name: "hoursAnswered", what: "hours of others that you approved, adjusted or rejected", from: "hours x", of: "x.answered_by = $1", fields: "id minutes state reason answeredAt",
		more: []field{teamName}},
	{name: "certificates", what: "your certificates", from: "certificates x", of: "x.person_id = $1",
		fields: "id number givenName familyName language fromOn toOn firstOn lastOn minutes shifts issuedAt revokedAt revocation",
		more: []field{centreCode, historyOf, {"parts", `(select coalesce(json_agg(json_build_object('team', coalesce(nullif(p.team_name_kk, ''), nullif(p.team_name_ru, ''), p.team_name_en),
			'ngo', coalesce(nullif(p.ngo_name_kk, ''), nullif(p.ngo_name_ru, ''), p.ngo_name_en), 'minutes', p.minutes, 'shifts', p.shifts,
			'firstOn', p.first_on, 'lastOn', p.last_on) order by p.minutes desc, p.team_id), '[]') from certificate_parts p where p.certificate_id = x.id)`}}},
	{name: "proposals", what: "your proposals, and the answers to them", from: "proposals x", of: "x.author_id = $1",
		fields: "id title text language place lat lon state question declineReason declineWords supportCount createdAt updatedAt reactBy decideBy askedAt",
		more:   []field{district, centreCode, historyOf}},
	{name: "supports", what: "proposals you support or supported", from: "supports x", of: "x.person_id = $1", fields: "id givenAt withdrawnAt",
		more: []field{{"proposal", titleOf(`x.proposal_id`)}}},
	{name: "mergeQuestions", what: "questions whether to move your support of a merged proposal, and your answers", from: "merge_questions x", of: "x.person_id = $1",
		fields: "id askedAt answeredAt moved", more: []field{{"proposal", titleOf(`x.proposal_id`)},
			{"into", titleOf(`x.into_id`)}}},
	{name: "tasks", what: "tasks that you wrote or claimed done", from: "tasks x", of: "x.id in (select x.id from tasks x where x.created_by = $1 union all select x.id from tasks x where x.claimed_by = $1)",
		fields: "id proposalId title description language place lat lon minAge workClass state percent cancelReason createdAt updatedAt verifiedAt",
		more:   []field{{"writtenByMe", "x.created_by = $1"}, {"claimedByMe", "coalesce(x.claimed_by = $1, false)"}, teamName, ngoName, centreCode, district}},
	{name: "claims", what: "your claims that a team's work is done", from: "task_claims x", of: "x.claimed_by = $1", fields: "id words noPhotoReason claimedAt",
		more: []field{{"task", `(select title from tasks where id = x.task_id)`},
			{"results", `(select coalesce(json_agg(json_build_object('metric', metric, 'amount', amount)), '[]') from claim_results where claim_id = x.id)`}}},
	{name: "progressUpdates", what: "progress that you posted", from: "progress_updates x", of: "x.author_id = $1", fields: "id text language percent lowerReason createdAt",
		more: []field{{"task", `(select title from tasks where id = x.task_id)`},
			{"results", `(select coalesce(json_agg(json_build_object('metric', metric, 'amount', amount)), '[]') from progress_results where update_id = x.id)`}}},
	{name: "photos", what: "photos that you sent; url is the file's address while it is shown", from: "photos x", of: "x.uploader_id = $1",
		fields: "id width height createdAt attachedAt minorsShown removedAt",
		more: []field{{"url", `'/photos/' || x.id || '/1600.jpg'`}, {"proposal", titleOf(`x.proposal_id`)},
			{"task", `(select title from tasks where id = x.task_id)`}}},
	{name: "photosOfYou", what: "photos that show you, as a team's lead said", from: "photo_minors x", of: "x.person_id = $1", keys: "photo_id uuid",
		more: []field{{"url", `'/photos/' || x.photo_id || '/1600.jpg'`}}},
	{name: "reports", what: "what you reported", from: "reports x", of: "x.reporter_id = $1",
		fields: "id subjectType subjectId reason words state createdAt decidedAt", more: []field{centreCode, teamName, ngoName, historyOf}},
	{name: "decisions", what: "decisions about you and what you wrote, and your appeals", from: "decisions x", of: "x.person_id = $1",
		fields: "id kind subjectType subjectId reason words state until decidedAt appeal appealedAt answer answeredAt", more: []field{centreCode, teamName, ngoName, historyOf}},
	{name: "decisionsTaken", what: "what you decided about others", from: "decisions x", of: "x.decided_by = $1",
		fields: "id kind subjectType subjectId reason words decidedAt"},
	{name: "appealsAnswered", what: "appeals of others that you answered", from: "decisions x", of: "x.answered_by = $1", fields: "id answer answeredAt"},
	{name: "moves", what: "everything whose state you changed, with your words", from: "moves x", of: "x.by_id = $1",
		fields: "id subjectId at verb fromState toState actingAs reasonCode words"},
	{name: "sessions", what: "your sign-ins", from: "sessions x", of: "x.person_id = $1", fields: "id createdAt lastSeenAt secondFactorAt endedAt"},
	{name: "identities", what: "your accounts at an OpenID provider", from: "identities x", of: "x.person_id = $1", fields: "id issuer subject createdAt"},
	{name: "secondFactor", what: "whether you have a second factor", from: "second_factors x", of: "x.person_id = $1", keys: "person_id uuid", fields: "confirmedAt lastStep"},
	{name: "links", what: "links that were emailed to you", from: "account_tokens x", of: "x.person_id = $1", fields: "id purpose email createdAt expiresAt usedAt"},
	{name: "mails", what: "messages to you, by email and Telegram, and to guardians you named", from: "outbox x", of: "x.person_id = $1",
		fields: "id channel kind noticeId address language createdAt dueAt attempts sentAt failedAt lastError"},
	{name: "notices", what: "your notifications in the app", from: "notices x", of: "x.person_id = $1", fields: "id kind subjectType subjectId details createdAt readAt"},
	{name: "noticePreferences", what: "how you want to be notified", from: "notice_preferences x", of: "x.person_id = $1", keys: "topic text", fields: "topic email telegram"},
	{name: "telegram", what: "the chat in Telegram that is linked", from: "telegram_links x", of: "x.person_id = $1", fields: "id chatId linkedAt"},
	{name: "telegramCodes", what: "until when you can link a chat", from: "telegram_codes x", of: "x.person_id = $1", keys: "person_id uuid", fields: "expiresAt"},
	{name: "downloads", what: "when you asked for this", from: "data_requests x", of: "x.person_id = $1", fields: "id askedAt expiresAt takenAt"},
	{name: "erasures", what: "accounts that you erased as an officer", from: "erasures x", of: "x.by_id = $1", keys: "person_id uuid", fields: "erasedAt reason"},
	{name: "idempotencyKeys", what: "keys of the last 7 days by which a repeated mutation is recognised", from: "idempotency_keys x", of: "x.person_id = $1",
		keys: "key text", fields: "key mutation resultId createdAt"},
	{name: "auditByMe", what: "what you did, from the audit log", from: "audit_entries x", of: "x.person_id = $1", keys: "at timestamptz, id uuid",
		fields: "at action roles subjects fields requestId outcome"},
	{name: "auditAboutMe", what: "what others did to you, from the audit log: in which roles, but not who",
		from: "audit_subjects x join audit_entries e on e.at = x.at and e.id = x.entry_id",
		of:   "x.subject_id = $1 and e.person_id is distinct from $1 and e.action not in " + audit.Secret, keys: "at timestamptz, entry_id uuid", fields: "at",
		more: []field{{"action", "e.action"}, {"roles", "e.roles"}, {"outcome", "e.outcome"}}},
}

// pageSize is how many rows of a section are read at once.
const pageSize = 500

// key is a column of the order.
type key struct{ column, kind string }

func (s section) order() (keys []key) {
	for part := range strings.SplitSeq(s.keys, ", ") {
		column, kind, _ := strings.Cut(part, " ")
		if column == "" {
			column, kind = "id", "uuid"
		}
		keys = append(keys, key{column, kind})
	}
	return keys
}

// least is a value that sorts before every row.
var least = map[string]string{"uuid": "00000000-0000-0000-0000-000000000000", "timestamptz": "-infinity", "text": ""}

// query returns a query for a page: $1 is the person, the other arguments are the row to start after.
func (s section) query() string {
	var columns, kinds, texts []string
	for i, k := range s.order() {
		columns = append(columns, "x."+k.column)
		kinds = append(kinds, fmt.Sprintf("$%d::%s", i+2, k.kind))
		texts = append(texts, fmt.Sprintf("x.%s::text", k.column))
	}
	order := strings.Join(columns, ", ")
	return fmt.Sprintf("select json_build_object(%s)::text as row, array[%s] as place from %s where %s and (%s) > (%s) order by %s limit %d",
		strings.Join(s.pairs(), ", "), strings.Join(texts, ", "), s.from, s.of, order, strings.Join(kinds, ", "), order, pageSize)
}

// pairs returns the names of the download's fields and their values, in SQL.
func (s section) pairs() (pairs []string) {
	for name := range strings.FieldsSeq(s.fields) {
		pairs = append(pairs, fmt.Sprintf("'%s', x.%s", name, columnOf(name)))
	}
	for _, f := range s.more {
		pairs = append(pairs, fmt.Sprintf("'%s', %s", f.name, f.sql))
	}
	return pairs
}

// columnOf returns the column of a field: created_at for createdAt.
func columnOf(name string) string {
	var b strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

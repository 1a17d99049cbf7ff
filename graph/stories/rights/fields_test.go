package rights

import (
	"strings"
	"testing"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/postgres"
)

// shown are the types with the people who may see their objects, and the fields that are visible with the object. Each of the others is
// protected by a line of protected.
var shown = []struct{ typeName, who, fields string }{
	{"Query", "everyone", "node nodes districts centres centre indicators specialDays ngos ngo teams team proposals proposal similarProposals tasks task adultsOnlyWork shift results viewer search invitation pendingIdentity certificate"},
	{"District", "everyone", "id code name centres results"},
	{"Centre", "everyone", "id code name state district openedOn address point capacity openingHours teamCount taskCounts results teams history availableActions"},
	{"Subscription", "everyone, except for drafts and hidden things", "taskChanged shiftSeats"},
	{"Subscription", "everyone signed in, of their own", "mySignups myNotices"},
	{"Indicator", "everyone", "id code year definition unit baseline target announcedOn comparison fact asOf"},
	{"SpecialDay", "everyone", "id day works name removedAt availableActions"},
	{"Ngo", "everyone, unless it is hidden", "id name mission language focus state bin createdAt teams hidden history availableActions"},
	{"Team", "everyone, unless it is hidden", "id name about language createdAt ngo centre hostings memberCount taskCounts results freeSeats tasks myMembership hidden availableActions"},
	{"Hosting", "everyone, except for requested and declined ones, and those of a hidden team", "id state team centre askedAt startedAt endedAt history availableActions"},
	{"Proposal", "everyone, unless it is hidden or withdrawn", "id title text language place point state district centre author question declineReason declineWords supportCount supportedByMe createdAt updatedAt photos reactBy decideBy overdue mergedInto merged trail hidden history availableActions"},
	{"Task", "everyone, except for drafts and hidden things", "id title description language place point minAge workClass state percent cancelReason createdAt updatedAt nextShiftAt seats claim verifiedAt team ngo centre district proposal nextShift shifts updates sentBack photos hidden history availableActions"},
	{"Shift", "everyone, except for shifts of drafts and hidden ones", "id startsAt endsAt checkInFrom checkInUntil place point state cancelReason seats waiting task mySignup hidden history availableActions"},
	{"ProgressUpdate", "everyone, unless it is hidden", "id text language percent lowerReason results createdAt author task photos hidden availableActions"},
	{"Person", "anyone who sees what the person did", "id ageBand erased"},
	{"Contact", "anyone who sees the contact", "email"},
	{"Consent", "as below", "id person scope state textVersion language guardianEmail expiresAt recordedBy seenOn note askedAt givenAt revokedAt revokedBy reason history availableActions"},
	{"Membership", "as below", "id team person role state message createdAt expiresAt joinedAt endedAt history availableActions"},
	{"Signup", "as below", "id shift startsAt endsAt person state position offerExpiresAt checkedInAt checkedOutAt comingAt endReason createdAt updatedAt hours history availableActions"},
	{"Hours", "as below", "id signup person task team startsAt endsAt cameAt wentAt workedMinutes minutes state reason answeredAt changeableUntil createdAt history availableActions"},
	{"HoursResult", "the person who sent the row", "id hours code"},
	{"SignupResult", "the person who sent the row", "id signup code"},
	{"CheckInCode", "anyone who reads checkInCode", "code validUntil path"},
	{"Record", "anyone who reads myRecord", "from to minutes shifts pendingMinutes pendingShifts teams focuses months"},
	{"TeamRecord", "anyone who reads myRecord", "team minutes shifts"},
	{"FocusRecord", "anyone who reads myRecord", "focus minutes shifts"},
	{"MonthRecord", "anyone who reads myRecord", "month minutes shifts"},
	{"Certificate", "everyone who has the number; by its id as below", "id number initials from to firstOn lastOn minutes shifts parts language issuedAt revokedAt revocation availableActions"},
	{"CertificatePart", "anyone who sees the certificate", "teamName ngoName minutes shifts firstOn lastOn"},
	{"SecondFactor", "as below", "active recoveryCodesLeft rolesWait"},
	{"Report", "as below", "id subjectType subject centre reason words state reporter decision openReports createdAt decidedAt history availableActions"},
	{"Decision", "as below", "id kind subjectType subject centre reason words state until decidedAt appealBy appeal appealedAt answer answeredAt history availableActions"},
	{"Session", "as below", "id createdAt lastSeenAt current"},
	{"Identity", "as below", "id issuer createdAt"},
	{"PendingIdentity", "anyone who has the token", "email givenName familyName expiresAt"},
	{"Grant", "as below", "id role centre ngo givenAt person endedAt history availableActions"},
	{"Invitation", "as below", "id email role centre ngo team state by createdAt expiresAt endedAt history availableActions"},
	{"InvitationOffer", "anyone who has the link", "email role centre ngo team expiresAt"},
	{"Notice", "as below", "id kind topic title text subjectType subjectId path createdAt readAt"},
	{"NoticePreference", "as below", "topic email telegram"},
	{"TelegramLink", "as below", "id linkedAt"},
	{"DeadLetter", "anyone who reads deadLetters", "id channel kind person attempts error createdAt failedAt availableActions"},
	{"AuditEntry", "anyone who reads auditEntries", "id at person roles action subjects fields requestId outcome"},
	{"Move", "anyone who sees the object", "id verb fromState toState actingAs by reasonCode words at"},
	{"Point", "anyone who sees the object", "lat lon"},
	{"Seats", "anyone who sees the object", "capacity taken free"},
	{"TrailStep", "anyone who sees the proposal, and for a task's step the task", "id verb fromState toState actingAs reasonCode words at task next nextBy"},
	{"Claim", "anyone who sees the task", "id words results noPhotoReason claimedAt"},
	{"Result", "anyone who sees the object", "metric unit amount"},
	{"ResultTotal", "everyone", "metric unit amount tasks"},
	{"Photo", "anyone who sees what it is attached to; before that its uploader", "id width height sizes"},
	{"PhotoSize", "anyone who sees the photo", "width height url"},
	{"CheckedInMinor", "anyone who sees checkedInMinors", "person photoConsent"},
	{"TaskCount", "anyone who sees the object", "state tasks"},
	{"AvailableAction", "anyone who sees the object", "action allowed reason"},
	{"PageInfo", "anyone who sees the list", "hasNextPage hasPreviousPage startCursor endCursor"},
}

// field is a protected field: the others get null, a masked value or a code.
type field struct {
	right
	query, path string
	id          func(w *hub.World) string
}

func node(typeName, may, of string, id func(*hub.World) string) field {
	owner := ""
	if contains(may, "owner") {
		owner = map[bool]string{true: "author", false: "person"}[typeName == "Person"]
	}
	return field{right{what: strings.TrimSpace(typeName + " " + of), may: may, other: "null", owner: owner}, `query($id: ID!) { at: node(id: $id) { ... on ` + typeName + ` { id } } }`, "at", id}
}

// authors returns a field for the author, the coordinator of the centre, and officers.
func authors(typeName, of string, id func(*hub.World) string) field {
	f := node(typeName, "owner coordinator officer", of, id)
	f.owner = "author"
	return f
}

func ofAuthor(name, selection, other string) field {
	return field{right{what: "Person." + name, may: "owner", other: other, owner: "author"},
		`query($id: ID!) { proposal(id: $id) { author { at: ` + name + selection + ` } } }`, "proposal.author.at", authored}
}

func below2(root, name, may, other string, id func(*hub.World) string) field {
	return field{right{what: strings.ToUpper(root[:1]) + root[1:] + "." + name, may: may, other: other},
		`query($id: ID!) { ` + root + `(id: $id) { at: ` + name + ` { totalCount } } }`, root + ".at", id}
}

func protected() []field {
	list := " { totalCount }"
	return []field{
		node("Person", "owner", "", func(w *hub.World) string { return w.Roles["author"].ID }),
		ofAuthor("displayName", "", "masked"), ofAuthor("givenName", "", "null"), ofAuthor("familyName", "", "null"),
		ofAuthor("email", "", "null"), ofAuthor("birthDate", "", "null"), ofAuthor("language", "", "null"),
		ofAuthor("district", " { id }", "null"), ofAuthor("grants", " { id }", "null"),
		ofAuthor("contact", " { email }", "null"), ofAuthor("emailVerified", "", "null"), ofAuthor("sessions", " { id }", "null"),
		ofAuthor("identities", " { id }", "null"),
		ofAuthor("secondFactor", " { active }", "null"),
		ofAuthor("signups", list, "FORBIDDEN"), ofAuthor("memberships", list, "FORBIDDEN"), ofAuthor("proposals", list, "FORBIDDEN"), ofAuthor("decisions", list, "FORBIDDEN"),
		ofAuthor("mergesToAnswer", list, "FORBIDDEN"),
		ofAuthor("notices", list, "FORBIDDEN"), ofAuthor("unreadNotices", "", "null"), ofAuthor("noticePreferences", " { topic }", "null"),
		{right{what: "Person.telegram", may: "owner", other: "null", owner: "author"}, `query($id: ID!) { proposal(id: $id) { author { at: telegram { id } } } }`,
			"proposal.author.at", func(w *hub.World) string { w.PutLink(w.Roles["author"]); return authored(w) }},
		{right{what: "Query.deadLetters", may: "officer", other: "NOT_OFFICER"}, `{ deadLetters { totalCount } }`, "deadLetters", nil},
		{right{what: "Person.contact (of a member)", may: "owner lead ngoLead", other: "null", owner: "author"},
			`query($id: ID!) { proposal(id: $id) { author { at: contact { email } } } }`, "proposal.author.at", joined},
		{right{what: "Person.consents", may: "owner coordinator elsewhere", other: "null", owner: "author"},
			`query($id: ID!) { proposal(id: $id) { author { at: consents { id } } } }`, "proposal.author.at", authored},
		below2("centre", "moveRequests", "coordinator officer", "FORBIDDEN", func(w *hub.World) string { return w.Centre("AUEZOV-1") }),
		below2("centre", "staff", "coordinator officer", "FORBIDDEN", func(w *hub.World) string { return w.Centre("AUEZOV-1") }),
		below2("centre", "reports", "coordinator officer", "FORBIDDEN", func(w *hub.World) string { return w.Centre("AUEZOV-1") }),
		below2("centre", "decisions", "coordinator officer", "FORBIDDEN", func(w *hub.World) string { return w.Centre("AUEZOV-1") }),
		below2("ngo", "leads", "ngoLead officer", "FORBIDDEN", func(w *hub.World) string { return w.Ngo }),
		below2("team", "memberships", seeing, "FORBIDDEN", func(w *hub.World) string { return w.Team }),
		below2("task", "signups", seeing, "FORBIDDEN", func(w *hub.World) string { return w.PutTask("OPEN") }),
		below2("shift", "signups", seeing, "FORBIDDEN", func(w *hub.World) string { return w.OneMore("OPEN") }),
		{right{what: "Task.checkedInMinors", may: leads, other: "FORBIDDEN"}, `query($id: ID!) { task(id: $id) { checkedInMinors { photoConsent } } }`,
			"task.checkedInMinors", func(w *hub.World) string { return w.PutTask("OPEN") }},
		{right{what: "Team.unmarked", may: seeing, other: "null"}, `query($id: ID!) { team(id: $id) { unmarked } }`, "team.unmarked", func(w *hub.World) string { return w.Team }},
		{right{what: "Query.minor", may: "coordinator elsewhere", other: "FORBIDDEN"}, `query($id: String!) { minor(email: $id) { id } }`, "minor", (*hub.World).MinorsAddress},
		node("Hosting", seeing, "(asked for or declined)", (*hub.World).PutAsked),
		node("Task", seeing, "(a draft)", func(w *hub.World) string { return w.PutTask("DRAFT") }),
		node("Shift", seeing, "(a draft's)", func(w *hub.World) string { return w.OneMore("DRAFT") }),
		node("Membership", "owner "+seeing, "", func(w *hub.World) string { return w.PutMembership("ACTIVE") }),
		node("Signup", "owner "+seeing, "", func(w *hub.World) string { return onShift("30 hours", "CONFIRMED", nil)(w, "")["id"].(string) }),
		node("Hours", "owner "+seeing, "", func(w *hub.World) string { return w.Pending("")["id"].(string) }),
		below2("team", "hours", seeing, "FORBIDDEN", func(w *hub.World) string { return w.Team }),
		below2("task", "hours", seeing, "FORBIDDEN", func(w *hub.World) string { return w.PutTask("OPEN") }),
		below2("centre", "workedHours", "coordinator officer", "FORBIDDEN", func(w *hub.World) string { return w.Centre("AUEZOV-1") }),
		ofAuthor("hours", list, "FORBIDDEN"), ofAuthor("certificates", list, "FORBIDDEN"),
		node("Certificate", "owner coordinator officer", "", certificateOfPerson),
		{right{what: "Certificate.holder", may: "owner", other: "null", owner: "person"}, ofCertificate("holder"), "certificate.at", (*hub.World).NumberOfPerson},
		{right{what: "Certificate.pdfPath", may: "owner", other: "null", owner: "person"}, ofCertificate("pdfPath"), "certificate.at", (*hub.World).NumberOfPerson},
		{right{what: "Certificate.history", may: "owner coordinator officer", other: "FORBIDDEN", owner: "person"}, ofCertificate("history { totalCount }"),
			"certificate.at", (*hub.World).NumberOfPerson},
		{right{what: "Query.myRecord", may: signedIn, other: ""}, `{ myRecord { minutes } }`, "myRecord", nil},
		{right{what: "Query.checkInCode", may: leads, other: "NOT_LEAD"}, `query($id: ID!) { checkInCode(shiftId: $id) { code } }`, "checkInCode",
			func(w *hub.World) string { return w.PutShift(w.PutTask("IN_PROGRESS"), "1 hour", 5) }},
		node("Consent", "owner coordinator elsewhere", "", putGiven),
		node("Grant", "officer", "(CITY_OFFICER)", func(w *hub.World) string { return w.PutGrant("CITY_OFFICER") }),
		node("Grant", "owner coordinator officer", "(COORDINATOR, CONSULTANT)", func(w *hub.World) string { return w.PutGrant("CONSULTANT") }),
		node("Grant", "ngoLead officer", "(NGO_LEAD)", func(w *hub.World) string { return w.PutGrant("NGO_LEAD") }),
		node("Invitation", "officer", "(CITY_OFFICER, COORDINATOR, CONSULTANT)", func(w *hub.World) string { return w.PutOffer("CONSULTANT", "SENT") }),
		node("Invitation", "ngoLead officer", "(NGO_LEAD)", func(w *hub.World) string { return w.PutOffer("NGO_LEAD", "SENT") }),
		node("Invitation", leads, "(TEAM_LEAD, TEAM_MEMBER)", func(w *hub.World) string { return w.PutOffer("TEAM_LEAD", "SENT") }),
		below2("centre", "invitations", "officer", "FORBIDDEN", func(w *hub.World) string { return w.Centre("AUEZOV-1") }),
		below2("ngo", "invitations", "ngoLead officer", "FORBIDDEN", func(w *hub.World) string { return w.Ngo }),
		below2("team", "invitations", leads, "FORBIDDEN", func(w *hub.World) string { return w.Team }),
		{right{what: "Query.invitations", may: "officer", other: "NOT_OFFICER"}, `{ invitations { totalCount } }`, "invitations", nil},
		{right{what: "Proposal.task (a draft)", may: seeing, other: "null", owner: "author"}, `query($id: ID!) { proposal(id: $id) { task { id } } }`, "proposal.task", adopted},
		{right{what: "Query.task (a draft)", may: seeing, other: "NOT_FOUND"}, `query($id: ID!) { task(id: $id) { id } }`, "task", func(w *hub.World) string { return w.PutTask("DRAFT") }},
		{right{what: "Query.shift (a draft's)", may: seeing, other: "NOT_FOUND"}, `query($id: ID!) { shift(id: $id) { id } }`, "shift", func(w *hub.World) string { return w.OneMore("DRAFT") }},
		{right{what: "Query.tasks (allowedForMe)", may: signedIn}, `{ tasks(filter: {allowedForMe: true}) { totalCount } }`, "tasks", nil},
		node("Report", "owner coordinator officer", "", func(w *hub.World) string { return w.PutReport("OPEN") }),
		authors("Decision", "", func(w *hub.World) string { return w.PutDecision("IN_FORCE") }),
		authors("Proposal", "(hidden)", (*hub.World).HiddenProposal),
		node("Task", seeing, "(hidden)", (*hub.World).HiddenTask),
		node("Shift", seeing, "(hidden)", (*hub.World).HiddenShift),
		node("ProgressUpdate", seeing, "(hidden)", (*hub.World).HiddenUpdate),
		node("Team", seeing, "(hidden)", (*hub.World).HiddenTeam),
		node("Hosting", seeing, "(a hidden team's)", hiddenHosting),
		node("Ngo", "ngoLead officer", "(hidden)", (*hub.World).HiddenNgo),
		{right{what: "Query.grants", may: "officer", other: "NOT_OFFICER"}, `{ grants { totalCount } }`, "grants", nil},
		{right{what: "Grant.waits", may: "owner officer", other: "null", owner: "person"},
			`query($id: ID!) { node(id: $id) { ... on Grant { at: waits } } }`, "node.at", func(w *hub.World) string { return w.PutGrant("CONSULTANT") }},
		{right{what: "Query.reports", may: "officer", other: "NOT_OFFICER"}, `{ reports { totalCount } }`, "reports", nil},
		{right{what: "Query.decisions", may: "officer", other: "NOT_OFFICER"}, `{ decisions { totalCount } }`, "decisions", nil},
		{right{what: "Query.auditEntries", may: "officer", other: "NOT_OFFICER"}, `{ auditEntries { totalCount } }`, "auditEntries", nil},
	}
}

// authored returns a proposal of the author, who is a minor with a district.
func authored(w *hub.World) string {
	w.Exec(`update people set birth_date = $2, district_id = $3 where id = $1`, w.Roles["author"].ID, w.Present().AddDate(-15, 0, 0), w.District("MEDEU"))
	return w.PutProposal("SUBMITTED")
}

// joined returns a proposal of the author, who is in the team.
func joined(w *hub.World) string {
	w.Enrol(w.Roles["author"], w.Team, "MEMBER")
	return authored(w)
}

// adopted returns a proposal that became a draft.
func adopted(w *hub.World) string {
	proposal := w.PutProposal("ACCEPTED")
	w.Exec(`update tasks set proposal_id = $1 where id = $2`, proposal, w.PutTask("DRAFT"))
	return proposal
}

// TestFieldsAreForWhomTheyAreFor queries every protected field as everybody.
func TestFieldsAreForWhomTheyAreFor(t *testing.T) {
	t.Parallel()
	w, asked := hub.NewWorld(t), 0
	for _, f := range protected() {
		in := hub.Vars{}
		if f.id != nil {
			in["id"] = f.id(w)
		}
		for _, column := range columns {
			want, there := f.answer(column)
			if !there {
				continue
			}
			asked++
			compareField(w, f, column, want, as(w, column, f.right).Ask(f.query, in))
		}
		if f.id == nil {
			continue
		}
		if a := w.Officer.Ask(f.query, hub.Vars{"id": postgres.NewID().String()}); a.Code() != "" && a.Code() != "NOT_FOUND" && !strings.HasPrefix(f.what, "Certificate.") && (contains(f.may, "officer") || a.Code() != f.other) {
			t.Errorf("%s of nothing: %s", f.what, a.RawBody)
		}
	}
	t.Logf("%d pairs of field and role", asked)
}

func compareField(w *hub.World, f field, column, want string, a *hub.Answer) {
	w.T.Helper()
	refused := want == "null" || want == "masked" || want == ""
	if refused && a.Code() != "" || !refused && a.Code() != want {
		w.T.Errorf("%s by %s: %q, want %q: %s", f.what, column, a.Code(), want, a.RawBody)
		return
	}
	if !refused {
		return
	}
	var value any
	if above := strings.LastIndex(f.path, "."); above < 0 || a.At(f.path[:above]) != nil { // not even the object may be there
		value = a.At(f.path)
	}
	masked := false
	if name, ok := value.(string); ok && f.what == "Person.displayName" {
		masked = strings.HasSuffix(name, " C.")
	}
	if (value == nil) != (want == "null") || masked != (want == "masked") {
		w.T.Errorf("%s by %s: %v, want %q", f.what, column, value, want)
	}
}

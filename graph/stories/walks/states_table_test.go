package walks

import (
	"jastarhub/graph/stories/hub"
)

// The state tables of domain.md once more, copied from there and not from the code. What is not in a row is refused: to the right
// person with WRONG_STATE, to others with the row's code, to a visitor with UNAUTHENTICATED.

// row is one verb that moves a noun.
type row struct {
	verb    string            // the mutation
	from    string            // the states in which it moves, separated by spaces; "" are all that no row of the verb names
	who     map[string]string // who may, and the role in the history; or a code: why they may not
	other   string            // the code for all others
	to      string            // "" is the former state
	input   hub.Vars          // in addition to the id
	changes string            // of the object's row, separated by spaces
	also    map[string]string // and this from that state
	moves   int               // how many entries are added to all histories, unless 1
	quiet   bool              // none of them in the object's own
	silent  bool              // none at all
}

var ngoRows = []row{
	{verb: "setNgoState", from: "FORMING SUSPENDED", to: "ACTIVE", input: hub.Vars{"state": "ACTIVE"},
		who: theOfficer, other: "NOT_OFFICER", changes: "state"},
	{verb: "setNgoState", from: "ACTIVE", to: "SUSPENDED", input: hub.Vars{"state": "SUSPENDED", "reason": "no reports"},
		who: theOfficer, other: "NOT_OFFICER", changes: "state"},
	{verb: "setNgoState", from: "FORMING ACTIVE SUSPENDED", to: "ARCHIVED", input: hub.Vars{"state": "ARCHIVED", "reason": "dissolved"},
		who: theOfficer, other: "NOT_OFFICER", changes: "state"},
	{verb: "setNgoState", from: "none", input: hub.Vars{"state": "FORMING"}, who: theOfficer, other: "NOT_OFFICER"},
	{verb: "updateNgo", from: "FORMING ACTIVE SUSPENDED", input: hub.Vars{"mission": "Green yards."},
		who: map[string]string{"officer": "OFFICER", "ngoLead": "LEAD"}, other: "NOT_YOUR_NGO", changes: "mission"},
}

var centreRows = []row{
	{verb: "setCentreState", from: "PLANNED CLOSED", to: "OPEN", input: hub.Vars{"state": "OPEN"},
		who: theOfficer, other: "NOT_OFFICER", changes: "state", also: map[string]string{"PLANNED": "opened_on"}},
	{verb: "setCentreState", from: "OPEN", to: "CLOSED", input: hub.Vars{"state": "CLOSED", "reason": "repairs"},
		who: theOfficer, other: "NOT_OFFICER", changes: "state"},
	{verb: "setCentreState", from: "none", input: hub.Vars{"state": "PLANNED"}, who: theOfficer, other: "NOT_OFFICER"},
}

var membershipRows = []row{
	{verb: "answerMembership", from: "REQUESTED", to: "ACTIVE", input: hub.Vars{"accept": true},
		who: theLeads, other: "NOT_LEAD", changes: "state expires_at joined_at"},
	{verb: "answerMembership", from: "REQUESTED", to: "DECLINED", input: hub.Vars{"accept": false, "reason": "full"},
		who: theLeads, other: "NOT_LEAD", changes: "state expires_at ended_at"},
	{verb: "answerMembership", from: "INVITED", to: "ACTIVE", input: hub.Vars{"accept": true},
		who: thePerson, other: "NOT_YOURS", changes: "state expires_at joined_at"},
	{verb: "answerMembership", from: "INVITED", to: "DECLINED", input: hub.Vars{"accept": false},
		who: thePerson, other: "NOT_YOURS", changes: "state expires_at ended_at"},
	{verb: "answerMembership", input: hub.Vars{"accept": true}, who: personOrLead, other: "NOT_YOURS"},
	{verb: "withdrawMembership", from: "REQUESTED", to: "WITHDRAWN", who: thePerson, other: "NOT_YOURS",
		changes: "state expires_at ended_at"},
	{verb: "withdrawMembership", from: "INVITED", to: "WITHDRAWN", who: theLeads, other: "NOT_LEAD",
		changes: "state expires_at ended_at"},
	{verb: "withdrawMembership", who: personOrLead, other: "NOT_YOURS"},
	{verb: "leaveTeam", from: "ACTIVE", to: "LEFT", who: thePerson, other: "NOT_YOURS", changes: "state ended_at"},
	{verb: "removeMember", from: "ACTIVE", to: "REMOVED", input: hub.Vars{"reason": "never came"},
		who: theLeads, other: "NOT_LEAD", changes: "state ended_at"},
	{verb: "setMemberRole", from: "ACTIVE", input: hub.Vars{"role": "LEAD"}, who: theLeads, other: "NOT_LEAD", changes: "role"},
}

// What the invitation's own page does is not in availableActions, and no mutation answers with it: it is in its stories.
var invitationRows = []row{
	{verb: "withdrawInvitation", from: "SENT", to: "WITHDRAWN", who: map[string]string{"officer": "OFFICER", "ngoLead": "LEAD"},
		other: "NOT_YOUR_NGO", changes: "state ended_at"},
}

var proposalRows = []row{
	{verb: "reviewProposal", from: "SUBMITTED", to: "IN_REVIEW", who: theCoordinator, other: "NOT_YOUR_CENTRE",
		changes: "state due_at updated_at"},
	{verb: "askForInfo", from: "IN_REVIEW", to: "NEEDS_INFO", input: hub.Vars{"question": "Which yard?"},
		who: theCoordinator, other: "NOT_YOUR_CENTRE", changes: "state question asked_at due_at updated_at"},
	{verb: "answerInfo", from: "NEEDS_INFO", to: "IN_REVIEW", input: hub.Vars{"answer": "The second."},
		who: theAuthor, other: "NOT_YOURS", changes: "state question asked_at due_at updated_at"},
	{verb: "acceptProposal", from: "IN_REVIEW", to: "ACCEPTED", who: theCoordinator, other: "NOT_YOUR_CENTRE",
		changes: "state due_at updated_at"},
	{verb: "declineProposal", from: "IN_REVIEW", to: "DECLINED", input: hub.Vars{"reason": "NO_MEANS", "words": "Not this year, sorry."},
		who: theCoordinator, other: "NOT_YOUR_CENTRE", changes: "state decline_reason decline_words due_at updated_at"},
	{verb: "withdrawProposal", from: "SUBMITTED IN_REVIEW NEEDS_INFO", to: "WITHDRAWN", who: theAuthor, other: "NOT_YOURS",
		changes: "state updated_at", also: map[string]string{"SUBMITTED": "due_at", "IN_REVIEW": "due_at", "NEEDS_INFO": "question asked_at"}},
	{verb: "mergeProposal", from: "IN_REVIEW", to: "MERGED", who: theCoordinator, other: "NOT_YOUR_CENTRE",
		changes: "state merged_into due_at updated_at"},
	{verb: "answerMerge", from: "MERGED", input: hub.Vars{"move": false}, who: anyone, silent: true},
	{verb: "adoptProposal", from: "ACCEPTED", who: map[string]string{"lead": "LEAD", "ngoLead": "LEAD", hub.Elsewhere: "LEAD"},
		other: "NOT_LEAD", moves: 2},
	{verb: "supportProposal", from: "SUBMITTED IN_REVIEW NEEDS_INFO ACCEPTED", who: anyone, changes: "support_count", silent: true},
	{verb: "withdrawSupport", from: "SUBMITTED IN_REVIEW NEEDS_INFO ACCEPTED", who: anyone, changes: "support_count", silent: true},
	{verb: "reassignProposal", from: "SUBMITTED IN_REVIEW", who: map[string]string{"coordinator": "COORDINATOR", "officer": "OFFICER"},
		other: "NOT_YOUR_CENTRE", changes: "centre_id updated_at"},
}

// The last three are in the schema, not in domain.md.
var taskRows = []row{
	{verb: "openTask", from: "DRAFT", to: "OPEN", who: theLeads, other: "NOT_LEAD", changes: "state updated_at"},
	{verb: "startTask", from: "OPEN", to: "IN_PROGRESS", who: theLeads, other: "NOT_LEAD", changes: "state updated_at"},
	{verb: "claimDone", from: "IN_PROGRESS", to: "CLAIMED_DONE", input: hub.Vars{"words": "All clean.", "noPhotoReason": "It rained.", "cancelShifts": true},
		who: theLeads, other: "NOT_LEAD", moves: 2, changes: "state claimed_by updated_at first_shift_at last_shift_at next_shift_at capacity free"},
	{verb: "verifyTask", from: "CLAIMED_DONE", to: "VERIFIED", who: outsideTheTeam, other: "NOT_YOUR_CENTRE", changes: "state verified_at updated_at"},
	{verb: "disputeResult", from: "VERIFIED", to: "IN_PROGRESS", input: hub.Vars{"reason": "The bags are still there."}, who: theAuthor, other: "NOT_YOURS",
		changes: "state claimed_by verified_at updated_at"},
	{verb: "sendBack", from: "CLAIMED_DONE", to: "IN_PROGRESS", input: hub.Vars{"reason": "Bags are left."},
		who: outsideTheTeam, other: "NOT_YOUR_CENTRE", changes: "state claimed_by updated_at"},
	{verb: "cancelTask", from: "DRAFT OPEN IN_PROGRESS", to: "CANCELLED", input: hub.Vars{"reason": "A storm."},
		who:   map[string]string{"lead": "LEAD", "ngoLead": "LEAD", "coordinator": "COORDINATOR", "insider": "COORDINATOR"},
		other: "NOT_LEAD", moves: 2, changes: "state cancel_reason updated_at first_shift_at last_shift_at next_shift_at capacity free"},
	{verb: "updateTask", from: "DRAFT OPEN IN_PROGRESS", input: hub.Vars{"title": "Another title"},
		who: theLeads, other: "NOT_LEAD", changes: "title updated_at"},
	{verb: "addShift", from: "DRAFT OPEN IN_PROGRESS", who: theLeads, other: "NOT_LEAD", changes: "capacity free last_shift_at", quiet: true},
	{verb: "postProgress", from: "OPEN IN_PROGRESS CLAIMED_DONE", input: hub.Vars{"text": "Half is done."},
		who: theLeads, other: "NOT_LEAD", silent: true},
}

// For hours of somebody else than the insider. The previous verdict was the officer's.
var hoursRows = []row{
	{verb: "approveHours", from: "PENDING ADJUSTED REJECTED", to: "APPROVED", input: hub.Vars{"reason": "They were there."},
		who: answerers, other: "NOT_LEAD", changes: "state reason answered_by updated_at",
		also: map[string]string{"PENDING": "answered_at", "ADJUSTED": "minutes", "REJECTED": "minutes"}},
	{verb: "adjustHours", from: "PENDING APPROVED ADJUSTED REJECTED", to: "ADJUSTED", input: hub.Vars{"reason": "They left early."},
		who: answerers, other: "NOT_LEAD", changes: "minutes reason answered_by updated_at",
		also: map[string]string{"PENDING": "state answered_at", "APPROVED": "state", "REJECTED": "state"}},
	{verb: "rejectHours", from: "PENDING APPROVED ADJUSTED", to: "REJECTED", input: hub.Vars{"reason": "They never came."},
		who: answerers, other: "NOT_LEAD", changes: "state minutes reason answered_by updated_at",
		also: map[string]string{"PENDING": "answered_at"}},
}

var reportRows = []row{
	{verb: "answerReport", from: "OPEN", to: "UPHELD", input: hub.Vars{"uphold": true, "words": "It was so."},
		who: moderators, other: "NOT_YOUR_CENTRE", changes: "state decided_at"},
	{verb: "answerReport", from: "OPEN", to: "DISMISSED", input: hub.Vars{"uphold": false, "words": "It was not."},
		who: moderators, other: "NOT_YOUR_CENTRE", changes: "state decided_at"},
}

// For a proposal that the insider hid.
var decisionRows = []row{
	{verb: "appeal", from: "IN_FORCE", to: "APPEALED", input: hub.Vars{"text": "It is no spam."}, who: theAuthor, other: "NOT_YOURS",
		changes: "state appeal appealed_at"},
	{verb: "answerAppeal", from: "APPEALED", to: "UPHELD", input: hub.Vars{"uphold": true, "words": "It is."},
		who: otherModerators, other: "NOT_YOUR_CENTRE", changes: "state answer answered_by answered_at"},
	{verb: "answerAppeal", from: "APPEALED", to: "OVERTURNED", input: hub.Vars{"uphold": false, "words": "It is not."},
		who: otherModerators, other: "NOT_YOUR_CENTRE", changes: "state answer answered_by answered_at"},
	{verb: "showContent", from: "IN_FORCE APPEALED UPHELD", to: "ENDED", input: hub.Vars{"reason": "A mistake."},
		who: moderators, other: "NOT_YOUR_CENTRE", changes: "state"},
	{verb: "endSuspension", from: "none", input: hub.Vars{"reason": "A mistake."}, who: moderators, other: "NOT_YOUR_CENTRE"},
}

var (
	theOfficer      = map[string]string{"officer": "OFFICER"}
	theLeads        = map[string]string{"lead": "LEAD", "ngoLead": "LEAD"}
	thePerson       = map[string]string{"person": "PERSON"}
	personOrLead    = map[string]string{"person": "", "lead": "", "ngoLead": ""}
	theAuthor       = map[string]string{"author": "AUTHOR"}
	theCoordinator  = map[string]string{"coordinator": "COORDINATOR"}
	outsideTheTeam  = map[string]string{"coordinator": "COORDINATOR", "insider": "OWN_TEAM"}
	answerers       = map[string]string{"lead": "LEAD", "ngoLead": "LEAD", "coordinator": "COORDINATOR", "insider": "OWN_CASE"}
	moderators      = map[string]string{"coordinator": "COORDINATOR", "insider": "COORDINATOR", "officer": "OFFICER"}
	otherModerators = map[string]string{"coordinator": "COORDINATOR", "insider": "OWN_CASE", "officer": "OFFICER"}
	anyone          = map[string]string{"author": "", "stranger": "", "member": "", "lead": "", "ngoLead": "", "coordinator": "",
		hub.Elsewhere: "", "officer": ""}
)

var nouns = []noun{
	{name: "Ngo", table: "ngos", states: "FORMING ACTIVE SUSPENDED ARCHIVED", rows: ngoRows, put: (*hub.World).PutNgo,
		roles: "visitor stranger member lead ngoLead coordinator elsewhere officer", begins: "createNgo"},
	{name: "Centre", table: "centres", states: "PLANNED OPEN CLOSED", rows: centreRows, put: (*hub.World).PutCentre,
		roles: "visitor stranger lead ngoLead coordinator elsewhere officer"},
	{name: "Membership", table: "memberships", states: "REQUESTED INVITED ACTIVE DECLINED WITHDRAWN EXPIRED LEFT REMOVED",
		rows: membershipRows, put: (*hub.World).PutMembership, begins: "requestMembership inviteMember",
		roles: "visitor stranger member lead ngoLead coordinator elsewhere officer person",
		hidden: func(role, _ string) bool {
			return role == "visitor" || role == "stranger" || role == "member" || role == hub.Elsewhere
		}, concealed: true},
	{name: "Invitation", table: "invitations", states: "SENT ACCEPTED WITHDRAWN EXPIRED", rows: invitationRows,
		put: func(w *hub.World, state string) string { return w.PutOffer("NGO_LEAD", state) }, begins: "inviteByEmail",
		roles:  "visitor stranger member lead ngoLead coordinator elsewhere officer",
		hidden: func(role, _ string) bool { return role != "ngoLead" && role != "officer" }, concealed: true},
	{name: "Proposal", table: "proposals", states: "SUBMITTED IN_REVIEW NEEDS_INFO ACCEPTED DECLINED MERGED WITHDRAWN",
		rows: proposalRows, put: (*hub.World).PutProposal, begins: "submitProposal",
		roles:  "visitor stranger member lead ngoLead coordinator elsewhere officer author",
		hidden: func(role, state string) bool { return state == "WITHDRAWN" && role != "author" }, concealed: true},
	{name: "Task", table: "tasks", states: "DRAFT OPEN IN_PROGRESS CLAIMED_DONE VERIFIED CANCELLED",
		rows: taskRows, put: (*hub.World).PutTask, begins: "createTask adoptProposal",
		roles: "visitor stranger member lead ngoLead coordinator insider elsewhere officer author",
		hidden: func(role, state string) bool {
			return state == "DRAFT" && (role == "author" || role == "visitor" || role == "stranger" || role == "member" || role == hub.Elsewhere)
		}, concealed: true},
	{name: "Hours", table: "hours", states: "PENDING APPROVED ADJUSTED REJECTED VOID", rows: hoursRows,
		put:   func(w *hub.World, state string) string { return w.PutHours(w.Roles["insider"], state) },
		roles: "visitor stranger member lead ngoLead coordinator insider elsewhere officer",
		hidden: func(role, _ string) bool {
			return role == "visitor" || role == "stranger" || role == "member" || role == hub.Elsewhere
		}, concealed: true},
	{name: "Report", table: "reports", states: "OPEN UPHELD DISMISSED", rows: reportRows, put: (*hub.World).PutReport, begins: "reportContent",
		roles:  "visitor stranger member lead ngoLead coordinator insider elsewhere officer author person",
		hidden: func(role, _ string) bool { return moderators[role] == "" && role != "person" }, concealed: true},
	{name: "Decision", table: "decisions", states: "IN_FORCE APPEALED UPHELD OVERTURNED ENDED", rows: decisionRows, put: (*hub.World).PutDecision,
		begins: "hideContent suspendPerson", roles: "visitor stranger member lead ngoLead coordinator insider elsewhere officer author person",
		hidden: func(role, _ string) bool { return moderators[role] == "" && role != "author" }, concealed: true},
}

package rights

import (
	"strings"
	"unicode"

	"jastarhub/graph/stories/hub"
)

// columns are the people of the rights tables. The owner is the author, or the person concerned; the lead, the member and the
// NGO's lead belong to the team or NGO that the object is about, the coordinator to its centre; elsewhere leads another team and
// coordinates another centre.
var columns = []string{"visitor", "person", "owner", "member", "lead", "ngoLead", "coordinator", "elsewhere", "officer"}

// right is who may do something, and what the others are told.
type right struct {
	what   string // the mutation or Type.field, and in brackets of what
	may    string // columns, separated by spaces
	other  string // the code for the others
	hidden string // columns that get NOT_FOUND
	owner  string // the role of hub.NewWorld for the owner, "" if there is none
	fresh  func(w *hub.World, role string) hub.Vars
}

const (
	signedIn = "person member lead ngoLead coordinator elsewhere officer"
	leads    = "lead ngoLead"
	seeing   = "lead ngoLead coordinator officer" // those who may see all of a team's memberships, sign-ups and drafts
	outside  = "person member elsewhere"
	// those who have no part in a report or decision about a proposal
	unconcerned = "person member lead ngoLead elsewhere"
)

// answer returns the code that a column gets, "" if it may; there is no owner unless one is named.
func (r right) answer(column string) (code string, there bool) {
	switch {
	case column == "owner" && r.owner == "":
		return "", false
	case contains(r.may, column):
		return "", true
	case column == "visitor" && (r.ofMutation() || r.other == "NOT_OFFICER" || r.other == "" || r.what == "Query.minor" || r.what == "Query.checkInCode"):
		return "UNAUTHENTICATED", true
	case contains(r.hidden, column):
		return "NOT_FOUND", true
	}
	return r.other, true
}

// ofMutation reports whether it is a mutation, which begins with a small letter, and not a type or a field.
func (r right) ofMutation() bool { return unicode.IsLower(rune(r.what[0])) }

func contains(list, word string) bool {
	for each := range strings.FieldsSeq(list) {
		if each == word {
			return true
		}
	}
	return false
}

// rights are those of the mutations; each is tested on new objects.
var rights = []right{
	{"register", "visitor " + signedIn, "", "", "", freshAccount},
	{"signIn", "visitor " + signedIn, "", "", "", fixed(hub.Vars{"email": "lead@example.org", "password": hub.Password})},
	{"signOut", signedIn, "", "", "", fixed(hub.Vars{})},
	{"verifyEmail", "owner", "NOT_YOURS", "", "person", ownLink},
	{"requestPasswordReset", "visitor " + signedIn, "", "", "", anyAddress},
	{"resetPassword", "visitor " + signedIn, "", "", "", linked("RESET_PASSWORD", hub.Vars{"password": hub.Password})},
	{"changePassword", signedIn, "", "", "", anotherPassword},
	{"changeEmail", signedIn, "", "", "", anotherAddress},
	{"updateProfile", signedIn, "", "", "", fixed(hub.Vars{"language": "RU"})},
	{"endSession", signedIn, "", "", "", ownSession},
	{"unlinkIdentity", "owner", "", signedIn, "person", ownIdentity},

	{"startSecondFactor", signedIn, "", "", "", startingFactor},
	{"confirmSecondFactor", signedIn, "", "", "", confirmingFactor},
	{"renewRecoveryCodes", signedIn, "", "", "", renewingCodes},
	{"endSecondFactor", "person member lead ngoLead", "ROLE_HELD", "", "", startingFactor},
	{"resetSecondFactor", "officer", "NOT_OFFICER", "", "", resettingFactor},

	{"giveRole (CITY_OFFICER)", "officer", "NOT_OFFICER", "", "", giving("CITY_OFFICER")},
	{"giveRole (COORDINATOR, CONSULTANT)", "officer", "NOT_OFFICER", "", "", giving("CONSULTANT")},
	{"giveRole (NGO_LEAD)", "ngoLead officer", "NOT_YOUR_NGO", "", "", giving("NGO_LEAD")},
	{"endRole (CITY_OFFICER)", "officer", "", "person member lead ngoLead coordinator elsewhere", "", ending("CITY_OFFICER")},
	{"endRole (COORDINATOR, CONSULTANT)", "officer", "NOT_OFFICER", "person member lead ngoLead elsewhere", "person", ending("CONSULTANT")},
	{"endRole (NGO_LEAD)", "ngoLead officer", "", "person member lead coordinator elsewhere", "", ending("NGO_LEAD")},
	{"inviteByEmail (CITY_OFFICER, COORDINATOR, CONSULTANT)", "officer", "NOT_OFFICER", "", "", offering("CONSULTANT")},
	{"inviteByEmail (NGO_LEAD)", "ngoLead officer", "NOT_YOUR_NGO", "", "", offering("NGO_LEAD")},
	{"inviteByEmail (TEAM_LEAD, TEAM_MEMBER)", leads, "NOT_LEAD", "", "", offering("TEAM_LEAD")},
	{"withdrawInvitation (CITY_OFFICER, COORDINATOR, CONSULTANT)", "officer", "", "person member lead ngoLead coordinator elsewhere", "", offered("CONSULTANT")},
	{"withdrawInvitation (NGO_LEAD)", "ngoLead officer", "", "person member lead coordinator elsewhere", "", offered("NGO_LEAD")},
	{"withdrawInvitation (TEAM_LEAD, TEAM_MEMBER)", leads, "", "person member coordinator elsewhere officer", "", offered("TEAM_LEAD")},
	{"acceptInvitation", signedIn, "", "", "", invited},

	{"createNgo", "officer", "NOT_OFFICER", "", "", fixed(hub.Vars{"name": hub.SomeName, "focus": "MEDIA"})},
	{"updateNgo", "ngoLead officer", "NOT_YOUR_NGO", "", "", ofNgo},
	{"setNgoState", "officer", "NOT_OFFICER", "", "", by((*hub.World).PutNgo, "FORMING", hub.Vars{"state": "ACTIVE"})},
	{"setCentreState", "officer", "NOT_OFFICER", "", "", by((*hub.World).PutCentre, "PLANNED", hub.Vars{"state": "OPEN"})},
	{"setSpecialDay", "officer", "NOT_OFFICER", "", "", fixed(hub.Vars{"day": "2030-03-08", "works": false, "name": hub.SomeName})},
	{"removeSpecialDay", "officer", "NOT_OFFICER", "", "", by((*hub.World).PutSpecialDay, "2031-03-10", nil)},

	{"createTeam", "ngoLead", "NOT_YOUR_NGO", "", "", freshTeam},
	{"moveTeam", leads, "NOT_LEAD", "", "", (*hub.World).Moving},
	{"answerMove", "coordinator", "NOT_YOUR_CENTRE", outside, "", asked},
	{"requestMembership", signedIn, "", "", "", joinable},
	{"inviteMember", leads, "NOT_LEAD", "", "", inviting},
	{"answerMembership (a request)", leads, "NOT_LEAD", outside, "person", by((*hub.World).PutMembership, "REQUESTED", hub.Vars{"accept": true})},
	{"answerMembership (an invitation)", "owner", "NOT_YOURS", outside, "person", by((*hub.World).PutMembership, "INVITED", hub.Vars{"accept": true})},
	{"withdrawMembership (a request)", "owner", "NOT_YOURS", outside, "person", by((*hub.World).PutMembership, "REQUESTED", nil)},
	{"withdrawMembership (an invitation)", leads, "NOT_LEAD", outside, "person", by((*hub.World).PutMembership, "INVITED", nil)},
	{"leaveTeam", "owner", "NOT_YOURS", outside, "person", by((*hub.World).PutMembership, "ACTIVE", nil)},
	{"removeMember", leads, "NOT_LEAD", outside, "person", by((*hub.World).PutMembership, "ACTIVE", hub.Vars{"reason": "Never came."})},
	{"setMemberRole", leads, "NOT_LEAD", outside, "person", by((*hub.World).PutMembership, "ACTIVE", hub.Vars{"role": "LEAD"})},

	{"submitProposal", signedIn, "", "", "", proposing},
	{"reviewProposal", "coordinator", "NOT_YOUR_CENTRE", "", "author", by((*hub.World).PutProposal, "SUBMITTED", nil)},
	{"askForInfo", "coordinator", "NOT_YOUR_CENTRE", "", "author", by((*hub.World).PutProposal, "IN_REVIEW", hub.Vars{"question": "Which yard?"})},
	{"answerInfo", "owner", "NOT_YOURS", "", "author", by((*hub.World).PutProposal, "NEEDS_INFO", hub.Vars{"answer": "The second."})},
	{"acceptProposal", "coordinator", "NOT_YOUR_CENTRE", "", "author", by((*hub.World).PutProposal, "IN_REVIEW", nil)},
	{"declineProposal", "coordinator", "NOT_YOUR_CENTRE", "", "author", by((*hub.World).PutProposal, "IN_REVIEW", hub.Vars{"reason": "OTHER", "words": "Not for us, sorry."})},
	{"withdrawProposal", "owner", "NOT_YOURS", "", "author", by((*hub.World).PutProposal, "SUBMITTED", nil)},
	{"reassignProposal", "coordinator officer", "NOT_YOUR_CENTRE", "", "author", reassigning},
	{"mergeProposal", "coordinator", "NOT_YOUR_CENTRE", "", "author", merging},
	{"answerMerge", "owner", "NOT_ASKED", "", "person", (*hub.World).Answering},
	{"supportProposal", "owner " + signedIn, "", "", "author", by((*hub.World).PutProposal, "ACCEPTED", nil)},
	{"withdrawSupport", "owner " + signedIn, "", "", "author", supported},
	{"adoptProposal", leads, "NOT_LEAD", "", "author", adopting},

	{"createTask", leads, "NOT_LEAD", "", "", posting},
	{"updateTask", leads, "NOT_LEAD", "", "", by((*hub.World).PutTask, "OPEN", hub.Vars{"title": "Another title"})},
	{"updateTask (a draft)", leads, "NOT_LEAD", outside, "", by((*hub.World).PutTask, "DRAFT", hub.Vars{"title": "Another title"})},
	{"openTask", leads, "NOT_LEAD", outside, "", by((*hub.World).PutTask, "DRAFT", nil)},
	{"startTask", leads, "NOT_LEAD", "", "", by((*hub.World).PutTask, "OPEN", nil)},
	{"claimDone", leads, "NOT_LEAD", "", "", by((*hub.World).PutTask, "IN_PROGRESS", hub.Vars{"words": "All clean.", "noPhotoReason": "It rained.", "cancelShifts": true})},
	{"verifyTask", "coordinator", "NOT_YOUR_CENTRE", "", "", by((*hub.World).PutTask, "CLAIMED_DONE", nil)},
	{"sendBack", "coordinator", "NOT_YOUR_CENTRE", "", "", by((*hub.World).PutTask, "CLAIMED_DONE", hub.Vars{"reason": "Bags are left."})},
	{"disputeResult", "owner", "NOT_YOURS", "", "author", by((*hub.World).PutTask, "VERIFIED", hub.Vars{"reason": "The bags are still there."})},
	{"cancelTask", leads + " coordinator", "NOT_LEAD", "", "", by((*hub.World).PutTask, "OPEN", hub.Vars{"reason": "A storm."})},
	{"cancelTask (a draft)", leads + " coordinator", "NOT_LEAD", outside, "", by((*hub.World).PutTask, "DRAFT", hub.Vars{"reason": "A storm."})},
	{"postProgress", leads, "NOT_LEAD", "", "", telling},
	{"addShift", leads, "NOT_LEAD", "", "", adding("OPEN")},
	{"addShift (to a draft)", leads, "NOT_LEAD", outside, "", adding("DRAFT")},
	{"updateShift", leads, "NOT_LEAD", "", "", by((*hub.World).OneMore, "OPEN", hub.Vars{"capacity": 6})},
	{"updateShift (a draft's)", leads, "NOT_LEAD", outside, "", by((*hub.World).OneMore, "DRAFT", hub.Vars{"capacity": 6})},
	{"cancelShift", leads, "NOT_LEAD", "", "", by((*hub.World).OneMore, "OPEN", hub.Vars{"reason": "A storm."})},
	{"cancelShift (a draft's)", leads, "NOT_LEAD", outside, "", by((*hub.World).OneMore, "DRAFT", hub.Vars{"reason": "A storm."})},

	{"signUp", signedIn, "", "", "", open},
	{"acceptOffer", "owner", "NOT_YOURS", outside, "person", onShift("30 hours", "OFFERED", nil)},
	{"declineOffer", "owner", "NOT_YOURS", outside, "person", onShift("30 hours", "OFFERED", nil)},
	{"cancelSignup", "owner", "NOT_YOURS", outside, "person", onShift("30 hours", "CONFIRMED", nil)},
	{"checkIn", leads, "NOT_LEAD", outside, "person", onShift("-1 hour", "CONFIRMED", nil)},
	{"checkInMany", leads, "NOT_LEAD", outside, "person", listed(onShift("-1 hour", "CONFIRMED", nil))},
	{"checkInWithCode", "owner", "NOT_SIGNED_UP", "", "person", there},
	{"checkOut", "owner " + leads, "NOT_LEAD", outside, "person", onShift("-1 hour", "CHECKED_IN", nil)},
	{"markNoShow", leads, "NOT_LEAD", outside, "person", onShift("-1 hour", "CONFIRMED", nil)},
	{"correctAttendance", leads, "NOT_LEAD", outside, "person", onShift("-4 hours", "NO_SHOW", hub.Vars{"state": "COMPLETED", "reason": "They came late."})},

	{"approveHours", leads + " coordinator", "NOT_LEAD", outside, "person", listed((*hub.World).Pending)},
	{"adjustHours", leads + " coordinator", "NOT_LEAD", outside, "person", adjusting},
	{"rejectHours", leads + " coordinator", "NOT_LEAD", outside, "person", rejecting},
	{"issueCertificate", signedIn, "", "", "", certifying},
	{"revokeCertificate", "coordinator officer", "NOT_YOUR_CENTRE", "", "person", certified},

	{"reportContent", signedIn, "", "", "", (*hub.World).Reporting},
	{"answerReport", "coordinator officer", "NOT_YOUR_CENTRE", unconcerned, "person", by((*hub.World).PutReport, "OPEN", hub.Vars{"uphold": false, "words": "Nothing wrong."})},
	{"hideContent", "coordinator officer", "NOT_YOUR_CENTRE", "", "author", (*hub.World).Hiding},
	{"hideContent (an NGO)", "officer", "NOT_OFFICER", "", "", hidingNgo},
	{"showContent", "coordinator officer", "NOT_YOUR_CENTRE", unconcerned, "author", by((*hub.World).PutDecision, "IN_FORCE", hub.Vars{"reason": "A mistake."})},
	{"suspendPerson", "officer", "NOT_YOUR_CENTRE", "", "", (*hub.World).Suspending},
	{"suspendPerson (of the centre, for 30 days)", "coordinator officer", "NOT_YOUR_CENTRE", "", "", suspendingMember},
	{"endSuspension", "coordinator officer", "", unconcerned, "", by((*hub.World).PutSuspension, "", hub.Vars{"reason": "They said sorry."})},
	{"appeal", "owner", "NOT_YOURS", unconcerned, "author", by((*hub.World).PutDecision, "IN_FORCE", hub.Vars{"text": "It is no spam."})},
	{"answerAppeal", "coordinator officer", "NOT_YOUR_CENTRE", unconcerned, "author", by((*hub.World).PutDecision, "APPEALED", hub.Vars{"uphold": true, "words": "It is."})},
	{"requestData", signedIn, "", "", "", startingFactor},
	{"eraseAccount", signedIn, "", "", "", withPassword},
	{"erasePerson", "officer", "NOT_OFFICER", "", "", (*hub.World).Unwanted},

	{"markNoticesRead", signedIn, "", "", "", func(*hub.World, string) hub.Vars { return hub.Vars{"upTo": "2020-01-01T00:00:00Z"} }},
	{"setNoticePreferences", signedIn, "", "", "", fixed(hub.Vars{"preferences": []hub.Vars{{"topic": "RECORD", "email": "DAILY"}}})},
	{"linkTelegram", signedIn, "", "", "", (*hub.World).PutBot},
	{"unlinkTelegram", "owner", "", signedIn, "person", func(w *hub.World, _ string) hub.Vars { return hub.Vars{"id": w.PutLink(w.Roles["person"])} }},
	{"sendAgain", "officer", "NOT_OFFICER", "", "", func(w *hub.World, _ string) hub.Vars { return hub.Vars{"id": w.PutDead()} }},

	{"recordConsent", "coordinator elsewhere", "FORBIDDEN", "", "", recording},
	{"withdrawConsent", "owner coordinator elsewhere", "", "person member lead ngoLead officer", "person", withdrawing},
	{"requestConsent", signedIn, "", "", "", young}, // the last: it makes people young
}

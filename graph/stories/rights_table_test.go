package stories

import (
	"strings"
	"unicode"
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
	owner  string // the role of newWorld for the owner, "" if there is none
	fresh  func(w *world, role string) vars
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
	{"register", "visitor " + signedIn, "", "", "", (*world).freshAccount},
	{"signIn", "visitor " + signedIn, "", "", "", fixed(vars{"email": "lead@example.org", "password": password})},
	{"signOut", signedIn, "", "", "", fixed(vars{})},
	{"verifyEmail", "owner", "NOT_YOURS", "", "person", (*world).ownLink},
	{"requestPasswordReset", "visitor " + signedIn, "", "", "", (*world).anyAddress},
	{"resetPassword", "visitor " + signedIn, "", "", "", linked("RESET_PASSWORD", vars{"password": password})},
	{"changePassword", signedIn, "", "", "", (*world).anotherPassword},
	{"changeEmail", signedIn, "", "", "", (*world).anotherAddress},
	{"updateProfile", signedIn, "", "", "", fixed(vars{"language": "RU"})},
	{"endSession", signedIn, "", "", "", (*world).ownSession},
	{"unlinkIdentity", "owner", "", signedIn, "person", (*world).ownIdentity},

	{"startSecondFactor", signedIn, "", "", "", (*world).startingFactor},
	{"confirmSecondFactor", signedIn, "", "", "", (*world).confirmingFactor},
	{"renewRecoveryCodes", signedIn, "", "", "", (*world).renewingCodes},
	{"endSecondFactor", "person member lead ngoLead", "ROLE_HELD", "", "", (*world).startingFactor},
	{"resetSecondFactor", "officer", "NOT_OFFICER", "", "", (*world).resettingFactor},

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
	{"acceptInvitation", signedIn, "", "", "", (*world).invited},

	{"createNgo", "officer", "NOT_OFFICER", "", "", fixed(vars{"name": someName, "focus": "MEDIA"})},
	{"updateNgo", "ngoLead officer", "NOT_YOUR_NGO", "", "", (*world).ofNgo},
	{"setNgoState", "officer", "NOT_OFFICER", "", "", by((*world).putNgo, "FORMING", vars{"state": "ACTIVE"})},
	{"setCentreState", "officer", "NOT_OFFICER", "", "", by((*world).putCentre, "PLANNED", vars{"state": "OPEN"})},
	{"setSpecialDay", "officer", "NOT_OFFICER", "", "", fixed(vars{"day": "2030-03-08", "works": false, "name": someName})},
	{"removeSpecialDay", "officer", "NOT_OFFICER", "", "", by((*world).putSpecialDay, "2031-03-10", nil)},

	{"createTeam", "ngoLead", "NOT_YOUR_NGO", "", "", (*world).freshTeam},
	{"moveTeam", leads, "NOT_LEAD", "", "", (*world).moving},
	{"answerMove", "coordinator", "NOT_YOUR_CENTRE", outside, "", (*world).asked},
	{"requestMembership", signedIn, "", "", "", (*world).joinable},
	{"inviteMember", leads, "NOT_LEAD", "", "", (*world).inviting},
	{"answerMembership (a request)", leads, "NOT_LEAD", outside, "person", by((*world).putMembership, "REQUESTED", vars{"accept": true})},
	{"answerMembership (an invitation)", "owner", "NOT_YOURS", outside, "person", by((*world).putMembership, "INVITED", vars{"accept": true})},
	{"withdrawMembership (a request)", "owner", "NOT_YOURS", outside, "person", by((*world).putMembership, "REQUESTED", nil)},
	{"withdrawMembership (an invitation)", leads, "NOT_LEAD", outside, "person", by((*world).putMembership, "INVITED", nil)},
	{"leaveTeam", "owner", "NOT_YOURS", outside, "person", by((*world).putMembership, "ACTIVE", nil)},
	{"removeMember", leads, "NOT_LEAD", outside, "person", by((*world).putMembership, "ACTIVE", vars{"reason": "Never came."})},
	{"setMemberRole", leads, "NOT_LEAD", outside, "person", by((*world).putMembership, "ACTIVE", vars{"role": "LEAD"})},

	{"submitProposal", signedIn, "", "", "", (*world).proposing},
	{"reviewProposal", "coordinator", "NOT_YOUR_CENTRE", "", "author", by((*world).putProposal, "SUBMITTED", nil)},
	{"askForInfo", "coordinator", "NOT_YOUR_CENTRE", "", "author", by((*world).putProposal, "IN_REVIEW", vars{"question": "Which yard?"})},
	{"answerInfo", "owner", "NOT_YOURS", "", "author", by((*world).putProposal, "NEEDS_INFO", vars{"answer": "The second."})},
	{"acceptProposal", "coordinator", "NOT_YOUR_CENTRE", "", "author", by((*world).putProposal, "IN_REVIEW", nil)},
	{"declineProposal", "coordinator", "NOT_YOUR_CENTRE", "", "author", by((*world).putProposal, "IN_REVIEW", vars{"reason": "OTHER", "words": "Not for us, sorry."})},
	{"withdrawProposal", "owner", "NOT_YOURS", "", "author", by((*world).putProposal, "SUBMITTED", nil)},
	{"reassignProposal", "coordinator officer", "NOT_YOUR_CENTRE", "", "author", (*world).reassigning},
	{"mergeProposal", "coordinator", "NOT_YOUR_CENTRE", "", "author", (*world).merging},
	{"answerMerge", "owner", "NOT_ASKED", "", "person", (*world).answering},
	{"supportProposal", "owner " + signedIn, "", "", "author", by((*world).putProposal, "ACCEPTED", nil)},
	{"withdrawSupport", "owner " + signedIn, "", "", "author", (*world).supported},
	{"adoptProposal", leads, "NOT_LEAD", "", "author", (*world).adopting},

	{"createTask", leads, "NOT_LEAD", "", "", (*world).posting},
	{"updateTask", leads, "NOT_LEAD", "", "", by((*world).putTask, "OPEN", vars{"title": "Another title"})},
	{"updateTask (a draft)", leads, "NOT_LEAD", outside, "", by((*world).putTask, "DRAFT", vars{"title": "Another title"})},
	{"openTask", leads, "NOT_LEAD", outside, "", by((*world).putTask, "DRAFT", nil)},
	{"startTask", leads, "NOT_LEAD", "", "", by((*world).putTask, "OPEN", nil)},
	{"claimDone", leads, "NOT_LEAD", "", "", by((*world).putTask, "IN_PROGRESS", vars{"words": "All clean.", "noPhotoReason": "It rained.", "cancelShifts": true})},
	{"verifyTask", "coordinator", "NOT_YOUR_CENTRE", "", "", by((*world).putTask, "CLAIMED_DONE", nil)},
	{"sendBack", "coordinator", "NOT_YOUR_CENTRE", "", "", by((*world).putTask, "CLAIMED_DONE", vars{"reason": "Bags are left."})},
	{"disputeResult", "owner", "NOT_YOURS", "", "author", by((*world).putTask, "VERIFIED", vars{"reason": "The bags are still there."})},
	{"cancelTask", leads + " coordinator", "NOT_LEAD", "", "", by((*world).putTask, "OPEN", vars{"reason": "A storm."})},
	{"cancelTask (a draft)", leads + " coordinator", "NOT_LEAD", outside, "", by((*world).putTask, "DRAFT", vars{"reason": "A storm."})},
	{"postProgress", leads, "NOT_LEAD", "", "", (*world).telling},
	{"addShift", leads, "NOT_LEAD", "", "", adding("OPEN")},
	{"addShift (to a draft)", leads, "NOT_LEAD", outside, "", adding("DRAFT")},
	{"updateShift", leads, "NOT_LEAD", "", "", by((*world).oneMore, "OPEN", vars{"capacity": 6})},
	{"updateShift (a draft's)", leads, "NOT_LEAD", outside, "", by((*world).oneMore, "DRAFT", vars{"capacity": 6})},
	{"cancelShift", leads, "NOT_LEAD", "", "", by((*world).oneMore, "OPEN", vars{"reason": "A storm."})},
	{"cancelShift (a draft's)", leads, "NOT_LEAD", outside, "", by((*world).oneMore, "DRAFT", vars{"reason": "A storm."})},

	{"signUp", signedIn, "", "", "", (*world).open},
	{"acceptOffer", "owner", "NOT_YOURS", outside, "person", onShift("30 hours", "OFFERED", nil)},
	{"declineOffer", "owner", "NOT_YOURS", outside, "person", onShift("30 hours", "OFFERED", nil)},
	{"cancelSignup", "owner", "NOT_YOURS", outside, "person", onShift("30 hours", "CONFIRMED", nil)},
	{"checkIn", leads, "NOT_LEAD", outside, "person", onShift("-1 hour", "CONFIRMED", nil)},
	{"checkInMany", leads, "NOT_LEAD", outside, "person", listed(onShift("-1 hour", "CONFIRMED", nil))},
	{"checkInWithCode", "owner", "NOT_SIGNED_UP", "", "person", (*world).there},
	{"checkOut", "owner " + leads, "NOT_LEAD", outside, "person", onShift("-1 hour", "CHECKED_IN", nil)},
	{"markNoShow", leads, "NOT_LEAD", outside, "person", onShift("-1 hour", "CONFIRMED", nil)},
	{"correctAttendance", leads, "NOT_LEAD", outside, "person", onShift("-4 hours", "NO_SHOW", vars{"state": "COMPLETED", "reason": "They came late."})},

	{"approveHours", leads + " coordinator", "NOT_LEAD", outside, "person", listed((*world).pending)},
	{"adjustHours", leads + " coordinator", "NOT_LEAD", outside, "person", (*world).adjusting},
	{"rejectHours", leads + " coordinator", "NOT_LEAD", outside, "person", (*world).rejecting},
	{"issueCertificate", signedIn, "", "", "", (*world).certifying},
	{"revokeCertificate", "coordinator officer", "NOT_YOUR_CENTRE", "", "person", (*world).certified},

	{"reportContent", signedIn, "", "", "", (*world).reporting},
	{"answerReport", "coordinator officer", "NOT_YOUR_CENTRE", unconcerned, "person", by((*world).putReport, "OPEN", vars{"uphold": false, "words": "Nothing wrong."})},
	{"hideContent", "coordinator officer", "NOT_YOUR_CENTRE", "", "author", (*world).hiding},
	{"hideContent (an NGO)", "officer", "NOT_OFFICER", "", "", (*world).hidingNgo},
	{"showContent", "coordinator officer", "NOT_YOUR_CENTRE", unconcerned, "author", by((*world).putDecision, "IN_FORCE", vars{"reason": "A mistake."})},
	{"suspendPerson", "officer", "NOT_YOUR_CENTRE", "", "", (*world).suspending},
	{"suspendPerson (of the centre, for 30 days)", "coordinator officer", "NOT_YOUR_CENTRE", "", "", (*world).suspendingMember},
	{"endSuspension", "coordinator officer", "", unconcerned, "", by((*world).putSuspension, "", vars{"reason": "They said sorry."})},
	{"appeal", "owner", "NOT_YOURS", unconcerned, "author", by((*world).putDecision, "IN_FORCE", vars{"text": "It is no spam."})},
	{"answerAppeal", "coordinator officer", "NOT_YOUR_CENTRE", unconcerned, "author", by((*world).putDecision, "APPEALED", vars{"uphold": true, "words": "It is."})},
	{"requestData", signedIn, "", "", "", (*world).startingFactor},
	{"eraseAccount", signedIn, "", "", "", (*world).withPassword},
	{"erasePerson", "officer", "NOT_OFFICER", "", "", (*world).unwanted},

	{"markNoticesRead", signedIn, "", "", "", func(*world, string) vars { return vars{"upTo": "2020-01-01T00:00:00Z"} }},
	{"setNoticePreferences", signedIn, "", "", "", fixed(vars{"preferences": []vars{{"topic": "RECORD", "email": "DAILY"}}})},
	{"linkTelegram", signedIn, "", "", "", (*world).putBot},
	{"unlinkTelegram", "owner", "", signedIn, "person", func(w *world, _ string) vars { return vars{"id": w.putLink(w.roles["person"])} }},
	{"sendAgain", "officer", "NOT_OFFICER", "", "", func(w *world, _ string) vars { return vars{"id": w.putDead()} }},

	{"recordConsent", "coordinator elsewhere", "FORBIDDEN", "", "", (*world).recording},
	{"withdrawConsent", "owner coordinator elsewhere", "", "person member lead ngoLead officer", "person", (*world).withdrawing},
	{"requestConsent", signedIn, "", "", "", (*world).young}, // the last: it makes people young
}

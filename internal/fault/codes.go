// Code generated from schema/code.graphqls by make generate. DO NOT EDIT.

package fault

// The codes that the hub answers with.
const (
	BadRequest                 Code = "BAD_REQUEST"
	BodyTooLarge               Code = "BODY_TOO_LARGE"
	GraphqlParseFailed         Code = "GRAPHQL_PARSE_FAILED"
	GraphqlValidationFailed    Code = "GRAPHQL_VALIDATION_FAILED"
	OperationUnknown           Code = "OPERATION_UNKNOWN"
	PersistedQueryNotFound     Code = "PERSISTED_QUERY_NOT_FOUND"
	TooManyTokens              Code = "TOO_MANY_TOKENS"
	TooDeep                    Code = "TOO_DEEP"
	TooManyRootFields          Code = "TOO_MANY_ROOT_FIELDS"
	TooManyAliases             Code = "TOO_MANY_ALIASES"
	TooManyDirectives          Code = "TOO_MANY_DIRECTIVES"
	TooManyOperations          Code = "TOO_MANY_OPERATIONS"
	TooCostly                  Code = "TOO_COSTLY"
	RateLimited                Code = "RATE_LIMITED"
	Busy                       Code = "BUSY"
	Timeout                    Code = "TIMEOUT"
	Internal                   Code = "INTERNAL"
	IdempotencyKeyReused       Code = "IDEMPOTENCY_KEY_REUSED"
	IdempotencyKeyInUse        Code = "IDEMPOTENCY_KEY_IN_USE"
	IdempotencyKeyNotSupported Code = "IDEMPOTENCY_KEY_NOT_SUPPORTED"
	Unauthenticated            Code = "UNAUTHENTICATED"
	WrongCredentials           Code = "WRONG_CREDENTIALS"
	TryLater                   Code = "TRY_LATER"
	SecondFactorRequired       Code = "SECOND_FACTOR_REQUIRED"
	SecondFactorMissing        Code = "SECOND_FACTOR_MISSING"
	WrongCode                  Code = "WRONG_CODE"
	RoleHeld                   Code = "ROLE_HELD"
	OwnAccount                 Code = "OWN_ACCOUNT"
	TokenInvalid               Code = "TOKEN_INVALID"
	EmailTaken                 Code = "EMAIL_TAKEN"
	OtherEmail                 Code = "OTHER_EMAIL"
	IdentityTaken              Code = "IDENTITY_TAKEN"
	LastWayIn                  Code = "LAST_WAY_IN"
	SignInAgain                Code = "SIGN_IN_AGAIN"
	SignInLapsed               Code = "SIGN_IN_LAPSED"
	EmailUnverified            Code = "EMAIL_UNVERIFIED"
	ProfileIncomplete          Code = "PROFILE_INCOMPLETE"
	ProviderRefused            Code = "PROVIDER_REFUSED"
	ProviderDown               Code = "PROVIDER_DOWN"
	Forbidden                  Code = "FORBIDDEN"
	NotOfficer                 Code = "NOT_OFFICER"
	NotYourCentre              Code = "NOT_YOUR_CENTRE"
	NotYourNgo                 Code = "NOT_YOUR_NGO"
	NotLead                    Code = "NOT_LEAD"
	NotYours                   Code = "NOT_YOURS"
	OwnTeam                    Code = "OWN_TEAM"
	OwnCase                    Code = "OWN_CASE"
	Suspended                  Code = "SUSPENDED"
	NotFound                   Code = "NOT_FOUND"
	Invalid                    Code = "INVALID"
	Conflict                   Code = "CONFLICT"
	WrongState                 Code = "WRONG_STATE"
	NgoNotWorking              Code = "NGO_NOT_WORKING"
	CentreNotOpen              Code = "CENTRE_NOT_OPEN"
	OtherDistrict              Code = "OTHER_DISTRICT"
	SameCentre                 Code = "SAME_CENTRE"
	MovePending                Code = "MOVE_PENDING"
	AlreadyMember              Code = "ALREADY_MEMBER"
	LastLead                   Code = "LAST_LEAD"
	AlreadySupported           Code = "ALREADY_SUPPORTED"
	NotSupported               Code = "NOT_SUPPORTED"
	SameProposal               Code = "SAME_PROPOSAL"
	NotLive                    Code = "NOT_LIVE"
	NotAsked                   Code = "NOT_ASKED"
	AlreadyAdopted             Code = "ALREADY_ADOPTED"
	Contradiction              Code = "CONTRADICTION"
	NoFutureShift              Code = "NO_FUTURE_SHIFT"
	ShiftsToCome               Code = "SHIFTS_TO_COME"
	PhotoMissing               Code = "PHOTO_MISSING"
	ReasonMissing              Code = "REASON_MISSING"
	NoTelegram                 Code = "NO_TELEGRAM"
	LastShift                  Code = "LAST_SHIFT"
	SignupClosed               Code = "SIGNUP_CLOSED"
	AlreadySignedUp            Code = "ALREADY_SIGNED_UP"
	Clash                      Code = "CLASH"
	ShiftFull                  Code = "SHIFT_FULL"
	OfferExpired               Code = "OFFER_EXPIRED"
	CapacityTaken              Code = "CAPACITY_TAKEN"
	TooEarly                   Code = "TOO_EARLY"
	TooLate                    Code = "TOO_LATE"
	TooYoung                   Code = "TOO_YOUNG"
	LastOfficer                Code = "LAST_OFFICER"
	AdultsOnly                 Code = "ADULTS_ONLY"
	WorkForbidden              Code = "WORK_FORBIDDEN"
	ConsentMissing             Code = "CONSENT_MISSING"
	ConsentGiven               Code = "CONSENT_GIVEN"
	NotAMinor                  Code = "NOT_A_MINOR"
	AskedTooOften              Code = "ASKED_TOO_OFTEN"
	PhotoFormat                Code = "PHOTO_FORMAT"
	PhotoConsentMissing        Code = "PHOTO_CONSENT_MISSING"
	TooManyPhotos              Code = "TOO_MANY_PHOTOS"
	OverShift                  Code = "OVER_SHIFT"
	NotSignedUp                Code = "NOT_SIGNED_UP"
	NoHours                    Code = "NO_HOURS"
)

var texts = map[Code]string{
	BadRequest:                 "The request is not a GraphQL request in JSON.",
	BodyTooLarge:               "The request is larger than the hub accepts.",
	GraphqlParseFailed:         "The GraphQL document cannot be read.",
	GraphqlValidationFailed:    "The GraphQL document does not fit the schema.",
	OperationUnknown:           "The hub's app has no such operation now. Reload the app.",
	PersistedQueryNotFound:     "The hub knows no document with this hash. Send the document with the hash.",
	TooManyTokens:              "The GraphQL document is too long.",
	TooDeep:                    "The GraphQL document is nested too deeply.",
	TooManyRootFields:          "The request asks for too many root fields; a mutation must be the only one.",
	TooManyAliases:             "The GraphQL document has too many aliases.",
	TooManyDirectives:          "The GraphQL document has too many directives.",
	TooManyOperations:          "The GraphQL document has too many operations.",
	TooCostly:                  "The request asks for too much at once.",
	RateLimited:                "There were too many requests in a short time. Wait a little.",
	Busy:                       "The hub is busy. Try again in a moment.",
	Timeout:                    "The request took too long and was stopped.",
	Internal:                   "Something went wrong on our side.",
	IdempotencyKeyReused:       "This idempotency key was used with a different input. Use a new key.",
	IdempotencyKeyInUse:        "A request with this idempotency key is still running. Try again in a moment.",
	IdempotencyKeyNotSupported: "This mutation takes no idempotency key. Send it without one.",
	Unauthenticated:            "Sign in first.",
	WrongCredentials:           "The email address or the password is wrong.",
	TryLater:                   "There were too many attempts. Try again later.",
	SecondFactorRequired:       "The account has a second factor: send its code too.",
	SecondFactorMissing:        "Your role is inactive until you sign in with a second factor. Turn one on first.",
	WrongCode:                  "The code is wrong, has expired, or has already been used.",
	RoleHeld:                   "One of your roles requires the second factor.",
	OwnAccount:                 "Another officer must do this for your account.",
	TokenInvalid:               "The link has been used, has expired, or was replaced by a newer one.",
	EmailTaken:                 "There is already an account with this email address.",
	OtherEmail:                 "This is meant for another email address.",
	IdentityTaken:              "This sign-in already belongs to another account.",
	LastWayIn:                  "You would have no way to sign in: set a password first.",
	SignInAgain:                "This needs a sign-in within the last 15 minutes. Sign in again.",
	SignInLapsed:               "The sign-in took too long, or was started in another browser. Start again.",
	EmailUnverified:            "This needs a confirmed email address.",
	ProfileIncomplete:          "Give your name and birth date first.",
	ProviderRefused:            "The sign-in service did not let you in.",
	ProviderDown:               "The sign-in service does not answer. Try again later, or sign in with a password.",
	Forbidden:                  "You may not see or do this.",
	NotOfficer:                 "Only a city officer may do this.",
	NotYourCentre:              "Only a coordinator of the responsible centre may do this.",
	NotYourNgo:                 "Only a lead of this NGO may do this.",
	NotLead:                    "Only a lead of this team may do this.",
	NotYours:                   "Only the person concerned may do this.",
	OwnTeam:                    "Somebody outside the team must do this.",
	OwnCase:                    "Somebody else must decide this.",
	Suspended:                  "The account is suspended.",
	NotFound:                   "This does not exist, or you may not see it.",
	Invalid:                    "The input is not valid.",
	Conflict:                   "Somebody else changed this at the same time. Look again and retry.",
	WrongState:                 "This is not possible in its present state.",
	NgoNotWorking:              "The NGO is suspended or archived.",
	CentreNotOpen:              "The centre is not open.",
	OtherDistrict:              "It is in another district.",
	SameCentre:                 "This is already its centre.",
	MovePending:                "The team has already asked to move, and has no answer yet.",
	AlreadyMember:              "The person is already in the team, invited to it, or asking to join.",
	LastLead:                   "The team would be left without a lead.",
	AlreadySupported:           "You already support this proposal.",
	NotSupported:               "You do not support this proposal.",
	SameProposal:               "The proposal cannot be merged into itself.",
	NotLive:                    "The other proposal was declined, withdrawn, merged or hidden.",
	NotAsked:                   "There is no question about this for you to answer.",
	AlreadyAdopted:             "A team has already taken on this proposal.",
	Contradiction:              "The law allows this class of work only from 18: set the minimum age to 18 or more.",
	NoFutureShift:              "The task needs an upcoming shift. Add one first.",
	ShiftsToCome:               "The task has upcoming shifts. Confirm that they are cancelled too.",
	PhotoMissing:               "Add a photo of the work, or say why there is none.",
	ReasonMissing:              "Give a reason for this change.",
	NoTelegram:                 "The hub has no Telegram bot, or Telegram has not answered for ten minutes.",
	LastShift:                  "An open task keeps at least one shift; cancel the task instead.",
	SignupClosed:               "Sign-up is closed: the shift has begun, was cancelled, or the task is not open.",
	AlreadySignedUp:            "You are already on this shift.",
	Clash:                      "It overlaps with another shift on which the person is confirmed.",
	ShiftFull:                  "No place is free now.",
	OfferExpired:               "The offer has expired.",
	CapacityTaken:              "The capacity cannot be lower than the number of places taken.",
	TooEarly:                   "It is too early for this.",
	TooLate:                    "It is too late for this.",
	TooYoung:                   "The task is for older people.",
	LastOfficer:                "The city would be left without an officer.",
	AdultsOnly:                 "Only people aged 18 or over can act for the city or a centre.",
	WorkForbidden:              "The law forbids this class of work to anyone who is under 18 on the day of the shift.",
	ConsentMissing:             "At this age a guardian must first consent to taking part.",
	ConsentGiven:               "The guardian has already consented to this.",
	NotAMinor:                  "The person is 18 or over and needs no guardian's consent.",
	AskedTooOften:              "There were too many requests to guardians in one day. Try again tomorrow, or bring a signed paper to a centre.",
	PhotoFormat:                "The hub cannot read this picture: choose a JPEG, PNG or WebP.",
	PhotoConsentMissing:        "The photos show a minor without a guardian's consent to photographs.",
	TooManyPhotos:              "You have uploaded too many photos that are not used yet. Use or delete some.",
	OverShift:                  "The shift did not last that long.",
	NotSignedUp:                "You are not on this shift.",
	NoHours:                    "There are no approved hours in this period.",
}

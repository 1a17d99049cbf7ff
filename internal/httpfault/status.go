package httpfault

import (
	"net/http"

	"jastarhub/internal/fault"
)

// statuses has the HTTP status of each code.
var statuses = map[int][]fault.Code{
	http.StatusBadRequest: {fault.BadRequest, fault.GraphqlParseFailed, fault.GraphqlValidationFailed, fault.OperationUnknown, fault.PersistedQueryNotFound, fault.TooManyTokens, fault.TooDeep, fault.TooManyRootFields,
		fault.TooManyAliases, fault.TooManyDirectives, fault.TooManyOperations, fault.TooCostly, fault.IdempotencyKeyNotSupported},
	http.StatusUnauthorized: {fault.Unauthenticated, fault.WrongCredentials, fault.SecondFactorRequired, fault.WrongCode, fault.SignInAgain, fault.SignInLapsed},
	http.StatusForbidden: {fault.SecondFactorMissing, fault.RoleHeld, fault.OwnAccount, fault.TokenInvalid, fault.OtherEmail, fault.EmailUnverified, fault.ProfileIncomplete, fault.ProviderRefused,
		fault.Forbidden, fault.NotOfficer, fault.NotYourCentre, fault.NotYourNgo, fault.NotLead, fault.NotYours, fault.OwnTeam, fault.OwnCase, fault.Suspended},
	http.StatusNotFound: {fault.NotFound},
	http.StatusConflict: {fault.IdempotencyKeyReused, fault.IdempotencyKeyInUse, fault.EmailTaken, fault.IdentityTaken, fault.LastWayIn, fault.Conflict, fault.WrongState, fault.NgoNotWorking,
		fault.CentreNotOpen, fault.OtherDistrict, fault.SameCentre, fault.MovePending, fault.AlreadyMember, fault.LastLead, fault.AlreadySupported,
		fault.NotSupported, fault.SameProposal, fault.NotLive, fault.NotAsked, fault.AlreadyAdopted, fault.NoFutureShift, fault.NoTelegram, fault.LastShift, fault.ShiftsToCome,
		fault.SignupClosed, fault.AlreadySignedUp, fault.Clash, fault.ShiftFull, fault.OfferExpired, fault.CapacityTaken, fault.TooEarly, fault.TooLate,
		fault.TooYoung, fault.LastOfficer, fault.AdultsOnly, fault.WorkForbidden, fault.ConsentMissing, fault.ConsentGiven, fault.NotAMinor,
		fault.PhotoConsentMissing, fault.TooManyPhotos, fault.OverShift, fault.NotSignedUp, fault.NoHours},
	http.StatusRequestEntityTooLarge: {fault.BodyTooLarge},
	http.StatusUnsupportedMediaType:  {fault.PhotoFormat},
	http.StatusUnprocessableEntity:   {fault.Invalid, fault.PhotoMissing, fault.ReasonMissing, fault.Contradiction},
	http.StatusTooManyRequests:       {fault.RateLimited, fault.TryLater, fault.AskedTooOften},
	http.StatusInternalServerError:   {fault.Internal},
	http.StatusBadGateway:            {fault.ProviderDown},
	http.StatusServiceUnavailable:    {fault.Busy, fault.Timeout},
}

var byCode = func() map[fault.Code]int {
	all := map[fault.Code]int{}
	for status, codes := range statuses {
		for _, code := range codes {
			all[code] = status
		}
	}
	return all
}()

// Status returns the HTTP status of a code, 500 for an unknown one.
func Status(code fault.Code) int {
	if status, known := byCode[code]; known {
		return status
	}
	return http.StatusInternalServerError
}

package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"slices"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"jastarhub/internal/fault"
)

// constraints are rules of the domain that the database enforces too, against concurrent requests that no earlier check can see.
var constraints = map[string]*fault.Fault{
	"hours_answered_after_end":     fault.New(fault.TooEarly),
	"hours_within_shift":           fault.New(fault.OverShift),
	"hostings_requested_key":       fault.New(fault.MovePending),
	"identities_key":               fault.New(fault.IdentityTaken),
	"invitations_open_key":         fault.New(fault.Conflict), // another request sent the same
	"memberships_open_key":         fault.New(fault.AlreadyMember),
	"ngos_bin_key":                 fault.Field("bin", "already belongs to another NGO"),
	"people_email_key":             fault.New(fault.EmailTaken),
	"shifts_taken_within_capacity": fault.New(fault.ShiftFull),
	"shifts_cancelled_empty":       fault.New(fault.WrongState), // somebody has been there
	"signups_attended_after_start": fault.New(fault.TooEarly),
	"signups_out_after_start":      fault.New(fault.TooEarly),
	"signups_live_key":             fault.New(fault.AlreadySignedUp),
	"signups_no_clash":             fault.New(fault.Clash),
	"signups_work_allowed":         fault.New(fault.WorkForbidden),
	"tasks_over_without_shifts":    fault.New(fault.ShiftsToCome), // one was added in the meantime
	"tasks_work_class_settled":     fault.New(fault.WrongState),
	"tasks_work_fits_age":          fault.New(fault.Contradiction),
	"consents_live_key":            fault.New(fault.ConsentGiven),
	"consents_asked_key":           fault.New(fault.Conflict),
	"tasks_proposal_key":           fault.New(fault.AlreadyAdopted),
}

// codes are the SQLSTATEs that are about the moment rather than about the statement.
var codes = map[pqerror.Code]fault.Code{
	pqerror.LockNotAvailable:       fault.Conflict,
	pqerror.TRDeadlockDetected:     fault.Conflict,
	pqerror.TRSerializationFailure: fault.Conflict,
	pqerror.QueryCanceled:          fault.Timeout, // by statement_timeout: conn turns a caller's cancel into its ctx.Err()
	pqerror.TooManyConnections:     fault.Busy,
	pqerror.AdminShutdown:          fault.Busy,
	pqerror.CrashShutdown:          fault.Busy,
	pqerror.CannotConnectNow:       fault.Busy,
	pqerror.ReadOnlySQLTransaction: fault.Busy,
	pqerror.InsufficientResources:  fault.Busy,
	pqerror.DiskFull:               fault.Busy,
	pqerror.OutOfMemory:            fault.Busy,
}

// busy are errors without a SQLSTATE after which another attempt, or another connection, may succeed.
var busy = []error{driver.ErrBadConn, sql.ErrConnDone, errNoServer, errUnreplicated}

func isBusy(err error) bool {
	_, network := errors.AsType[net.Error](err)
	return network || slices.ContainsFunc(busy, func(e error) bool { return errors.Is(err, e) })
}

// Map turns an error of the database into the fault that people see, if there is one for it. The cause stays in the chain, for
// the log. sql.ErrNoRows, a caller's cancel and everything unexpected are returned unchanged.
func Map(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	// Before the network errors: a context's deadline looks like one.
	if errors.Is(err, context.DeadlineExceeded) {
		return because(fault.Timeout, err)
	}
	if reported := pq.As(err); reported != nil {
		if f, ok := constraints[reported.Constraint]; ok {
			return f
		}
		if code, ok := codes[reported.Code]; ok {
			return because(code, err)
		}
		return err
	}
	if isBusy(err) {
		return because(fault.Busy, err)
	}
	return err
}

func because(code fault.Code, err error) error { return fmt.Errorf("%w (%w)", fault.New(code), err) }

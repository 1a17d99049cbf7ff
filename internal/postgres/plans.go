package postgres

import "context"

// planMode is how the server plans a kept statement: a value of its plan_cache_mode. Left to itself, PostgreSQL plans a statement
// that asks by a list of ids each time: it assumes ten ids where it does not know how many there are, so that the plan for fewer
// seems to be worth the time.
type planMode string

const (
	onePlan      planMode = "force_generic_plan" // once, for all arguments
	freshPlans   planMode = "force_custom_plan"  // each time, for the arguments
	unknownPlans planMode = ""                   // a rollback may have set it back
)

// plan sets how the server plans the next statement.
func (c *conn) plan(ctx context.Context) error {
	wanted := onePlan
	if anew(ctx) {
		wanted = freshPlans
	}
	if c.plans == wanted {
		return nil
	}
	if _, err := c.pqConn.ExecContext(ctx, "set plan_cache_mode = "+string(wanted), nil); err != nil {
		return err
	}
	c.plans = wanted
	return nil
}

package rights

import (
	"testing"

	"jastarhub/graph/stories/hub"
)

// TestTheWaitingAreToldSo goes through the table of rights: where only an officer or a coordinator may do something, one whose
// role waits gets SECOND_FACTOR_MISSING, or NOT_FOUND if they may not know of the object.
func TestTheWaitingAreToldSo(t *testing.T) {
	t.Parallel()
	w, tried := hub.NewWorld(t), 0
	for _, r := range rights {
		for _, column := range []string{"coordinator", "officer"} {
			if want, told := waits(r, column); told {
				in := r.fresh(w, column)
				waiting(w, column, func() { tries(w, r, column, want, in) })
				tried++
			}
		}
	}
	for _, f := range protected() {
		for _, column := range []string{"coordinator", "officer"} {
			if want, told := waits(f.right, column); told {
				in := hub.Vars{}
				if f.id != nil {
					in["id"] = f.id(w)
				}
				waiting(w, column, func() { compareField(w, f, column, want, w.Roles[column].Ask(f.query, in)) })
				tried++
			}
		}
	}
	if tried < 25 {
		t.Errorf("only %d pairs were tried", tried)
	}
}

// waits returns what a column whose role waits must be told by the table; nothing where the role gives no right.
func waits(r right, column string) (want string, told bool) {
	if refused, _ := r.answer(column); refused != "" || contains(r.may, "person") {
		return "", false
	}
	want, _ = r.answer("person")
	if want != "NOT_FOUND" && want != "null" {
		want = "SECOND_FACTOR_MISSING"
	}
	return want, true
}

// waiting makes a role wait while something is tried.
func waiting(w *hub.World, column string, try func()) {
	w.Exec(`update sessions set second_factor_at = null where person_id::text = $1`, w.Roles[column].ID)
	try()
	w.Exec(`update sessions set second_factor_at = created_at where person_id::text = $1`, w.Roles[column].ID)
}

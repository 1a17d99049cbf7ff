package rights

import (
	"jastarhub/graph/stories/hub"
)

// listed puts the object of an input into a list.
func listed(one func(*hub.World, string) hub.Vars) func(*hub.World, string) hub.Vars {
	return func(w *hub.World, role string) hub.Vars { return hub.Vars{"ids": []any{one(w, role)["id"]}} }
}

func adjusting(w *hub.World, role string) hub.Vars {
	return hub.Vars{"rows": []any{hub.Vars{"id": w.Pending(role)["id"], "minutes": 60}}, "reason": "They left early."}
}

func rejecting(w *hub.World, role string) hub.Vars {
	return hub.Vars{"ids": []any{w.Pending(role)["id"]}, "reason": "They never came."}
}

// there returns where the person may check in now, and the code.
func there(w *hub.World, role string) hub.Vars {
	signup := onShift("-1 hour", "CONFIRMED", nil)(w, role)["id"]
	shift := w.Text(`select shift_id from signups where id = $1`, signup)
	return hub.Vars{"shiftId": shift, "code": w.Resolver.Signups.CodeFor(hub.RowID(shift), w.Present())}
}

// certifying returns a period in which the person with a role worked.
func certifying(w *hub.World, role string) hub.Vars {
	who := w.Roles[role]
	if who == nil || who.ID == "" {
		who = w.Roles["stranger"]
	}
	w.PutHours(who, "APPROVED")
	from, to := w.Days()
	return hub.Vars{"from": from, "to": to}
}

func certified(w *hub.World, _ string) hub.Vars {
	return hub.Vars{"number": w.PutCertificate(w.Roles["person"]), "reason": "Issued by mistake."}
}

func certificateOfPerson(w *hub.World) string {
	return w.Text(`select id from certificates where number = $1`, w.NumberOfPerson())
}

// ofCertificate queries a field by the certificate's number.
func ofCertificate(field string) string {
	return `query($id: String!) { certificate(number: $id) { at: ` + field + ` } }`
}

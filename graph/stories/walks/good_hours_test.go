package walks

import (
	"jastarhub/graph/stories/hub"
)

func goodHours(w *hub.World) map[string]hub.Good {
	people := w.Crowd(7)
	from, to := w.Days()
	w.PutHours(people[3], "APPROVED")
	shift := w.PutShift(w.PutTask("IN_PROGRESS"), "-1 hour", 5)
	w.PutSignup(people[4], shift, "CONFIRMED")
	return map[string]hub.Good{
		"approveHours":      {Who: w.Lead, In: hub.Vars{"ids": []any{w.PutHours(people[0], "PENDING")}, "reason": "They were there."}},
		"adjustHours":       {Who: w.Lead, In: hub.Vars{"rows": []any{hub.Vars{"id": w.PutHours(people[1], "PENDING"), "minutes": 60}}, "reason": "They left early."}},
		"rejectHours":       {Who: w.Lead, In: hub.Vars{"ids": []any{w.PutHours(people[2], "PENDING")}, "reason": "They never came."}},
		"issueCertificate":  {Who: people[3], In: hub.Vars{"from": from, "to": to, "language": "RU", "teamId": w.Team}},
		"checkInWithCode":   {Who: people[4], In: hub.Vars{"shiftId": shift, "code": w.Resolver.Signups.CodeFor(hub.RowID(shift), w.Present())}},
		"checkInMany":       {Who: w.Lead, In: hub.Vars{"ids": []any{w.PutSignup(people[5], w.PutShift(w.PutTask("IN_PROGRESS"), "-1 hour", 5), "CONFIRMED")}}},
		"revokeCertificate": {Who: w.Officer, In: hub.Vars{"number": w.PutCertificate(people[6]), "reason": "Issued by mistake."}},
	}
}

// revoked adds a certificate of the volunteer's that was revoked, and a new, valid one.
func revoked(w *hub.World) {
	w.Exec(`update certificates set revoked_at = now(), revocation = 'TAKEN_BACK' where number = $1`, w.PutCertificate(w.Volunteer))
	w.PutCertificate(w.Volunteer)
}

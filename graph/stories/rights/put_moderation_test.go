package rights

import (
	"jastarhub/graph/stories/hub"
	"jastarhub/internal/postgres"
)

func hiddenHosting(w *hub.World) string {
	return w.Text(`select id from hostings where team_id = $1`, w.HiddenTeam())
}

func hidingNgo(w *hub.World, _ string) hub.Vars {
	id := postgres.NewID().String()
	w.Exec(`insert into ngos (id, name_kk, name_ru, name_en, language, focus, state, created_at) values ($1, 'Жаңа', '', '', 'KK', 'SPORT', 'ACTIVE', now())`, id)
	return hub.Vars{"subjectId": id, "reason": "SPAM", "words": "Again and again."}
}

func suspendingMember(w *hub.World, _ string) hub.Vars {
	in := w.Suspending("")
	w.Exec(`insert into memberships (id, team_id, person_id, role, state, created_at, joined_at) values ($1, $2, $3, 'MEMBER', 'ACTIVE', now(), now())`,
		postgres.NewID(), w.Team, in["person"].(hub.Vars)["id"])
	return in
}

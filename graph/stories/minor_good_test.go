package stories

import "jastarhub/internal/postgres"

// putConsent stores a consent of a person without the hub: asked for by email, or seen on paper if recordedBy is set, and
// withdrawn if revokedBy is set.
func (h *hub) putConsent(person, scope, state, recordedBy, revokedBy string) (id string) {
	h.t.Helper()
	id = postgres.NewID().String()
	h.exec(`insert into consents (id, request_id, person_id, scope, state, text_version, language, guardian_email, token_hash, expires_at,
			recorded_by, seen_on, note, asked_at, given_at, revoked_at, revoked_by, reason)
		select $1::uuid, $1::uuid, $2, $3::consent_scope, $4::consent_state, '1', 'KK', case when by is null then 'mama@example.org' end,
			case when by is null then uuid_send($1::uuid) end, case when by is null then now() + interval '14 days' end,
			by, case when by is not null then current_date end, case when by is not null then 'Shelf 2' end, now(),
			case when $4 in ('GIVEN', 'WITHDRAWN') then now() end, case when $4 = 'WITHDRAWN' then now() end, nullif($6, '')::uuid,
			case when $4 = 'WITHDRAWN' then 'Changed plans.' end
		from (select nullif($5, '')::uuid as by) paper`, id, person, scope, state, recordedBy, revokedBy)
	return id
}

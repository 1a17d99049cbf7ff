-- +goose Up
-- What is a person's, for the download and for the erasure.
create index reports_reporter on reports (reporter_id, id);
create index reports_person on reports (person_id, id) where person_id is not null;
create index decisions_by on decisions (decided_by, id);
create index decisions_answered_by on decisions (answered_by, id) where answered_by is not null;
create index oidc_flows_session on oidc_flows (session_id) where session_id is not null;
drop index invitations_by;
create index invitations_by on invitations (invited_by, id);
create index invitations_email on invitations (email) where email is not null;

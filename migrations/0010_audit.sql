-- +goose Up
-- Who holds or held which role of an NGO and of a centre, and how many officers there are.
create index grants_ngo on grants (ngo_id, id) where ngo_id is not null;
create index grants_centre on grants (centre_id, id) where centre_id is not null;
create index grants_officers on grants (id) where role = 'CITY_OFFICER' and ended_at is null;

-- Who did what to what, and what was refused: ids and field names, never what people wrote. person_id is null where the hub
-- itself acted, and where nobody was signed in. outcome is the code of the refusal, '' where it was done.
create table audit_entries (
  id         uuid not null,
  at         timestamptz not null,
  person_id  uuid references people,
  roles      text[] not null,
  action     text not null,
  subjects   uuid[] not null,
  fields     text[] not null,
  request_id text not null,
  outcome    text not null,
  primary key (at, id)
);
create index audit_entries_person on audit_entries (person_id, at, id);
create index audit_entries_action on audit_entries (action, at, id);

-- What entries are about, one row for each id, written by the same statement: no index of an array gives entries in the
-- order of time.
create table audit_subjects (
  subject_id uuid not null,
  at         timestamptz not null,
  entry_id   uuid not null,
  primary key (subject_id, at, entry_id)
);

-- The triggers hold everybody, superusers and replication's role as well; the missing rights hold everybody but superusers.
-- +goose StatementBegin
create function audit_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is append-only';
end $$;
-- +goose StatementEnd
create trigger audit_entries_append_only before update or delete on audit_entries for each row execute function audit_is_kept();
create trigger audit_entries_never_truncated before truncate on audit_entries execute function audit_is_kept();
create trigger audit_subjects_append_only before update or delete on audit_subjects for each row execute function audit_is_kept();
create trigger audit_subjects_never_truncated before truncate on audit_subjects execute function audit_is_kept();
alter table audit_entries enable always trigger audit_entries_append_only;
alter table audit_entries enable always trigger audit_entries_never_truncated;
alter table audit_subjects enable always trigger audit_subjects_append_only;
alter table audit_subjects enable always trigger audit_subjects_never_truncated;
revoke all on audit_entries, audit_subjects from public, current_user;
grant select, insert on audit_entries, audit_subjects to current_user;

-- +goose Up
-- An erased account keeps its row, because figures, histories and the audit lead to it, and nothing of the person in it.
alter table people
  alter column email drop not null,
  alter column password_hash drop not null,
  alter column birth_date drop not null,
  add column erased_at timestamptz,
  add constraint people_whole_or_blank check (
    case when erased_at is null then email is not null and birth_date is not null
    else email is null and email_verified_at is null and password_hash is null and given_name = '' and family_name = ''
      and birth_date is null and district_id is null and language = 'KK' end);

-- What an erasure leaves to be done: what the person wrote is purged once due_at has come. by_id is the person, or an
-- officer; null is the command line.
create table erasures (
  person_id uuid primary key references people,
  erased_at timestamptz not null,
  due_at    timestamptz not null,
  purged_at timestamptz,
  by_id     uuid references people,
  reason    text,
  constraint erasures_within_15_days check (due_at between erased_at and erased_at + interval '15 days')
);
create index erasures_due on erasures (due_at) where purged_at is null;
create index erasures_by on erasures (by_id, person_id) where by_id is not null;

-- Who asked for the data kept of them. The token opens it once; here is its SHA-256.
create table data_requests (
  id         uuid primary key,
  person_id  uuid not null references people,
  token_hash bytea not null unique,
  asked_at   timestamptz not null,
  expires_at timestamptz not null,
  taken_at   timestamptz
);
create index data_requests_person on data_requests (person_id, id);

-- Whose mail it is: of the account it was sent to, or of the one who had it sent.
alter table outbox add column person_id uuid references people;
update outbox o set person_id = c.person_id from consents c
  where o.kind = 'CONSENT_REQUEST' and o.address = c.guardian_email and o.created_at = c.asked_at;
update outbox o set person_id = p.id from people p where o.person_id is null and o.address = p.email;
create index outbox_person on outbox (person_id, id) where person_id is not null;
create index outbox_done on outbox (created_at) where sent_at is not null or failed_at is not null;

-- The history stays append-only, but for one thing: a purge takes words out, and nothing else, in a transaction that says
-- that it purges.
-- +goose StatementBegin
create or replace function moves_are_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and current_setting('hub.purging', true) = 'on' then
    old.words := null;
    if new is not distinct from old then
      return new;
    end if;
  end if;
  raise exception 'the history is append-only';
end $$;
-- +goose StatementEnd

-- All that is a person's, for the download and the purge.
create index moves_by on moves (by_id, id) where by_id is not null;
create index grants_person on grants (person_id, id);
create index grants_given_by on grants (given_by, id) where given_by is not null;
create index grants_ended_by on grants (ended_by, id) where ended_by is not null;
create index sessions_all_of_person on sessions (person_id, id);
create index account_tokens_person on account_tokens (person_id, id);
create index supports_all_of_person on supports (person_id, id);
create index tasks_created_by on tasks (created_by, id);
create index tasks_claimed_by on tasks (claimed_by, id) where claimed_by is not null;
create index progress_updates_author on progress_updates (author_id, id);
create index consents_recorded_by on consents (recorded_by, id) where recorded_by is not null;
create index consents_revoked_by on consents (revoked_by, id) where revoked_by is not null;

-- +goose Up
create table people (
  id            uuid primary key,
  email         text not null,
  password_hash text not null,
  given_name    text not null,
  family_name   text not null,
  birth_date    date not null,
  language      language not null,
  district_id   uuid references districts,
  created_at    timestamptz not null,
  constraint people_email_key unique (email),
  constraint people_email_folded check (email = lower(email))
);

-- A session's token is known to its owner only; here is its SHA-256.
create table sessions (
  id           uuid primary key,
  token_hash   bytea not null unique,
  person_id    uuid not null references people,
  created_at   timestamptz not null,
  last_seen_at timestamptz not null,
  ended_at     timestamptz
);
create index sessions_person on sessions (person_id) where ended_at is null;

create type role as enum ('CITY_OFFICER', 'COORDINATOR', 'CONSULTANT', 'NGO_LEAD');

-- moves is the history of every state: who, when, from, to and why. by_id is null where the hub itself acted.
create table moves (
  id          uuid primary key,
  subject_id  uuid not null,
  verb        text not null,
  from_state  text,
  to_state    text not null,
  by_id       uuid references people,
  acting_as   text not null check (acting_as in ('PERSON', 'AUTHOR', 'LEAD', 'COORDINATOR', 'OFFICER', 'HUB')),
  reason_code text,
  words       text,
  at          timestamptz not null,
  constraint moves_by_somebody check ((by_id is null) = (acting_as = 'HUB'))
);
create index moves_subject on moves (subject_id, id);
-- +goose StatementBegin
create function moves_are_kept() returns trigger language plpgsql as $$
begin
  raise exception 'the history is append-only';
end $$;
-- +goose StatementEnd
create trigger moves_append_only before update or delete on moves for each row execute function moves_are_kept();
create trigger moves_never_truncated before truncate on moves execute function moves_are_kept();

-- A mutation's idempotency key, written in that mutation's own transaction and kept for 7 days.
create table idempotency_keys (
  person_id  uuid not null references people,
  key        text not null,
  mutation   text not null,
  input_hash bytea not null,
  result_id  uuid not null,
  created_at timestamptz not null,
  primary key (person_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

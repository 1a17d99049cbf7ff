-- +goose Up
-- What a person's authenticator knows too: the secret of the second factor, and a new one that no code has confirmed yet. Both
-- are sealed with a key that is not in the database. last_step is the time step of the last code that was taken: a code of
-- this step or an elder one is not taken any more.
create table second_factors (
  person_id    uuid primary key references people,
  secret       bytea,
  confirmed_at timestamptz,
  last_step    bigint not null default 0,
  pending      bytea,
  constraint second_factors_confirmed check ((secret is null) = (confirmed_at is null)),
  constraint second_factors_not_empty check (secret is not null or pending is not null)
);

-- The SHA-256 of the recovery codes that are left. Who uses one deletes it.
create table recovery_codes (
  person_id uuid not null references second_factors on delete cascade,
  code_hash bytea not null,
  primary key (person_id, code_hash)
);

-- When the session's person showed a second factor; null where they did not.
alter table sessions add column second_factor_at timestamptz;

-- Something that the key sealed: a hub with another key does not open it, and does not start.
create table sealed_with (
  only_one boolean primary key default true check (only_one),
  sealed   bytea not null
);

-- +goose Up
alter table people add column email_verified_at timestamptz;

-- What a mailed link carries, once. The token is known to who has the mail; here is its SHA-256. email is the address that
-- it was mailed to: it proves that one alone. A newer token of the same purpose ends the elder.
create table account_tokens (
  id         uuid primary key,
  token_hash bytea not null unique,
  purpose    text not null check (purpose in ('VERIFY_EMAIL', 'RESET_PASSWORD')),
  person_id  uuid not null references people,
  email      text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz
);
create index account_tokens_open on account_tokens (person_id) where used_at is null;
create index account_tokens_age on account_tokens (expires_at);

-- How often something was tried: by an account, an address, or an account from an address. The key is a hash of these.
create table attempts (
  key_hash  bytea primary key,
  count     integer not null check (count >= 0),
  free_at   timestamptz not null, -- the next attempt counts from then on; earlier ones are refused
  forget_at timestamptz not null
);
create index attempts_age on attempts (forget_at);

-- +goose Up
-- The outbox carries notices too, by mail and by Telegram. Where there is no address, the letter goes to the one that its person
-- has when it is sent. at_night is whether it may come between 22:00 and 8:00 in Almaty.
alter table outbox
  alter column address drop not null,
  add column channel text not null default 'EMAIL' check (channel in ('EMAIL', 'TELEGRAM')),
  add column notice_id uuid references notices on delete cascade,
  add column at_night boolean not null default true,
  add constraint outbox_to_somebody check (address is not null or person_id is not null);
drop index outbox_due;
create index outbox_due on outbox (channel, due_at) where sent_at is null and failed_at is null;
create index outbox_notice on outbox (notice_id) where notice_id is not null;
create index outbox_failed on outbox (id) where failed_at is not null;

-- When the notice goes into a daily mail; null where it does not, or has.
alter table notices add column digest_at timestamptz;
create index notices_digest on notices (digest_at, person_id) where digest_at is not null;

-- What a person chose of a topic; where nothing, the hub's own choice counts.
create table notice_preferences (
  person_id uuid not null references people,
  topic     text not null,
  email     text not null check (email in ('NONE', 'NEEDED', 'DAILY', 'ALL')),
  telegram  boolean not null,
  primary key (person_id, topic)
);

-- A chat belongs to one person: who has it last.
create table telegram_links (
  id        uuid primary key,
  person_id uuid not null unique references people,
  chat_id   bigint not null unique,
  linked_at timestamptz not null
);
-- What links a chat, once; here is its SHA-256.
create table telegram_codes (
  person_id  uuid primary key references people,
  code_hash  bytea not null unique,
  expires_at timestamptz not null
);
create index telegram_codes_age on telegram_codes (expires_at);
-- The bot that people write to, and when Telegram was last heard of.
create table telegram_bot (
  only_one boolean primary key default true check (only_one),
  username text not null,
  seen_at  timestamptz not null
);

-- When the person said, asked by a reminder, that they are coming.
alter table signups add column coming_at timestamptz;

-- Which reminders of a shift are out; of one that is moved they come anew.
create table shift_reminders (
  shift_id  uuid not null references shifts,
  kind      text not null,
  starts_at timestamptz not null,
  sent_at   timestamptz not null,
  primary key (shift_id, kind, starts_at)
);

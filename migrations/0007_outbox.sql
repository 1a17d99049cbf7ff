-- +goose Up
-- What people are to be told, written in the transaction that gives the reason and sent by the worker afterwards, at least
-- once. data fills the mail's text in; it is emptied when the mail is sent or given up.
create table outbox (
  id         uuid primary key,
  kind       text not null,
  address    text not null,
  language   language not null,
  data       jsonb not null,
  created_at timestamptz not null,
  due_at     timestamptz not null,
  attempts   integer not null default 0,
  sent_at    timestamptz,
  failed_at  timestamptz,
  last_error text,
  constraint outbox_one_end check (sent_at is null or failed_at is null)
);
create index outbox_due on outbox (due_at) where sent_at is null and failed_at is null;

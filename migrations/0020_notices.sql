-- +goose Up
-- What people are told, each their own row, written in the transaction that gives the reason. event names what happened: of one
-- event nobody is told twice. Titles are not here: they are read from the subject, as they are and where they may be seen.
create table notices (
  id           uuid primary key,
  person_id    uuid not null references people,
  kind         text not null,
  subject_type text not null,
  subject_id   uuid not null,
  details      jsonb not null,
  event        text not null,
  created_at   timestamptz not null,
  read_at      timestamptz,
  constraint notices_once unique (person_id, event)
);
create index notices_person on notices (person_id, id);
create index notices_unread on notices (person_id) where read_at is null;
create index notices_age on notices (created_at);

-- An id for one of many rows that a statement makes: UUIDv7, in the order in which they were made.
create sequence ids_made;
-- +goose StatementBegin
create function id_at(at timestamptz) returns uuid language sql volatile as $$
  select cast(lpad(to_hex(cast(floor(extract(epoch from at) * 1000) as bigint)), 12, '0')
    || '7' || lpad(to_hex(nextval('ids_made') % 4096), 3, '0') || substr(cast(gen_random_uuid() as text), 20) as uuid)
$$;
-- +goose StatementEnd

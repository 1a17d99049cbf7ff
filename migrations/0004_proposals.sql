-- +goose Up
create type proposal_state as enum
  ('SUBMITTED', 'IN_REVIEW', 'NEEDS_INFO', 'ACCEPTED', 'DECLINED', 'MERGED', 'WITHDRAWN');
create type decline_reason as enum
  ('NOT_IN_OUR_POWER', 'ALREADY_PLANNED', 'ALREADY_DONE', 'NO_MEANS', 'UNLAWFUL', 'UNCLEAR', 'OTHER');

create table proposals (
  id             uuid primary key,
  district_id    uuid not null references districts,
  centre_id      uuid not null,
  author_id      uuid not null references people,
  title          text not null,
  text           text not null,
  language       language not null,
  place          text,
  lat            float8,
  lon            float8,
  state          proposal_state not null,
  question       text,
  decline_reason decline_reason,
  decline_words  text,
  support_count  integer not null default 0 check (support_count >= 0),
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  foreign key (centre_id, district_id) references centres (id, district_id),
  constraint proposals_question_when_asked check ((state = 'NEEDS_INFO') = (question is not null)),
  constraint proposals_decline_has_reason check (
    (state = 'DECLINED') = (decline_reason is not null) and (state = 'DECLINED') = (decline_words is not null)),
  constraint proposals_point_whole check ((lat is null) = (lon is null)),
  constraint proposals_point_on_earth check (lat between -90 and 90 and lon between -180 and 180)
);
create index proposals_district on proposals (district_id, id);
create index proposals_centre on proposals (centre_id, id);
create index proposals_author on proposals (author_id, id);
create index proposals_state on proposals (state, id);
create index proposals_most_supported on proposals (support_count, id);

-- What proposals are searched by. It has a table of its own because an index of trigrams is dear to keep: each support
-- changes the proposal's row, and none its text.
create table proposal_texts (
  proposal_id uuid primary key references proposals,
  text        text not null
);
create index proposal_texts_trigrams on proposal_texts using gin (text gin_trgm_ops);
-- +goose StatementBegin
create function keep_proposal_text() returns trigger language plpgsql as $$
begin
  insert into proposal_texts values (new.id, fold(new.title || ' ' || new.text))
    on conflict (proposal_id) do update set text = excluded.text;
  return null;
end $$;
-- +goose StatementEnd
create trigger proposals_text_kept after insert or update of title, text on proposals
  for each row execute function keep_proposal_text();

create table supports (
  id           uuid primary key,
  proposal_id  uuid not null references proposals,
  person_id    uuid not null references people,
  given_at     timestamptz not null,
  withdrawn_at timestamptz
);
create unique index supports_live_key on supports (proposal_id, person_id) where withdrawn_at is null;
create index supports_person on supports (person_id, id) where withdrawn_at is null;

-- +goose StatementBegin
create function count_supports() returns trigger language plpgsql as $$
declare
  change integer := 0;
begin
  if tg_op = 'INSERT' then
    change := (new.withdrawn_at is null)::integer;
  else
    change := (new.withdrawn_at is null)::integer - (old.withdrawn_at is null)::integer;
  end if;
  if change <> 0 then
    update proposals set support_count = support_count + change where id = new.proposal_id;
  end if;
  return null;
end $$;
-- +goose StatementEnd
create trigger supports_counted after insert or update on supports for each row execute function count_supports();

-- +goose Up
-- Until when a centre has to react to a proposal and to decide on it: the end of a working day in Almaty. The clock stands while
-- the author is asked; decide_by is put off by that when the answer comes. told_due is the deadline whose passing the
-- coordinators were told of.
alter table proposals
  add column react_by timestamptz,
  add column decide_by timestamptz,
  add column asked_at timestamptz,
  add column told_due timestamptz,
  add column merged_into uuid references proposals;

-- +goose StatementBegin
create function end_of_working_day(moment timestamptz, days integer) returns timestamptz language sql stable as $$
  select (d + interval '1 day' - interval '1 second') at time zone 'Asia/Almaty'
  from generate_series((moment at time zone 'Asia/Almaty')::date + interval '1 day', (moment at time zone 'Asia/Almaty')::date + interval '60 days', interval '1 day') d
  where extract(isodow from d) < 6 order by d offset days - 1 limit 1
$$;
-- +goose StatementEnd
update proposals set react_by = end_of_working_day(created_at, 5), decide_by = end_of_working_day(created_at, 15),
  asked_at = case when state = 'NEEDS_INFO' then updated_at end;
drop function end_of_working_day;
update proposals m set merged_into = (
  select id from proposals p where p.state = 'ACCEPTED' and p.district_id = m.district_id and p.title = m.title order by id limit 1)
where state = 'MERGED';

alter table proposals
  alter column react_by set not null,
  alter column decide_by set not null,
  add constraint proposals_react_before_deciding check (react_by <= decide_by),
  add constraint proposals_asked_when_asked check ((state = 'NEEDS_INFO') = (asked_at is not null)),
  add constraint proposals_merged_into_another check (merged_into is null or state = 'MERGED' and merged_into <> id),
  add column due_at timestamptz generated always as (case state when 'SUBMITTED' then react_by when 'IN_REVIEW' then decide_by end) stored;
update proposals set told_due = due_at where due_at < now(); -- late before there were deadlines: in the list, but no news
create index proposals_due on proposals (coalesce(due_at, 'infinity'), id);
create index proposals_centre_due on proposals (centre_id, coalesce(due_at, 'infinity'), id);
create index proposals_untold on proposals (due_at) where due_at is not null and told_due is distinct from due_at;
create index proposals_merged_into on proposals (merged_into, id) where merged_into is not null;
create index tasks_proposal on tasks (proposal_id, id) where proposal_id is not null;

-- Those that a new one could repeat.
create index proposals_live on proposals (district_id)
  where state in ('SUBMITTED', 'IN_REVIEW', 'NEEDS_INFO', 'ACCEPTED') and hidden_id is null;
create extension if not exists intarray;

-- trigrams are those of a folded text as sorted numbers: two such arrays are compared far quicker than two texts.
-- +goose StatementBegin
create function trigrams(t text) returns integer[] language sql immutable strict parallel safe as $$
  select sort(array(select hashtext(trigram) from unnest(show_trgm(fold(t))) trigram))
$$;
-- +goose StatementEnd
alter table proposal_texts add column title_trigrams integer[], add column text_trigrams integer[];
update proposal_texts x set title_trigrams = trigrams(p.title), text_trigrams = trigrams(left(p.title || ' ' || p.text, 500))
  from proposals p where p.id = x.proposal_id;
alter table proposal_texts alter column title_trigrams set not null, alter column text_trigrams set not null;
-- +goose StatementBegin
create or replace function keep_proposal_text() returns trigger language plpgsql as $$
begin
  insert into proposal_texts (proposal_id, text, title_trigrams, text_trigrams)
    values (new.id, fold(new.title || ' ' || new.text), trigrams(new.title), trigrams(left(new.title || ' ' || new.text, 500)))
    on conflict (proposal_id) do update
    set text = excluded.text, title_trigrams = excluded.title_trigrams, text_trigrams = excluded.text_trigrams;
  return null;
end $$;
-- +goose StatementEnd

-- Who supported a proposal that was merged is asked once whether the support goes along. into_id is where it would go now: a
-- further merge takes open questions along.
create table merge_questions (
  id          uuid primary key,
  proposal_id uuid not null references proposals,
  into_id     uuid not null references proposals,
  person_id   uuid not null references people,
  asked_at    timestamptz not null,
  answered_at timestamptz,
  moved       boolean,
  constraint merge_questions_of_two check (into_id <> proposal_id),
  constraint merge_questions_answer_whole check ((answered_at is null) = (moved is null))
);
create unique index merge_questions_key on merge_questions (proposal_id, person_id);
create index merge_questions_person on merge_questions (person_id, id);
create index merge_questions_open on merge_questions (into_id) where answered_at is null;

-- Who is told of a proposal: who made it or one that was merged into it, and who supports it.
-- +goose StatementBegin
create function followers_of(proposal uuid) returns setof uuid language sql stable as $$
  with recursive lived as (
    select id, author_id from proposals where id = proposal
    union select p.id, p.author_id from proposals p join lived on p.merged_into = lived.id)
  select author_id from lived union select person_id from supports where proposal_id = proposal and withdrawn_at is null
$$;
-- +goose StatementEnd

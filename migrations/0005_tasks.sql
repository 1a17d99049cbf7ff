-- +goose Up
create type task_state as enum ('DRAFT', 'OPEN', 'IN_PROGRESS', 'CLAIMED_DONE', 'VERIFIED', 'CANCELLED');

-- centre_id is the centre that answers for the task: the team's host while the task is alive, and the one it had then
-- for ever after. What follows updated_at is kept by the triggers of shifts: of those that are not cancelled, when the first
-- and the last one begin, and the next one that is to come.
create table tasks (
  id             uuid primary key,
  team_id        uuid not null,
  ngo_id         uuid not null,
  centre_id      uuid not null references centres,
  district_id    uuid not null references districts,
  proposal_id    uuid references proposals,
  title          text not null,
  description    text not null,
  language       language not null,
  place          text,
  lat            float8,
  lon            float8,
  min_age        integer check (min_age between 14 and 35),
  state          task_state not null,
  percent        integer not null default 0 check (percent between 0 and 100),
  created_by     uuid not null references people,
  claimed_by     uuid references people,
  cancel_reason  text,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  first_shift_at timestamptz,
  last_shift_at  timestamptz,
  next_shift_at  timestamptz,
  capacity       integer not null default 0,
  taken          integer not null default 0,
  free           integer not null default 0,
  foreign key (team_id, ngo_id) references teams (id, ngo_id),
  constraint tasks_claimed_by_somebody check (state not in ('CLAIMED_DONE', 'VERIFIED') or claimed_by is not null),
  constraint tasks_cancel_has_reason check ((state = 'CANCELLED') = (cancel_reason is not null)),
  constraint tasks_point_whole check ((lat is null) = (lon is null)),
  constraint tasks_point_on_earth check (lat between -90 and 90 and lon between -180 and 180)
);
create unique index tasks_proposal_key on tasks (proposal_id) where state <> 'CANCELLED';
create index tasks_district on tasks (district_id, id);
create index tasks_centre on tasks (centre_id, id);
create index tasks_team on tasks (team_id, id);
create index tasks_ngo on tasks (ngo_id, id);
create index tasks_state on tasks (state, id);
create index tasks_next_shift on tasks (coalesce(next_shift_at, 'infinity'), id);
create index tasks_free on tasks (free, id);
create index tasks_soonest on tasks (state, coalesce(next_shift_at, 'infinity'), id);
create index tasks_most_needed on tasks (state, free, id);
create index tasks_point on tasks (lat, lon) where lat is not null;

-- What tasks are searched by, apart from them for the same reason as with proposals: each sign-up changes the task's row.
create table task_texts (
  task_id uuid primary key references tasks,
  text    text not null
);
create index task_texts_trigrams on task_texts using gin (text gin_trgm_ops);
-- +goose StatementBegin
create function keep_task_text() returns trigger language plpgsql as $$
begin
  insert into task_texts values (new.id, fold(new.title || ' ' || new.description))
    on conflict (task_id) do update set text = excluded.text;
  return null;
end $$;
-- +goose StatementEnd
create trigger tasks_text_kept after insert or update of title, description on tasks
  for each row execute function keep_task_text();

-- How many tasks of a team are in which state, by the centre that answers for them.
create table task_counts (
  team_id   uuid not null references teams,
  centre_id uuid not null references centres,
  state     task_state not null,
  tasks     integer not null check (tasks >= 0),
  primary key (team_id, centre_id, state)
);
create index task_counts_centre on task_counts (centre_id, state);

-- +goose StatementBegin
create function count_tasks() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if (old.team_id, old.centre_id, old.state) = (new.team_id, new.centre_id, new.state) then
      return null;
    end if;
    update task_counts set tasks = tasks - 1
      where team_id = old.team_id and centre_id = old.centre_id and state = old.state;
  end if;
  insert into task_counts values (new.team_id, new.centre_id, new.state, 1)
    on conflict (team_id, centre_id, state) do update set tasks = task_counts.tasks + 1;
  return null;
end $$;
-- +goose StatementEnd
create trigger tasks_counted after insert or update of team_id, centre_id, state on tasks
  for each row execute function count_tasks();

create type metric as enum ('BAGS', 'TREES', 'KILOGRAMS', 'SQUARE_METRES', 'PEOPLE_HELPED', 'ITEMS');

create table progress_updates (
  id         uuid primary key,
  task_id    uuid not null references tasks,
  author_id  uuid not null references people,
  text       text not null,
  language   language not null,
  percent    integer check (percent between 0 and 100),
  created_at timestamptz not null
);
create index progress_updates_task on progress_updates (task_id, id);

create table progress_results (
  update_id uuid not null references progress_updates,
  metric    metric not null,
  amount    integer not null check (amount > 0),
  primary key (update_id, metric)
);

-- +goose Up
-- What people report, and what coordinators and officers decide about it.
create type moderation_subject as enum ('PROPOSAL', 'TASK', 'SHIFT', 'PROGRESS_UPDATE', 'TEAM', 'NGO', 'PERSON');
create type moderation_reason as enum ('INSULT', 'DANGER', 'PRIVATE_DATA', 'SPAM', 'SEXUAL', 'UNTRUE', 'OTHER');
create type decision_kind as enum ('HIDE', 'SUSPEND');
create type decision_state as enum ('IN_FORCE', 'APPEALED', 'UPHELD', 'OVERTURNED', 'ENDED');
create type report_state as enum ('OPEN', 'UPHELD', 'DISMISSED');

-- +goose StatementBegin
create function in_force(s decision_state) returns boolean language sql immutable parallel safe as $$
  select s in ('IN_FORCE', 'APPEALED', 'UPHELD')
$$;
-- +goose StatementEnd

-- Something hidden, or somebody suspended. centre_id is the centre that answers for the subject, null where officers alone do;
-- team_id, ngo_id and person_id tell whose it is.
create table decisions (
  id           uuid primary key,
  kind         decision_kind not null,
  subject_type moderation_subject not null,
  subject_id   uuid not null,
  centre_id    uuid references centres,
  team_id      uuid references teams,
  ngo_id       uuid references ngos,
  person_id    uuid references people,
  reason       moderation_reason not null,
  words        text not null check (words <> ''),
  state        decision_state not null,
  until        timestamptz,
  decided_by   uuid not null references people,
  decided_at   timestamptz not null,
  appeal       text,
  appealed_at  timestamptz,
  answer       text,
  answered_by  uuid references people,
  answered_at  timestamptz,
  constraint decisions_somebodys check (num_nonnulls(team_id, ngo_id, person_id) > 0),
  constraint decisions_suspend_people check (kind = 'HIDE' or subject_type = 'PERSON'),
  constraint decisions_until_of_suspensions check (until is null or kind = 'SUSPEND' and until > decided_at),
  constraint decisions_appeal_whole check (num_nulls(appeal, appealed_at) in (0, 2)),
  constraint decisions_answer_whole check (num_nulls(answer, answered_by, answered_at) in (0, 3)),
  constraint decisions_appealed check (state not in ('APPEALED', 'UPHELD', 'OVERTURNED') or appeal is not null),
  constraint decisions_answered check (
    case when state in ('UPHELD', 'OVERTURNED') then answer is not null else answer is null or state = 'ENDED' end),
  constraint decisions_two_pairs_of_eyes check (answered_by <> decided_by)
);
create unique index decisions_in_force_key on decisions (subject_id, kind) where in_force(state);
create index decisions_state on decisions (state, id);
create index decisions_centre on decisions (centre_id, state, id);
create index decisions_person on decisions (person_id, id) where person_id is not null;
create index decisions_team on decisions (team_id, id) where team_id is not null;
create index decisions_ngo on decisions (ngo_id, id) where ngo_id is not null;
create index decisions_due on decisions (until) where in_force(state) and until is not null;

create table reports (
  id           uuid primary key,
  subject_type moderation_subject not null,
  subject_id   uuid not null,
  centre_id    uuid references centres,
  team_id      uuid references teams,
  ngo_id       uuid references ngos,
  person_id    uuid references people,
  reporter_id  uuid not null references people,
  reason       moderation_reason not null,
  words        text,
  state        report_state not null,
  decision_id  uuid references decisions,
  created_at   timestamptz not null,
  decided_at   timestamptz,
  constraint reports_other_has_words check (reason <> 'OTHER' or words is not null),
  constraint reports_decided_has_time check ((state = 'OPEN') = (decided_at is null)),
  constraint reports_decision_upholds check (decision_id is null or state = 'UPHELD')
);
create unique index reports_open_key on reports (reporter_id, subject_id) where state = 'OPEN';
create index reports_open_subject on reports (subject_id) where state = 'OPEN';
create index reports_state on reports (state, id);
create index reports_centre on reports (centre_id, state, id);

-- The decision by which something is hidden: its own, or that of the team or NGO it belongs to. A person's hides the name.
alter table proposals add column hidden_id uuid references decisions;
alter table ngos add column hidden_id uuid references decisions;
alter table teams add column hidden_id uuid references decisions;
alter table tasks add column hidden_id uuid references decisions;
alter table shifts add column hidden_id uuid references decisions;
alter table progress_updates add column hidden_id uuid references decisions;
alter table people add column hidden_id uuid references decisions, add column suspended_id uuid references decisions;

-- What a hidden team or NGO makes is hidden from the beginning. The lock waits for who is just hiding it.
-- +goose StatementBegin
create function inherit_hidden() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'teams' then
    select hidden_id into new.hidden_id from ngos where id = new.ngo_id for share;
  else
    select hidden_id into new.hidden_id from teams where id = new.team_id for share;
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger teams_inherit_hidden before insert on teams for each row execute function inherit_hidden();
create trigger tasks_inherit_hidden before insert on tasks for each row execute function inherit_hidden();

-- Counts are of what lists show.
-- +goose StatementBegin
create or replace function count_tasks() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if (old.team_id, old.centre_id, old.state, old.hidden_id is null) = (new.team_id, new.centre_id, new.state, new.hidden_id is null) then
      return null;
    end if;
    if old.hidden_id is null then
      update task_counts set tasks = tasks - 1
        where team_id = old.team_id and centre_id = old.centre_id and state = old.state;
    end if;
  end if;
  if new.hidden_id is null then
    insert into task_counts values (new.team_id, new.centre_id, new.state, 1)
      on conflict (team_id, centre_id, state) do update set tasks = task_counts.tasks + 1;
  end if;
  return null;
end $$;
-- +goose StatementEnd
drop trigger tasks_counted on tasks;
create trigger tasks_counted after insert or update of team_id, centre_id, state, hidden_id on tasks
  for each row execute function count_tasks();

-- +goose StatementBegin
create or replace function sum_up_shifts() returns trigger language plpgsql as $$
begin
  perform from tasks where id = new.task_id for no key update;
  update tasks t set
    first_shift_at = s.first_shift_at, last_shift_at = s.last_shift_at, next_shift_at = s.next_shift_at,
    capacity = s.capacity, taken = s.taken, free = s.free
  from (
    select min(starts_at) as first_shift_at, max(starts_at) as last_shift_at,
      min(starts_at) filter (where begun_at is null) as next_shift_at,
      coalesce(sum(capacity), 0) as capacity,
      coalesce(sum(taken), 0) as taken,
      coalesce(sum(capacity - taken) filter (where begun_at is null), 0) as free
    from shifts where task_id = new.task_id and state = 'PLANNED' and hidden_id is null) s
  where t.id = new.task_id;
  return null;
end $$;
-- +goose StatementEnd
drop trigger shifts_summed_up on shifts;
create trigger shifts_summed_up after insert or update of starts_at, capacity, taken, state, begun_at, hidden_id on shifts
  for each row execute function sum_up_shifts();

-- What waits for an answer goes where its subject goes.
-- +goose StatementBegin
create function follow_subject() returns trigger language plpgsql as $$
declare
  subjects uuid[];
begin
  if tg_table_name = 'hostings' then
    subjects := array[new.team_id];
  else
    subjects := array(select new.id union all select id from shifts where task_id = new.id
      union all select id from progress_updates where task_id = new.id);
  end if;
  update reports set centre_id = new.centre_id where state = 'OPEN' and subject_id = any(subjects);
  update decisions set centre_id = new.centre_id where in_force(state) and subject_id = any(subjects);
  return null;
end $$;
-- +goose StatementEnd
create trigger proposals_followed after update of centre_id on proposals
  for each row when (old.centre_id <> new.centre_id) execute function follow_subject();
create trigger tasks_followed after update of centre_id on tasks
  for each row when (old.centre_id <> new.centre_id) execute function follow_subject();
create trigger hostings_followed after update of state on hostings
  for each row when (old.state <> 'ACTIVE' and new.state = 'ACTIVE') execute function follow_subject();

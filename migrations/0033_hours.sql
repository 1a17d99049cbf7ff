-- +goose Up
create type hours_state as enum ('PENDING', 'APPROVED', 'ADJUSTED', 'REJECTED', 'VOID');

-- The minutes that count of the time between coming and leaving: those within the shift, rounded to 5, and never more than the
-- shift has of them.
-- +goose StatementBegin
create function minutes_worked(came timestamptz, went timestamptz, starts timestamptz, ends timestamptz) returns integer
  language sql immutable parallel safe as $$
  select least(
    5 * cast(round(greatest(extract(epoch from least(went, ends) - greatest(came, starts)), 0) / 300) as integer),
    5 * cast(floor(extract(epoch from ends - starts) / 300) as integer))
$$;
-- +goose StatementEnd

-- What a completed sign-up was worth, in minutes: worked_minutes as attendance has it, minutes as they count. One row for a sign-up, which is
-- VOID while attendance says that the person was not there to the end. answered_at is when the verdict came, which may be changed for
-- a time. The times follow the shift's, centre_id the task's.
create table hours (
  id             uuid primary key,
  signup_id      uuid not null unique references signups,
  shift_id       uuid not null,
  task_id        uuid not null references tasks,
  team_id        uuid not null,
  ngo_id         uuid not null,
  centre_id      uuid not null references centres,
  person_id      uuid not null references people,
  starts_at      timestamptz not null,
  ends_at        timestamptz not null,
  came_at        timestamptz not null,
  went_at        timestamptz not null,
  worked_minutes integer not null,
  minutes        integer not null,
  state          hours_state not null,
  reason         text,
  answered_by    uuid references people,
  answered_at    timestamptz,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  foreign key (team_id, ngo_id) references teams (id, ngo_id),
  foreign key (shift_id, starts_at, ends_at) references shifts (id, starts_at, ends_at) on update cascade,
  constraint hours_worked_whole check (worked_minutes >= 0 and worked_minutes % 5 = 0),
  constraint hours_minutes_whole check (minutes >= 0 and minutes % 5 = 0),
  constraint hours_within_shift check (60 * greatest(minutes, worked_minutes) <= extract(epoch from ends_at - starts_at)),
  constraint hours_count_as_they_stand check (case state when 'ADJUSTED' then minutes > 0
    when 'PENDING' then minutes = worked_minutes when 'APPROVED' then minutes = worked_minutes else minutes = 0 end),
  constraint hours_answered check ((state in ('APPROVED', 'ADJUSTED', 'REJECTED')) = (answered_at is not null)
    and (answered_at is null) = (answered_by is null)),
  constraint hours_not_by_oneself check (answered_by <> person_id),
  constraint hours_reason_given check (state not in ('ADJUSTED', 'REJECTED') or reason is not null)
);
create index hours_of_team on hours (team_id, id);
create index hours_of_task on hours (task_id, id);
create index hours_of_centre on hours (centre_id, id);
create index hours_counted_of_team on hours (team_id, state);
create index hours_counted_of_centre on hours (centre_id, state);
create index hours_of_person on hours (person_id, starts_at, id);
create index hours_of_shift on hours (shift_id);
create index hours_answered_by on hours (answered_by, id) where answered_by is not null;
create index hours_waiting_team on hours (team_id, id) where state = 'PENDING';
create index hours_waiting_task on hours (task_id, id) where state = 'PENDING';
create index hours_waiting_centre on hours (centre_id, id) where state = 'PENDING';

-- A task that goes to another centre takes its hours along.
-- +goose StatementBegin
create function hours_follow_task() returns trigger language plpgsql as $$
begin
  update hours set centre_id = new.centre_id where task_id = new.id;
  return null;
end $$;
-- +goose StatementEnd
create trigger tasks_hours_follow after update of centre_id on tasks
  for each row when (old.centre_id <> new.centre_id) execute function hours_follow_task();

-- Who was there before there were hours.
insert into hours (id, signup_id, shift_id, task_id, team_id, ngo_id, centre_id, person_id, starts_at, ends_at, came_at, went_at,
  worked_minutes, minutes, state, created_at, updated_at)
select id_at(g.updated_at), g.id, g.shift_id, t.id, t.team_id, t.ngo_id, t.centre_id, g.person_id, g.starts_at, g.ends_at,
  g.checked_in_at, g.checked_out_at, w.minutes, w.minutes, 'PENDING', now(), now()
from signups g join shifts s on s.id = g.shift_id join tasks t on t.id = s.task_id
  cross join lateral (select minutes_worked(g.checked_in_at, g.checked_out_at, g.starts_at, g.ends_at) as minutes) w
where g.state = 'COMPLETED' order by g.updated_at, g.id;
insert into moves (id, subject_id, verb, to_state, acting_as, at)
select id_at(h.created_at), h.id, 'CHECK_OUT', 'PENDING', 'HUB', h.created_at from hours h;

-- What became of each row of a list, for who asks again with the same key.
alter table idempotency_keys add column outcomes jsonb;

-- +goose Up
create type shift_state as enum ('PLANNED', 'CANCELLED');

-- taken, waiting and line are kept by the trigger of signups. begun_at is set by the worker once the start has come and
-- what follows from it is done.
create table shifts (
  id            uuid primary key,
  task_id       uuid not null references tasks,
  starts_at     timestamptz not null,
  ends_at       timestamptz not null,
  capacity      integer not null check (capacity between 1 and 10000),
  place         text,
  lat           float8,
  lon           float8,
  state         shift_state not null,
  cancel_reason text,
  begun_at      timestamptz,
  taken         integer not null default 0,
  waiting       integer not null default 0,
  created_at    timestamptz not null,
  unique (id, starts_at, ends_at),
  constraint shifts_end_after_start check (ends_at > starts_at and ends_at <= starts_at + interval '24 hours'),
  constraint shifts_taken_within_capacity check (taken between 0 and capacity),
  constraint shifts_waiting_not_negative check (waiting >= 0),
  constraint shifts_cancelled_empty check (state <> 'CANCELLED' or (taken = 0 and waiting = 0)),
  constraint shifts_cancel_has_reason check ((state = 'CANCELLED') = (cancel_reason is not null)),
  constraint shifts_point_whole check ((lat is null) = (lon is null)),
  constraint shifts_point_on_earth check (lat between -90 and 90 and lon between -180 and 180)
);
create index shifts_when on shifts (starts_at, task_id) where state = 'PLANNED';
create index shifts_task on shifts (task_id, starts_at, id);
create index shifts_free_while_waiting on shifts (starts_at)
  where waiting > 0 and taken < capacity and begun_at is null;
create index shifts_beginning on shifts (starts_at) where begun_at is null and state = 'PLANNED';

-- A task's seats are those of its shifts that are not cancelled; free ones count only where the shift is still to come.
-- The task is locked first: an update that waited for it would write the sums as they were before the wait.
-- +goose StatementBegin
create function sum_up_shifts() returns trigger language plpgsql as $$
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
    from shifts where task_id = new.task_id and state = 'PLANNED') s
  where t.id = new.task_id;
  return null;
end $$;
-- +goose StatementEnd
create trigger shifts_summed_up after insert or update of starts_at, capacity, taken, state, begun_at on shifts
  for each row execute function sum_up_shifts();

create type signup_state as enum
  ('WAITLISTED', 'OFFERED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED', 'NO_SHOW', 'CANCELLED', 'EXPIRED');

-- The place in line is taken under the shift's lock, so a lower number came earlier. starts_at and ends_at follow the
-- shift's, for the constraint against clashes and for a person's list in the order of time.
create sequence signups_line;
create table signups (
  id               uuid primary key,
  shift_id         uuid not null,
  person_id        uuid not null references people,
  starts_at        timestamptz not null,
  ends_at          timestamptz not null,
  state            signup_state not null,
  line             bigint not null default nextval('signups_line'),
  offer_expires_at timestamptz,
  checked_in_at    timestamptz,
  checked_out_at   timestamptz,
  end_reason       text,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  foreign key (shift_id, starts_at, ends_at) references shifts (id, starts_at, ends_at) on update cascade,
  constraint signups_offer_has_time check ((state = 'OFFERED') = (offer_expires_at is not null)),
  constraint signups_checked_in_has_time check (state not in ('CHECKED_IN', 'COMPLETED') or checked_in_at is not null),
  constraint signups_completed_has_time check ((state = 'COMPLETED') = (checked_out_at is not null)),
  constraint signups_no_clash exclude using gist (person_id with =, tstzrange(starts_at, ends_at) with &&)
    where (state in ('CONFIRMED', 'CHECKED_IN', 'COMPLETED'))
);
create unique index signups_live_key on signups (shift_id, person_id) where state not in ('CANCELLED', 'EXPIRED');
create index signups_shift on signups (shift_id, id);
create index signups_line_of_shift on signups (shift_id, line) where state = 'WAITLISTED';
create index signups_offers on signups (offer_expires_at) where state = 'OFFERED';
create index signups_not_checked_out on signups (ends_at) where state = 'CHECKED_IN';
create index signups_person on signups (person_id, starts_at, id);

-- +goose StatementBegin
create function takes_seat(s signup_state) returns boolean language sql immutable parallel safe as $$
  select s in ('OFFERED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED', 'NO_SHOW')
$$;
-- +goose StatementEnd

-- +goose StatementBegin
create function count_seats() returns trigger language plpgsql as $$
declare
  taken_change integer := takes_seat(new.state)::integer;
  waiting_change integer := (new.state = 'WAITLISTED')::integer;
begin
  if tg_op = 'UPDATE' then
    taken_change := taken_change - takes_seat(old.state)::integer;
    waiting_change := waiting_change - (old.state = 'WAITLISTED')::integer;
  end if;
  if taken_change <> 0 or waiting_change <> 0 then
    update shifts set taken = taken + taken_change, waiting = waiting + waiting_change where id = new.shift_id;
  end if;
  return null;
end $$;
-- +goose StatementEnd
create trigger signups_counted after insert or update of state on signups
  for each row execute function count_seats();

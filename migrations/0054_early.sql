-- +goose Up
-- What has not begun ends with its task, whoever came early: nobody has been anywhere before the start.
-- +goose StatementBegin
create or replace function refuse_shifts_to_come() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  task uuid := case tg_table_name when 'tasks' then to_jsonb(new)->>'id' else to_jsonb(new)->>'task_id' end;
begin
  perform from public.tasks where id = task for no key update; -- what follows sees what others did meanwhile
  if exists (select from public.tasks t join public.shifts s on s.task_id = t.id
      where t.id = task and t.state in ('CLAIMED_DONE', 'VERIFIED', 'CANCELLED')
        and s.state = 'PLANNED' and s.begun_at is null and s.starts_at > t.updated_at
        and not exists (select from public.signups g where g.shift_id = s.id and g.state in ('COMPLETED', 'NO_SHOW'))) then
    raise exception 'a task that is over has no shift to come'
      using errcode = 'check_violation', constraint = 'tasks_over_without_shifts', table = 'tasks';
  end if;
  return null;
end $$;
-- +goose StatementEnd

-- Nobody is at a shift that was moved away since they were checked in.
with back as (
  update signups g set state = 'CONFIRMED', checked_in_at = null, updated_at = now() from shifts s
  where s.id = g.shift_id and g.state = 'CHECKED_IN' and s.begun_at is null and s.starts_at > now() + interval '2 hours' returning g.id)
insert into moves (id, subject_id, verb, from_state, to_state, acting_as, at)
select id_at(now()), id, 'UPDATE_SHIFT', 'CHECKED_IN', 'CONFIRMED', 'HUB', now() from back;

-- Shifts that were left when their tasks ended, because somebody was checked in.
create temporary table left_over on commit drop as
select s.id, coalesce(t.cancel_reason, 'The work is done.') as reason, case t.state when 'CANCELLED' then 'CANCEL_TASK' else 'CLAIM_DONE' end as verb
from shifts s join tasks t on t.id = s.task_id
where t.state in ('CLAIMED_DONE', 'VERIFIED', 'CANCELLED') and s.state = 'PLANNED' and s.begun_at is null and s.starts_at > now()
  and not exists (select from signups g where g.shift_id = s.id and g.state in ('COMPLETED', 'NO_SHOW'));
with live as (
  select g.id, g.state, l.reason, l.verb from signups g join left_over l on l.id = g.shift_id
  where g.state in ('WAITLISTED', 'OFFERED', 'CONFIRMED', 'CHECKED_IN')),
gone as (
  update signups g set state = 'CANCELLED', offer_expires_at = null, checked_in_at = null, end_reason = live.reason, updated_at = now()
  from live where g.id = live.id)
insert into moves (id, subject_id, verb, from_state, to_state, acting_as, words, at)
select id_at(now()), id, verb, state, 'CANCELLED', 'HUB', reason, now() from live;
with gone as (update shifts s set state = 'CANCELLED', cancel_reason = l.reason from left_over l where s.id = l.id)
insert into moves (id, subject_id, verb, from_state, to_state, acting_as, words, at)
select id_at(now()), id, verb, 'PLANNED', 'CANCELLED', 'HUB', reason, now() from left_over;

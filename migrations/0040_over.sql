-- +goose Up
-- A task that is over has no shift to come: it is called off with the end. One that somebody has come to early takes place.
-- +goose StatementBegin
create function refuse_shifts_to_come() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  task uuid := case tg_table_name when 'tasks' then to_jsonb(new)->>'id' else to_jsonb(new)->>'task_id' end;
begin
  perform from public.tasks where id = task for no key update; -- what follows sees what others did meanwhile
  if exists (select from public.tasks t join public.shifts s on s.task_id = t.id
      where t.id = task and t.state in ('CLAIMED_DONE', 'VERIFIED', 'CANCELLED')
        and s.state = 'PLANNED' and s.begun_at is null and s.starts_at > t.updated_at
        and not exists (select from public.signups g where g.shift_id = s.id and g.state in ('CHECKED_IN', 'COMPLETED', 'NO_SHOW'))) then
    raise exception 'a task that is over has no shift to come'
      using errcode = 'check_violation', constraint = 'tasks_over_without_shifts', table = 'tasks';
  end if;
  return null;
end $$;
-- +goose StatementEnd
create trigger tasks_over_without_shifts after update of state on tasks
  for each row when (old.state <> new.state and new.state in ('CLAIMED_DONE', 'VERIFIED', 'CANCELLED')) execute function refuse_shifts_to_come();
create trigger shifts_over_without_shifts after insert or update of starts_at, state on shifts
  for each row when (new.state = 'PLANNED' and new.begun_at is null) execute function refuse_shifts_to_come();

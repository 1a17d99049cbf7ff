-- +goose Up
-- Supports of people who are suspended do not count meanwhile. The lock lets whoever supports and whoever suspends the same person
-- wait for each other, so that neither misses what the other did.
-- +goose StatementBegin
create or replace function public.count_supports() returns trigger language plpgsql as $$
declare
  change integer := (new.withdrawn_at is null)::integer;
begin
  if tg_op = 'UPDATE' then
    change := change - (old.withdrawn_at is null)::integer;
  end if;
  if change = 0 then
    return null;
  end if;
  perform from public.people where id = new.person_id for share;
  if exists (select from public.people where id = new.person_id and suspended_id is null) then
    update public.proposals set support_count = support_count + change where id = new.proposal_id;
  end if;
  return null;
end $$;
-- +goose StatementEnd

-- +goose StatementBegin
create function public.count_supports_of() returns trigger language plpgsql as $$
declare
  supported uuid[] := array(select proposal_id from public.supports where person_id = new.id and withdrawn_at is null);
begin
  perform from public.proposals where id = any(supported) order by id for no key update;
  update public.proposals set support_count = support_count + case when new.suspended_id is null then 1 else -1 end where id = any(supported);
  return null;
end $$;
-- +goose StatementEnd
create trigger people_supports_counted after update of suspended_id on public.people
  for each row when ((old.suspended_id is null) <> (new.suspended_id is null)) execute function public.count_supports_of();

update public.proposals p set support_count = support_count - s.absent
from (select s.proposal_id, count(*) as absent from public.supports s join public.people o on o.id = s.person_id
  where s.withdrawn_at is null and o.suspended_id is not null group by 1) s
where s.proposal_id = p.id;

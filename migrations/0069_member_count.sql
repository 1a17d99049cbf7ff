-- +goose Up
-- Teams count their members: those who are active and not suspended. Null is not counted yet; it stays so until the next file has
-- counted.
alter table teams add column member_count integer;
alter table teams alter column member_count set default 0;

-- +goose StatementBegin
create function count_members() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  change integer := coalesce((new.state = 'ACTIVE')::integer, 0) - coalesce((old.state = 'ACTIVE')::integer, 0);
  member uuid := coalesce(new.person_id, old.person_id);
begin
  if change = 0 then
    return null;
  end if;
  perform from people where id = member for share;
  if exists (select from people where id = member and suspended_id is null) then
    update teams set member_count = member_count + change where id = coalesce(new.team_id, old.team_id);
  end if;
  return null;
end $$;
-- +goose StatementEnd
create trigger memberships_counted after insert or update of state or delete on memberships for each row execute function count_members();

-- +goose StatementBegin
create function count_members_of() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  joined uuid[] := array(select team_id from memberships where person_id = new.id and state = 'ACTIVE');
begin
  perform from teams where id = any(joined) order by id for no key update;
  update teams set member_count = member_count + case when new.suspended_id is null then 1 else -1 end where id = any(joined);
  return null;
end $$;
-- +goose StatementEnd
create trigger people_members_counted after update of suspended_id on people for each row
  when ((old.suspended_id is null) <> (new.suspended_id is null)) execute function count_members_of();

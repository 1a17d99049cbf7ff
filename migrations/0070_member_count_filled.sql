-- +goose NO TRANSACTION
-- +goose Up
-- The team's row is locked before its members are counted: whoever joins meanwhile waits, and is added afterwards.
-- +goose StatementBegin
do $$
declare
  team uuid;
begin
  for team in select id from teams where member_count is null loop
    perform from teams where id = team for no key update;
    update teams set member_count = (select count(*) from memberships m join people p on p.id = m.person_id
      where m.team_id = team and m.state = 'ACTIVE' and p.suspended_id is null) where id = team and member_count is null;
    commit;
  end loop;
end $$;
-- +goose StatementEnd

-- +goose Up
-- A session that is deleted, with its account, ends its streams as one that is ended does.
-- +goose StatementBegin
create or replace function public.tell_live() returns trigger language plpgsql as $$
begin
  -- The first argument is the kind of topic, the second the column with the id.
  perform pg_catalog.pg_notify('live', tg_argv[0] || ':' || (case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end ->> tg_argv[1]));
  return null;
end $$;
-- +goose StatementEnd
create trigger sessions_gone_live after delete on sessions for each row when (old.ended_at is null)
  execute function public.tell_live('session', 'id');

-- Addresses of suspended people who erased their accounts, so that who registers anew with one is suspended too: HMACs under the
-- hub's key, until the suspension ends.
create table suspended_addresses (
  hash        bytea primary key,
  decision_id uuid not null references decisions
);
create index suspended_addresses_decision on suspended_addresses (decision_id);
create index people_suspended on people (suspended_id) where suspended_id is not null;

-- An appeal's words stand in its decision, where an erasure finds them.
select set_config('hub.purging', 'on', true);
update moves set words = null where verb = 'APPEAL' and words is not null;
select set_config('hub.purging', 'off', true);

-- +goose Up
-- What streams show says on the channel "live" that it has changed: the kind of topic and the id of what it belongs to, which
-- all processes hear once the transaction is committed. The same said twice in a transaction is heard once.
-- +goose StatementBegin
create function tell_live() returns trigger language plpgsql as $$
begin
  -- The first argument is the kind of topic, the second the column with the id.
  perform pg_notify('live', tg_argv[0] || ':' || (to_jsonb(new) ->> tg_argv[1]));
  return null;
end $$;
-- +goose StatementEnd
create trigger tasks_live after update on tasks for each row when (old.* is distinct from new.*)
  execute function tell_live('task', 'id');
create trigger shifts_live after insert or update on shifts for each row execute function tell_live('seats', 'task_id');
create trigger signups_live after insert or update on signups for each row execute function tell_live('signups', 'person_id');
create trigger notices_live after insert or update on notices for each row execute function tell_live('notices', 'person_id');
create trigger sessions_live after update of ended_at on sessions for each row when (new.ended_at is not null)
  execute function tell_live('session', 'id');

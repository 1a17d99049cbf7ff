-- +goose Up
-- Who attended is known once there is something to attend, and how long once it is over. What was written down before its time counts
-- as written down then.
update signups set updated_at = starts_at where state in ('COMPLETED', 'NO_SHOW') and updated_at < starts_at;
update signups set checked_out_at = greatest(starts_at, checked_in_at)
  where state = 'COMPLETED' and checked_out_at < greatest(starts_at, checked_in_at);
update hours set went_at = greatest(starts_at, came_at) where went_at < greatest(starts_at, came_at);
update hours set answered_at = ends_at where answered_at < ends_at;
alter table signups
  add constraint signups_attended_after_start check (state not in ('COMPLETED', 'NO_SHOW') or updated_at >= starts_at),
  add constraint signups_out_after_start check (checked_out_at >= starts_at and checked_out_at >= checked_in_at);
alter table hours add constraint hours_answered_after_end check (answered_at >= ends_at);

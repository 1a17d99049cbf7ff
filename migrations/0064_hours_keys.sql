-- +goose NO TRANSACTION
-- +goose Up
-- For what follows: the hours of a sign-up are its person's, and on its shift's task.
set lock_timeout = 0;
drop index concurrently if exists signups_key_of_hours;
create unique index concurrently signups_key_of_hours on signups (id, shift_id, person_id);
drop index concurrently if exists shifts_key_of_hours;
create unique index concurrently shifts_key_of_hours on shifts (id, task_id);
reset lock_timeout;

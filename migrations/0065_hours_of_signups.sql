-- +goose NO TRANSACTION
-- +goose Up
alter table hours drop constraint if exists hours_of_signup,
  add constraint hours_of_signup foreign key (signup_id, shift_id, person_id) references signups (id, shift_id, person_id) not valid;
alter table hours drop constraint if exists hours_on_task,
  add constraint hours_on_task foreign key (shift_id, task_id) references shifts (id, task_id) not valid;

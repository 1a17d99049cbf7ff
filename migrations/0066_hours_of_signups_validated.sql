-- +goose NO TRANSACTION
-- +goose Up
alter table hours validate constraint hours_of_signup;
alter table hours validate constraint hours_on_task;
-- The new ones say as much, and more.
alter table hours drop constraint if exists hours_signup_id_fkey;
alter table hours drop constraint if exists hours_task_id_fkey;

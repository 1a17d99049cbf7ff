-- +goose Up
alter table signups add column note text;
update signups set note = '';
select pg_sleep(2);

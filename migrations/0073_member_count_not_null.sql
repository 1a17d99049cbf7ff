-- +goose Up
-- The constraint spares PostgreSQL reading the rows.
alter table teams alter column member_count set not null;
alter table teams drop constraint teams_member_count_known;

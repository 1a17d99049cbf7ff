-- +goose NO TRANSACTION
-- +goose Up
alter table teams validate constraint teams_member_count_check;
alter table teams validate constraint teams_member_count_known;

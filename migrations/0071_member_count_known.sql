-- +goose Up
alter table teams add constraint teams_member_count_check check (member_count >= 0) not valid,
  add constraint teams_member_count_known check (member_count is not null) not valid;

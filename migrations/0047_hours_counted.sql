-- +goose Up
-- 0033 first landed without these.
create index if not exists hours_counted_of_team on hours (team_id, state);
create index if not exists hours_counted_of_centre on hours (centre_id, state);

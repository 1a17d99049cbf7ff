-- +goose Up
-- Counts of what is not hidden are answered by an index alone.
create index tasks_shown on tasks (id) include (state) where hidden_id is null;
drop index tasks_point;
create index tasks_point on tasks (lat, lon) include (id, state) where lat is not null and hidden_id is null;

-- +goose Up
-- The day of the city's announcement that a figure of the plan is from.
alter table indicators add column announced_on date;

-- The roles that are held now, of one kind, in the order of their list.
create index grants_held on grants (role, id) where ended_at is null;

-- +goose Up
-- Hours are what people worked; these are when a centre is open.
-- contract: nothing is deployed yet, so that no earlier hub reads the old name.
alter table centres rename column hours to opening_hours;

-- +goose Up
-- From when on a link counts that the hub signs and keeps no row of: one made before is no longer valid. Null is always.
alter table people add column links_since timestamptz;

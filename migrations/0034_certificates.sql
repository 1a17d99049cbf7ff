-- +goose Up
create type certificate_revocation as enum ('HOURS_CHANGED', 'TAKEN_BACK', 'ACCOUNT_DELETED');

-- A person's approved hours over a period, as they were. The name is as it was too; it goes with the account. centre_id is the centre
-- that all of the hours are from, null where there are several.
create table certificates (
  id          uuid primary key,
  number      text not null unique check (number ~ '^JH-[0-9]{4}-[2-9A-HJ-KM-NP-Z]{4}-[2-9A-HJ-KM-NP-Z]{4}-[2-9A-HJ-KM-NP-Z]{4}$'),
  person_id   uuid not null references people,
  given_name  text not null,
  family_name text not null,
  language    language not null,
  from_on     date not null,
  to_on       date not null,
  first_on    date not null,
  last_on     date not null,
  minutes     integer not null check (minutes > 0),
  shifts      integer not null check (shifts > 0),
  centre_id   uuid references centres,
  issued_at   timestamptz not null,
  revoked_at  timestamptz,
  revocation  certificate_revocation,
  constraint certificates_period check (from_on <= first_on and first_on <= last_on and last_on <= to_on),
  constraint certificates_revoked_because check ((revoked_at is null) = (revocation is null)),
  constraint certificates_named check (given_name <> '' or revoked_at is not null)
);
create index certificates_person on certificates (person_id, id);

-- What it tells of the work for a team, under the names of then.
create table certificate_parts (
  certificate_id uuid not null references certificates,
  team_id        uuid not null references teams,
  team_name_kk   text not null,
  team_name_ru   text not null,
  team_name_en   text not null,
  ngo_name_kk    text not null,
  ngo_name_ru    text not null,
  ngo_name_en    text not null,
  minutes        integer not null check (minutes > 0),
  shifts         integer not null check (shifts > 0),
  first_on       date not null,
  last_on        date not null,
  primary key (certificate_id, team_id)
);

-- The hours that it is made of: one that changes revokes it.
create table certificate_hours (
  certificate_id uuid not null references certificates,
  hours_id       uuid not null references hours,
  minutes        integer not null check (minutes > 0),
  primary key (certificate_id, hours_id)
);
create index certificate_hours_of on certificate_hours (hours_id, certificate_id);

-- The register of volunteer work, in the order of time.
create index hours_when on hours (starts_at, id) where state in ('APPROVED', 'ADJUSTED');
create index hours_of_ngo on hours (ngo_id, starts_at, id) where state in ('APPROVED', 'ADJUSTED');

-- +goose Up
create type focus as enum ('ECOLOGICAL', 'PATRIOTIC', 'VOLUNTEER', 'CULTURAL', 'EDUCATIONAL', 'SPORT', 'SOCIAL',
  'MEDIA', 'DIGITAL', 'OTHER');
create type ngo_state as enum ('FORMING', 'ACTIVE', 'SUSPENDED', 'ARCHIVED');

create table ngos (
  id         uuid primary key,
  name_kk    text not null,
  name_ru    text not null,
  name_en    text not null,
  mission    text,
  language   language not null,
  focus      focus not null,
  state      ngo_state not null,
  bin        text unique check (bin ~ '^[0-9]{12}$'),
  created_at timestamptz not null,
  check (name_kk <> '' or name_ru <> '' or name_en <> '')
);
create index ngos_focus on ngos (focus, id);
create index ngos_state on ngos (state, id);

-- A role in a scope: the city's has none, a centre's and an NGO's name theirs. Ended, never deleted.
create table grants (
  id        uuid primary key,
  person_id uuid not null references people,
  role      role not null,
  centre_id uuid references centres,
  ngo_id    uuid references ngos,
  given_by  uuid references people,
  given_at  timestamptz not null,
  ended_by  uuid references people,
  ended_at  timestamptz,
  constraint grants_scope check (
    case role
      when 'CITY_OFFICER' then centre_id is null and ngo_id is null
      when 'NGO_LEAD' then centre_id is null and ngo_id is not null
      else centre_id is not null and ngo_id is null
    end)
);
create unique index grants_open_key on grants
  (person_id, role, coalesce(centre_id, ngo_id, '00000000-0000-0000-0000-000000000000')) where ended_at is null;

create table teams (
  id         uuid primary key,
  ngo_id     uuid not null references ngos,
  name_kk    text not null,
  name_ru    text not null,
  name_en    text not null,
  about      text,
  language   language not null,
  created_at timestamptz not null,
  unique (id, ngo_id),
  check (name_kk <> '' or name_ru <> '' or name_en <> '')
);
create index teams_ngo on teams (ngo_id, id);

-- Which centre hosts a team, and since when: a dated record, so that a move does not rewrite last year's figures.
create type hosting_state as enum ('REQUESTED', 'ACTIVE', 'ENDED', 'DECLINED');
create table hostings (
  id         uuid primary key,
  team_id    uuid not null references teams,
  centre_id  uuid not null references centres,
  state      hosting_state not null,
  asked_at   timestamptz not null,
  started_at timestamptz,
  ended_at   timestamptz,
  constraint hostings_dated check (
    (state in ('ACTIVE', 'ENDED')) = (started_at is not null) and (state = 'ENDED') = (ended_at is not null)),
  constraint hostings_one_at_a_time exclude using gist (team_id with =, tstzrange(started_at, ended_at) with &&)
    where (started_at is not null)
);
create unique index hostings_active_key on hostings (team_id) where state = 'ACTIVE';
create unique index hostings_requested_key on hostings (team_id) where state = 'REQUESTED';
create index hostings_centre on hostings (centre_id, team_id) where state = 'ACTIVE';
create index hostings_team on hostings (team_id, id);
create index hostings_asked on hostings (centre_id, id) where state = 'REQUESTED';

create type team_role as enum ('LEAD', 'MEMBER');
create type membership_state as enum
  ('REQUESTED', 'INVITED', 'ACTIVE', 'DECLINED', 'WITHDRAWN', 'EXPIRED', 'LEFT', 'REMOVED');
create table memberships (
  id         uuid primary key,
  team_id    uuid not null references teams,
  person_id  uuid not null references people,
  role       team_role not null,
  state      membership_state not null,
  message    text,
  created_at timestamptz not null,
  expires_at timestamptz,
  joined_at  timestamptz,
  ended_at   timestamptz,
  constraint memberships_asked_expire check ((state in ('REQUESTED', 'INVITED')) = (expires_at is not null))
);
create unique index memberships_open_key on memberships (team_id, person_id)
  where state in ('REQUESTED', 'INVITED', 'ACTIVE');
create index memberships_team on memberships (team_id, state, id);
create index memberships_person on memberships (person_id, id);
create index memberships_expiring on memberships (expires_at) where expires_at is not null;

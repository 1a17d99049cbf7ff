-- +goose Up
create type invited_role as enum ('CITY_OFFICER', 'COORDINATOR', 'CONSULTANT', 'NGO_LEAD', 'TEAM_LEAD', 'TEAM_MEMBER');
create type invitation_state as enum ('SENT', 'ACCEPTED', 'WITHDRAWN', 'EXPIRED');

-- A role offered to an e-mail address, whether it has an account or not. The link's token is known to who has the mail; here
-- is its SHA-256. The address is forgotten some time after the end: it may be somebody's who never came.
create table invitations (
  id         uuid primary key,
  token_hash bytea not null unique,
  email      text,
  role       invited_role not null,
  centre_id  uuid references centres,
  ngo_id     uuid references ngos,
  team_id    uuid references teams,
  state      invitation_state not null,
  invited_by uuid not null references people,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at   timestamptz,
  constraint invitations_scope check (
    case
      when role = 'CITY_OFFICER' then centre_id is null and ngo_id is null and team_id is null
      when role in ('COORDINATOR', 'CONSULTANT') then centre_id is not null and ngo_id is null and team_id is null
      when role = 'NGO_LEAD' then centre_id is null and ngo_id is not null and team_id is null
      else centre_id is null and ngo_id is null and team_id is not null
    end),
  constraint invitations_end check ((state = 'SENT') = (ended_at is null)),
  constraint invitations_addressed check (email is not null or ended_at is not null)
);
create unique index invitations_open_key on invitations
  (email, role, coalesce(centre_id, ngo_id, team_id, '00000000-0000-0000-0000-000000000000')) where state = 'SENT';
create index invitations_ngo on invitations (ngo_id, id) where state = 'SENT';
create index invitations_centre on invitations (centre_id, id) where state = 'SENT';
create index invitations_team on invitations (team_id, id) where state = 'SENT';
create index invitations_city on invitations (id) where state = 'SENT' and team_id is null;
create index invitations_due on invitations (expires_at) where state = 'SENT';
create index invitations_forgotten on invitations (ended_at) where email is not null and ended_at is not null;
create index invitations_by on invitations (invited_by);

-- Who is known to an OpenID provider under which subject. What links them is these two alone, never an e-mail address.
create table identities (
  id         uuid primary key,
  person_id  uuid not null references people,
  issuer     text not null,
  subject    text not null,
  created_at timestamptz not null,
  constraint identities_key unique (issuer, subject)
);
create index identities_person on identities (person_id);

-- Somebody whom a provider vouches for and who has no account yet: it wants a birth date. Here is the token's SHA-256.
create table pending_identities (
  token_hash  bytea primary key,
  issuer      text not null,
  subject     text not null,
  email       text not null,
  given_name  text not null,
  family_name text not null,
  expires_at  timestamptz not null
);
create index pending_identities_age on pending_identities (expires_at);

-- A browser that was sent to the provider and is to come back, once: what it was sent with, and the SHA-256 of its cookie.
-- session_id is whose account is to be linked, and null where somebody signs in.
create table oidc_flows (
  state_hash   bytea primary key,
  browser_hash bytea not null,
  nonce        text not null,
  verifier     text not null,
  return_to    text not null,
  session_id   uuid references sessions,
  expires_at   timestamptz not null
);
create index oidc_flows_age on oidc_flows (expires_at);

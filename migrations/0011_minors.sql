-- +goose Up
-- What kind of work a task is. The last five are closed to people under 18 by article 12 of the Law of the Republic of
-- Kazakhstan 42-VI of 30 December 2016 on volunteer activity.
create type work_class as enum
  ('LIGHT', 'STANDARD', 'HEAVY', 'HAZARDOUS', 'EMERGENCY_AID', 'OFFENDER_AID', 'PUBLIC_FUNDRAISING');

-- +goose StatementBegin
create function adults_only(c work_class) returns boolean language sql immutable parallel safe as $$
  select c in ('HEAVY', 'HAZARDOUS', 'EMERGENCY_AID', 'OFFENDER_AID', 'PUBLIC_FUNDRAISING')
$$;
-- +goose StatementEnd

-- Whole years on the calendar day, in Almaty, of a moment; the same as auth.AgeOn.
-- +goose StatementBegin
create function age_on(birth date, at timestamptz) returns integer language sql immutable parallel safe as $$
  select cast(extract(year from age(cast(at at time zone 'Asia/Almaty' as date)::timestamp, birth::timestamp)) as integer)
$$;
-- +goose StatementEnd

alter table tasks
  add column work_class work_class not null default 'STANDARD',
  add constraint tasks_work_fits_age check (
    state in ('DRAFT', 'CANCELLED') or not adults_only(work_class) or coalesce(min_age, 0) >= 18);
create index tasks_work_class on tasks (work_class, id);

-- Who signed up did so for this class of work.
-- +goose StatementBegin
create function work_class_is_settled() returns trigger language plpgsql as $$
begin
  raise exception 'the class of work is settled once the task is published'
    using errcode = 'check_violation', constraint = 'tasks_work_class_settled', table = 'tasks';
end $$;
-- +goose StatementEnd
create trigger tasks_work_class_settled before update of work_class on tasks
  for each row when (old.state <> 'DRAFT' and old.work_class <> new.work_class) execute function work_class_is_settled();

-- Nobody under 18 on the day of the shift is on a class of work that is closed to them, whatever the program says. A shift
-- that is moved brings its sign-ups here too.
-- +goose StatementBegin
create function refuse_forbidden_work() returns trigger language plpgsql as $$
begin
  if exists (select from shifts s join tasks t on t.id = s.task_id join people p on p.id = new.person_id
      where s.id = new.shift_id and adults_only(t.work_class) and age_on(p.birth_date, new.starts_at) < 18) then
    raise exception 'work of this class is closed to people under 18'
      using errcode = 'check_violation', constraint = 'signups_work_allowed', table = 'signups';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger signups_work_allowed before insert or update of state, starts_at, shift_id, person_id on signups
  for each row when (new.state not in ('CANCELLED', 'EXPIRED')) execute function refuse_forbidden_work();

-- A guardian has no account: such a move is by nobody the hub knows.
alter table moves
  drop constraint moves_acting_as_check,
  add constraint moves_acting_as_check check (
    acting_as in ('PERSON', 'AUTHOR', 'LEAD', 'COORDINATOR', 'OFFICER', 'GUARDIAN', 'HUB')),
  drop constraint moves_by_somebody,
  add constraint moves_by_somebody check ((by_id is null) = (acting_as in ('GUARDIAN', 'HUB')));

create type consent_scope as enum ('TAKING_PART', 'PHOTO', 'NAME');
create type consent_state as enum ('ASKED', 'GIVEN', 'DECLINED', 'EXPIRED', 'WITHDRAWN');

-- A guardian's consent to one scope, asked for by mail or recorded from a signed paper. What was asked or recorded at once
-- has one request_id; a mailed link leads to all of it. Here is the SHA-256 of the link's token.
create table consents (
  id             uuid primary key,
  request_id     uuid not null,
  person_id      uuid not null references people,
  scope          consent_scope not null,
  state          consent_state not null,
  text_version   text not null,
  language       language not null,
  guardian_email text,
  token_hash     bytea,
  expires_at     timestamptz,
  recorded_by    uuid references people,
  seen_on        date,
  note           text,
  asked_at       timestamptz not null,
  given_at       timestamptz,
  revoked_at     timestamptz,
  revoked_by     uuid references people,
  reason         text,
  constraint consents_mail_or_paper check (
    (guardian_email is null) = (recorded_by is not null)
    and (guardian_email is null) = (token_hash is null)
    and (recorded_by is null) = (seen_on is null)),
  constraint consents_asked_by_mail check (recorded_by is null or state in ('GIVEN', 'WITHDRAWN')),
  constraint consents_asked_expires check ((token_hash is null) = (expires_at is null)),
  constraint consents_given_has_time check (state <> 'GIVEN' or given_at is not null),
  constraint consents_withdrawn_has_time check ((state = 'WITHDRAWN') = (revoked_at is not null))
);
create unique index consents_live_key on consents (person_id, scope) where state = 'GIVEN';
create unique index consents_asked_key on consents (person_id, scope) where state = 'ASKED';
create index consents_person on consents (person_id, id);
create index consents_request on consents (request_id, id);
create index consents_token on consents (token_hash) where token_hash is not null;
create index consents_guardian on consents (guardian_email, asked_at) where guardian_email is not null;
create index consents_unanswered on consents (expires_at) where state = 'ASKED';

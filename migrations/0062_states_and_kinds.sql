-- +goose NO TRANSACTION
-- +goose Up
-- What is curated has a name in one language at least.
alter table districts drop constraint if exists districts_named,
  add constraint districts_named check (name_kk <> '' or name_ru <> '' or name_en <> '') not valid;
alter table centres drop constraint if exists centres_named,
  add constraint centres_named check (name_kk <> '' or name_ru <> '' or name_en <> '') not valid;
-- Addresses are in lower case, as those of people.
alter table account_tokens drop constraint if exists account_tokens_email_folded,
  add constraint account_tokens_email_folded check (email = lower(email)) not valid;
alter table consents drop constraint if exists consents_guardian_email_folded,
  add constraint consents_guardian_email_folded check (guardian_email = lower(guardian_email)) not valid;
alter table invitations drop constraint if exists invitations_email_folded,
  add constraint invitations_email_folded check (email = lower(email)) not valid;
alter table pending_identities drop constraint if exists pending_identities_email_folded,
  add constraint pending_identities_email_folded check (email = lower(email)) not valid;
-- Dates by state. A role that the command line or a decision ends is ended by nobody.
alter table memberships drop constraint if exists memberships_dated,
  add constraint memberships_dated check ((state in ('ACTIVE', 'LEFT', 'REMOVED')) = (joined_at is not null)
    and (state in ('REQUESTED', 'INVITED', 'ACTIVE')) = (ended_at is null)) not valid;
alter table grants drop constraint if exists grants_ended_by_somebody,
  add constraint grants_ended_by_somebody check (ended_by is null or ended_at is not null) not valid;
-- What triggers count.
alter table tasks drop constraint if exists tasks_places_counted,
  add constraint tasks_places_counted check (taken >= 0 and free >= 0 and taken + free <= capacity) not valid;
-- Closed lists: the enums of the schema.
alter table notices drop constraint if exists notices_kind_check,
  add constraint notices_kind_check check (kind in (
    'PROPOSAL_NEW', 'PROPOSAL_MOVED', 'PROPOSAL_MERGED', 'PROPOSAL_INFO_WANTED', 'PROPOSAL_OVERDUE', 'TASK_FROM_PROPOSAL', 'TASK_TO_VERIFY',
    'TASK_VERIFIED', 'TASK_SENT_BACK', 'TASK_DISPUTED', 'TASK_CANCELLED', 'SIGNUP_CONFIRMED', 'SEAT_OFFERED', 'OFFER_EXPIRED',
    'OFFER_WITHDRAWN', 'SEATS_LATE', 'SHIFT_CHANGED', 'SHIFT_CANCELLED', 'SHIFT_TOMORROW', 'SHIFT_TODAY', 'MEMBERSHIP_REQUESTED',
    'MEMBERSHIP_INVITED', 'MEMBERSHIP_ANSWERED', 'MEMBERSHIP_ENDED', 'CONSENT_ANSWERED', 'HOURS_ANSWERED', 'CERTIFICATE_REVOKED')) not valid;
alter table notices drop constraint if exists notices_subject_type_check,
  add constraint notices_subject_type_check check (subject_type in ('PROPOSAL', 'TASK', 'SHIFT', 'TEAM', 'CERTIFICATE', 'CONSENT')) not valid;
alter table notice_preferences drop constraint if exists notice_preferences_topic_check,
  add constraint notice_preferences_topic_check check (
    topic in ('PROPOSALS', 'SHIFTS', 'REMINDERS', 'MEMBERSHIPS', 'TEAMWORK', 'CENTRE', 'RECORD')) not valid;
alter table shift_reminders drop constraint if exists shift_reminders_kind_check,
  add constraint shift_reminders_kind_check check (kind in ('SHIFT_TOMORROW', 'SHIFT_TODAY')) not valid;
-- Emails and verbs are no closed lists: each feature brings some, the program refuses others, and old verbs stay in the history. The
-- database holds only their form.
alter table outbox drop constraint if exists outbox_kind_shape,
  add constraint outbox_kind_shape check (kind ~ '^[A-Z][A-Z_]{2,39}$') not valid;
alter table moves drop constraint if exists moves_verb_shape,
  add constraint moves_verb_shape check (verb ~ '^[A-Z][A-Z_]{2,39}$') not valid;

-- +goose NO TRANSACTION
-- +goose Up
alter table districts validate constraint districts_named;
alter table centres validate constraint centres_named;
alter table account_tokens validate constraint account_tokens_email_folded;
alter table consents validate constraint consents_guardian_email_folded;
alter table invitations validate constraint invitations_email_folded;
alter table pending_identities validate constraint pending_identities_email_folded;
alter table memberships validate constraint memberships_dated;
alter table grants validate constraint grants_ended_by_somebody;
alter table tasks validate constraint tasks_places_counted;
alter table notices validate constraint notices_kind_check;
alter table notices validate constraint notices_subject_type_check;
alter table notice_preferences validate constraint notice_preferences_topic_check;
alter table shift_reminders validate constraint shift_reminders_kind_check;
alter table outbox validate constraint outbox_kind_shape;
alter table moves validate constraint moves_verb_shape;

-- +goose NO TRANSACTION
-- +goose Up
-- The limits of the inputs, for texts that people write. Characters are counted as the hub counts them: by code points.
alter table consents
  drop constraint if exists consents_note_length,
  add constraint consents_note_length check (char_length(note) <= 500) not valid,
  drop constraint if exists consents_reason_length,
  add constraint consents_reason_length check (char_length(reason) <= 1000) not valid;
alter table decisions
  drop constraint if exists decisions_words_length,
  add constraint decisions_words_length check (char_length(words) <= 1000) not valid,
  drop constraint if exists decisions_appeal_length,
  add constraint decisions_appeal_length check (char_length(appeal) <= 4000) not valid,
  drop constraint if exists decisions_answer_length,
  add constraint decisions_answer_length check (char_length(answer) <= 1000) not valid;
alter table erasures
  drop constraint if exists erasures_reason_length,
  add constraint erasures_reason_length check (char_length(reason) <= 1000) not valid;
alter table hours
  drop constraint if exists hours_reason_length,
  add constraint hours_reason_length check (char_length(reason) <= 1000) not valid;
alter table idempotency_keys
  drop constraint if exists idempotency_keys_key_length,
  add constraint idempotency_keys_key_length check (char_length(key) <= 128) not valid;
alter table memberships
  drop constraint if exists memberships_message_length,
  add constraint memberships_message_length check (char_length(message) <= 1000) not valid;
alter table moves
  drop constraint if exists moves_words_length,
  add constraint moves_words_length check (char_length(words) <= 4000) not valid;
alter table ngos
  drop constraint if exists ngos_mission_length,
  add constraint ngos_mission_length check (char_length(mission) <= 2000) not valid;
alter table progress_updates
  drop constraint if exists progress_updates_text_length,
  add constraint progress_updates_text_length check (char_length(text) <= 4000) not valid,
  drop constraint if exists progress_updates_lower_reason_length,
  add constraint progress_updates_lower_reason_length check (char_length(lower_reason) <= 1000) not valid;
alter table proposals
  drop constraint if exists proposals_title_length,
  add constraint proposals_title_length check (char_length(title) <= 120) not valid,
  drop constraint if exists proposals_text_length,
  add constraint proposals_text_length check (char_length(text) <= 4000) not valid,
  drop constraint if exists proposals_place_length,
  add constraint proposals_place_length check (char_length(place) <= 200) not valid,
  drop constraint if exists proposals_question_length,
  add constraint proposals_question_length check (char_length(question) <= 1000) not valid,
  drop constraint if exists proposals_decline_words_length,
  add constraint proposals_decline_words_length check (char_length(decline_words) <= 1000) not valid;
alter table reports
  drop constraint if exists reports_words_length,
  add constraint reports_words_length check (char_length(words) <= 1000) not valid;
alter table shifts
  drop constraint if exists shifts_place_length,
  add constraint shifts_place_length check (char_length(place) <= 200) not valid,
  drop constraint if exists shifts_cancel_reason_length,
  add constraint shifts_cancel_reason_length check (char_length(cancel_reason) <= 1000) not valid;
alter table signups
  drop constraint if exists signups_end_reason_length,
  add constraint signups_end_reason_length check (char_length(end_reason) <= 1000) not valid;
alter table special_days
  drop constraint if exists special_days_name_kk_length,
  add constraint special_days_name_kk_length check (char_length(name_kk) <= 120) not valid,
  drop constraint if exists special_days_name_ru_length,
  add constraint special_days_name_ru_length check (char_length(name_ru) <= 120) not valid,
  drop constraint if exists special_days_name_en_length,
  add constraint special_days_name_en_length check (char_length(name_en) <= 120) not valid;
alter table task_claims
  drop constraint if exists task_claims_words_length,
  add constraint task_claims_words_length check (char_length(words) <= 1000) not valid,
  drop constraint if exists task_claims_no_photo_reason_length,
  add constraint task_claims_no_photo_reason_length check (char_length(no_photo_reason) <= 1000) not valid;
alter table tasks
  drop constraint if exists tasks_title_length,
  add constraint tasks_title_length check (char_length(title) <= 120) not valid,
  drop constraint if exists tasks_description_length,
  add constraint tasks_description_length check (char_length(description) <= 4000) not valid,
  drop constraint if exists tasks_place_length,
  add constraint tasks_place_length check (char_length(place) <= 200) not valid,
  drop constraint if exists tasks_cancel_reason_length,
  add constraint tasks_cancel_reason_length check (char_length(cancel_reason) <= 1000) not valid;
alter table teams
  drop constraint if exists teams_about_length,
  add constraint teams_about_length check (char_length(about) <= 2000) not valid;

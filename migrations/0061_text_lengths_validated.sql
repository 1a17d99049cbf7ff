-- +goose NO TRANSACTION
-- +goose Up
alter table consents
  validate constraint consents_note_length,
  validate constraint consents_reason_length;
alter table decisions
  validate constraint decisions_words_length,
  validate constraint decisions_appeal_length,
  validate constraint decisions_answer_length;
alter table erasures validate constraint erasures_reason_length;
alter table hours validate constraint hours_reason_length;
alter table idempotency_keys validate constraint idempotency_keys_key_length;
alter table memberships validate constraint memberships_message_length;
alter table moves validate constraint moves_words_length;
alter table ngos validate constraint ngos_mission_length;
alter table progress_updates
  validate constraint progress_updates_text_length,
  validate constraint progress_updates_lower_reason_length;
alter table proposals
  validate constraint proposals_title_length,
  validate constraint proposals_text_length,
  validate constraint proposals_place_length,
  validate constraint proposals_question_length,
  validate constraint proposals_decline_words_length;
alter table reports validate constraint reports_words_length;
alter table shifts
  validate constraint shifts_place_length,
  validate constraint shifts_cancel_reason_length;
alter table signups validate constraint signups_end_reason_length;
alter table special_days
  validate constraint special_days_name_kk_length,
  validate constraint special_days_name_ru_length,
  validate constraint special_days_name_en_length;
alter table task_claims
  validate constraint task_claims_words_length,
  validate constraint task_claims_no_photo_reason_length;
alter table tasks
  validate constraint tasks_title_length,
  validate constraint tasks_description_length,
  validate constraint tasks_place_length,
  validate constraint tasks_cancel_reason_length;
alter table teams validate constraint teams_about_length;

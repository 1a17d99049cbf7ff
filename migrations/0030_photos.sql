-- +goose Up
-- A picture that somebody sent. The row is written before the files, and deleted after them: no file is without a row. It is
-- shown once stored_at is set, and no more from removed_at on; then the worker deletes the files, and the row too where the photo
-- was never attached. A photo is attached once: to a proposal, to a task, or to an update of a task.
create table photos (
  id            uuid primary key,
  uploader_id   uuid not null references people,
  width         integer not null check (width between 1 and 1600),
  height        integer not null check (height between 1 and 3200),
  created_at    timestamptz not null,
  stored_at     timestamptz,
  proposal_id   uuid references proposals,
  task_id       uuid references tasks,
  update_id     uuid references progress_updates,
  position      integer,
  minors_shown  boolean,
  attached_at   timestamptz,
  removed_at    timestamptz,
  files_gone_at timestamptz,
  constraint photos_attached_whole check (num_nulls(position, minors_shown, attached_at) in (0, 3)),
  constraint photos_attached_once check (num_nonnulls(proposal_id, task_id) = (attached_at is not null)::integer),
  constraint photos_update_of_task check (update_id is null or task_id is not null),
  constraint photos_attached_stored check (attached_at is null or stored_at is not null),
  constraint photos_gone_removed check (files_gone_at is null or removed_at is not null)
);
create index photos_proposal on photos (proposal_id, position) where proposal_id is not null and removed_at is null;
create index photos_update on photos (update_id, position) where update_id is not null and removed_at is null;
create index photos_task on photos (task_id, id) where task_id is not null and removed_at is null;
create index photos_uploader on photos (uploader_id, id);
create index photos_unattached on photos (created_at) where attached_at is null and removed_at is null;
create index photos_to_clear on photos (removed_at) where removed_at is not null and files_gone_at is null;

-- The minors that a photo shows, with a guardian's consent: by whose withdrawal it is removed.
create table photo_minors (
  photo_id  uuid not null references photos,
  person_id uuid not null references people,
  primary key (photo_id, person_id)
);
create index photo_minors_person on photo_minors (person_id, photo_id);

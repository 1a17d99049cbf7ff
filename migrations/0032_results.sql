-- +goose Up
alter table tasks add column verified_at timestamptz;
update tasks t set verified_at = coalesce((select max(at) from moves where subject_id = t.id and verb = 'VERIFY_TASK'), updated_at)
  where state = 'VERIFIED';
alter table tasks add constraint tasks_verified_has_time check ((state = 'VERIFIED') = (verified_at is not null));

-- What a team says it did. The latest claim of a task that is VERIFIED is its result; elder ones remain.
create table task_claims (
  id              uuid primary key,
  task_id         uuid not null references tasks,
  claimed_by      uuid not null references people,
  words           text not null,
  no_photo_reason text,
  claimed_at      timestamptz not null
);
create index task_claims_task on task_claims (task_id, id);
create index task_claims_by on task_claims (claimed_by, id);
insert into task_claims (id, task_id, claimed_by, words, claimed_at)
  select id, subject_id, by_id, words, at from moves where verb = 'CLAIM_DONE' and by_id is not null and words is not null;
create table claim_results (
  claim_id uuid not null references task_claims,
  metric   metric not null,
  amount   integer not null check (amount between 1 and 1000000),
  primary key (claim_id, metric)
);
alter table progress_updates add column lower_reason text,
  add constraint progress_updates_reason_of_percent check (lower_reason is null or percent is not null);

-- The results of verified tasks that are not hidden, added up by the year of the verification.
create table result_sums (
  team_id     uuid not null references teams,
  centre_id   uuid not null references centres,
  district_id uuid not null references districts,
  year        integer not null,
  metric      metric not null,
  amount      bigint not null check (amount >= 0),
  tasks       integer not null check (tasks >= 0),
  primary key (team_id, centre_id, district_id, year, metric)
);
create index result_sums_centre on result_sums (centre_id, year);
create index result_sums_district on result_sums (district_id, year);
create index result_sums_year on result_sums (year);

-- +goose StatementBegin
create function results_of(t tasks) returns table (year integer, metric metric, amount integer) language sql stable as $$
  select extract(year from t.verified_at at time zone 'Asia/Almaty')::integer, r.metric, r.amount
  from claim_results r
  where r.claim_id = (select id from task_claims where task_id = t.id order by id desc limit 1) and t.state = 'VERIFIED' and t.hidden_id is null
  order by r.metric
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function sum_up_results() returns trigger language plpgsql as $$
begin
  update result_sums s set amount = s.amount - r.amount, tasks = s.tasks - 1
    from results_of(old) r
    where s.team_id = old.team_id and s.centre_id = old.centre_id and s.district_id = old.district_id
      and s.year = r.year and s.metric = r.metric;
  insert into result_sums as s select new.team_id, new.centre_id, new.district_id, r.year, r.metric, r.amount, 1 from results_of(new) r
    on conflict (team_id, centre_id, district_id, year, metric)
    do update set amount = s.amount + excluded.amount, tasks = s.tasks + excluded.tasks;
  return null;
end $$;
-- +goose StatementEnd
create trigger tasks_results_summed_up after update of state, hidden_id on tasks
  for each row when (old.state = 'VERIFIED' or new.state = 'VERIFIED') execute function sum_up_results();

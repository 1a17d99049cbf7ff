package seed_test

import (
	"testing"
	"time"

	"jastarhub/internal/postgres"
)

// wrong are statements that find impossible rows. The constraints of the schema are not repeated here.
var wrong = map[string]string{
	"supports counted": `
select p.id from proposals p where support_count <>
  (select count(*) from supports where proposal_id = p.id and withdrawn_at is null)`,
	"members counted": `
select t.id from teams t where member_count <> (select count(*) from memberships m join people p on p.id = m.person_id
  where m.team_id = t.id and m.state = 'ACTIVE' and p.suspended_id is null)`,
	"seats counted": `
select s.id from shifts s where (taken, waiting) <> (
  select count(*) filter (where takes_seat(state)), count(*) filter (where state = 'WAITLISTED')
  from signups where shift_id = s.id)`,
	"shifts summed up": `
select t.id from tasks t where (coalesce(next_shift_at, 'infinity'), capacity, taken, free) <> (
  select coalesce(min(starts_at) filter (where begun_at is null), 'infinity'), coalesce(sum(capacity), 0),
    coalesce(sum(taken), 0), coalesce(sum(capacity - taken) filter (where begun_at is null), 0)
  from shifts where task_id = t.id and state = 'PLANNED')`,
	"tasks counted": `
select coalesce(a.team_id, b.team_id) from task_counts a
full join (select team_id, centre_id, state, count(*) as tasks from tasks group by 1, 2, 3) b
  on (a.team_id, a.centre_id, a.state) = (b.team_id, b.centre_id, b.state)
where a.tasks is distinct from b.tasks`,
	"results added up": `
select coalesce(a.team_id, b.team_id) from result_sums a
full join (select team_id, centre_id, district_id, year, metric, sum(r.amount) as amount, count(*) as tasks
  from tasks t cross join lateral results_of(t) r group by 1, 2, 3, 4, 5) b
  using (team_id, centre_id, district_id, year, metric)
where (a.amount, a.tasks) is distinct from (b.amount, b.tasks)`,
	"what was claimed done has a claim": `
select t.id from tasks t where state in ('CLAIMED_DONE', 'VERIFIED') and not exists (
  select from task_claims c join claim_results r on r.claim_id = c.id where c.task_id = t.id and c.claimed_by = t.claimed_by)`,
	"what was merged lives on in another": `
select m.id from proposals m left join proposals p on p.id = m.merged_into
where m.state = 'MERGED' and (p.district_id = m.district_id and p.state = 'ACCEPTED' and p.created_at < m.updated_at) is not true`,
	"supporters are asked once where their support goes": `
select s.id from supports s join proposals m on m.id = s.proposal_id and m.state = 'MERGED' where s.withdrawn_at is null
  and not exists (select from merge_questions where proposal_id = m.id and person_id = s.person_id and moved is not true)
  and not exists (select from supports where proposal_id = m.merged_into and person_id = s.person_id) union all
select q.id from merge_questions q join proposals m on m.id = q.proposal_id where (q.asked_at, into_id) <> (m.updated_at, m.merged_into)
  or answered_at not between q.asked_at and $1 or moved and not exists (
    select from supports where proposal_id = q.into_id and person_id = q.person_id and given_at = q.answered_at)`,
	"deadlines are ends of working days": `
select id from proposals where to_char(react_by at time zone 'Asia/Almaty', 'HH24:MI:SS ID') !~ '^23:59:59 [1-5]$'
  or to_char(decide_by at time zone 'Asia/Almaty', 'HH24:MI:SS ID') !~ '^23:59:59 [1-5]$' or react_by < created_at + interval '4 days'`,
	"the next in line is a new number": `
select last_value from signups_line where last_value <> (select max(line) from signups) or not is_called`,

	"triggers work again": `
select tgname from pg_trigger where not tgisinternal and tgenabled not in ('O', 'A')`,

	"who waits, waits for a full shift": `
select s.id from shifts s where taken < capacity and exists (
  select from signups where shift_id = s.id and state in ('WAITLISTED', 'OFFERED'))`,
	"the line is in the order of time": `
select a.id from signups a join signups b using (shift_id) where a.line < b.line and a.created_at >= b.created_at`,
	"nobody was offered a seat before those in front": `
select a.id from signups a join signups b using (shift_id)
where a.state = 'WAITLISTED' and b.state = 'OFFERED' and a.line < b.line`,
	"offers run out in time": `
select id from signups where state = 'OFFERED' and (offer_expires_at <= $1 or offer_expires_at > starts_at - interval '2 hours'
  or offer_expires_at > updated_at + interval '24 hours')`,
	"people are there when they are checked in": `
select id from signups where checked_in_at not between starts_at and ends_at or checked_out_at not between checked_in_at and ends_at
  or checked_in_at > $1 or checked_out_at > $1`,
	"states of sign-ups fit the shift": `
select g.id from signups g join shifts s on s.id = g.shift_id where case
  when s.state = 'CANCELLED' then g.state <> 'CANCELLED'
  when s.begun_at is null then g.state not in ('WAITLISTED', 'OFFERED', 'CONFIRMED', 'CANCELLED')
  else g.state in ('WAITLISTED', 'OFFERED') end`,
	"nobody is checked in for longer than a day": `
select id from signups where state = 'CHECKED_IN' and ends_at < $1 - interval '24 hours'`,
	"nobody is too young for a task": `
select g.id from signups g join shifts s on s.id = g.shift_id join tasks t on t.id = s.task_id join people p on p.id = g.person_id
where extract(year from age(g.starts_at, p.birth_date)) < coalesce(t.min_age, 14)`,
	"nobody is on work that the law closes to minors": `
select g.id from signups g join shifts s on s.id = g.shift_id join tasks t on t.id = s.task_id join people p on p.id = g.person_id
where adults_only(t.work_class) and age_on(p.birth_date, g.starts_at) < 18`,
	"nobody who needs consent signed up without": `
select g.id from signups g join people p on p.id = g.person_id
where age_on(p.birth_date, g.starts_at) < 16 and not exists (
  select from consents c where c.person_id = g.person_id and c.scope = 'TAKING_PART' and c.state = 'GIVEN' and c.given_at <= g.created_at)`,
	"consents are in order": `
select c.id from consents c join people p on p.id = c.person_id
where c.asked_at < p.created_at or c.given_at < c.asked_at or c.revoked_at < c.given_at or greatest(c.asked_at, c.given_at, c.revoked_at) > $1
  or (c.state = 'ASKED') <> coalesce(c.state in ('ASKED', 'EXPIRED') and c.expires_at > $1, false)`,

	"hours are what attendance says": `
select g.id from signups g left join hours h on h.signup_id = g.id
where (g.state = 'COMPLETED') <> (h.id is not null) or (h.came_at, h.went_at) <> (g.checked_in_at, g.checked_out_at)
  or h.worked_minutes <> minutes_worked(g.checked_in_at, g.checked_out_at, g.starts_at, g.ends_at)`,
	"hours belong to the task": `
select h.id from hours h join shifts s on s.id = h.shift_id join tasks t on t.id = s.task_id
where (h.task_id, h.team_id, h.ngo_id, h.centre_id) <> (t.id, t.team_id, t.ngo_id, t.centre_id)`,
	"hours are answered for after the work, by a lead": `
select h.id from hours h where h.answered_at < h.created_at or h.answered_at > $1 or h.updated_at > $1
  or h.answered_by is not null and not exists (select from memberships m where m.team_id = h.team_id and m.person_id = h.answered_by and m.role = 'LEAD')`,
	"certificates tell what counts": `
select c.id from certificates c where (minutes, shifts, first_on, last_on) <> (
  select sum(h.minutes), count(*), min(cast(h.starts_at at time zone 'Asia/Almaty' as date)), max(cast(h.starts_at at time zone 'Asia/Almaty' as date))
  from certificate_hours k join hours h on h.id = k.hours_id
  where k.certificate_id = c.id and h.person_id = c.person_id and h.minutes = k.minutes and h.state in ('APPROVED', 'ADJUSTED') and h.answered_at < c.issued_at)
  or (minutes, shifts) <> (select sum(minutes), sum(shifts) from certificate_parts where certificate_id = c.id)`,

	"shifts have begun when they began": `
select s.id from shifts s where (begun_at is not null) <> (state = 'PLANNED' and starts_at <= $1) or begun_at < starts_at or begun_at > $1`,
	"open tasks have a shift to come, and none begun": `
select t.id from tasks t where state = 'OPEN' and (next_shift_at is null or exists (
  select from shifts where task_id = t.id and begun_at is not null))`,
	"tasks in progress have begun": `
select t.id from tasks t where state = 'IN_PROGRESS' and not exists (
  select from shifts where task_id = t.id and begun_at is not null)`,
	"what is done is over": `
select t.id from tasks t where state in ('CLAIMED_DONE', 'VERIFIED') and (percent <> 100 or exists (
  select from shifts where task_id = t.id and ends_at > t.updated_at))`,
	"cancelled tasks have no shifts left": `
select t.id from tasks t join shifts s on s.task_id = t.id where t.state = 'CANCELLED' and s.state <> 'CANCELLED'`,
	"a live task is with the team's host": `
select t.id from tasks t join hostings h on h.team_id = t.team_id and h.state = 'ACTIVE'
where t.state not in ('VERIFIED', 'CANCELLED') and h.centre_id <> t.centre_id`,
	"a task that is over is with the host it had": `
select t.id from tasks t where t.state in ('VERIFIED', 'CANCELLED') and not exists (
  select from hostings h where h.team_id = t.team_id and h.centre_id = t.centre_id
    and tstzrange(started_at, ended_at) @> t.updated_at)`,
	"a task is in its centre's district": `
select t.id from tasks t join centres c on c.id = t.centre_id where c.district_id <> t.district_id`,
	"a task follows its proposal": `
select t.id from tasks t join proposals p on p.id = t.proposal_id
where p.state <> 'ACCEPTED' or p.district_id <> t.district_id or p.language <> t.language or p.updated_at > t.created_at`,
	"what leads do, leads do": `
select d.id from (
  select id, team_id, created_by as by_id, created_at as at from tasks union all
  select id, team_id, claimed_by, updated_at from tasks where claimed_by is not null union all
  select u.id, team_id, author_id, u.created_at from progress_updates u join tasks t on t.id = u.task_id) d
where not exists (select from memberships m where m.team_id = d.team_id and m.person_id = d.by_id
  and role = 'LEAD' and state = 'ACTIVE' and joined_at < d.at)`,
	"teams have two or three leads and 20 to 60 members": `
select team_id from memberships where state = 'ACTIVE' group by 1
having count(*) filter (where role = 'LEAD') not between 2 and 3 or count(*) filter (where role = 'MEMBER') not between 20 and 60`,

	"open centres answer for proposals": `
select p.id from proposals p join centres c on c.id = p.centre_id where c.state <> 'OPEN' or c.opened_on > p.created_at`,
	"nobody supports himself, or too early": `
select s.id from supports s join proposals p on p.id = s.proposal_id join people o on o.id = s.person_id
where s.person_id = p.author_id or given_at < p.created_at or given_at < o.created_at`,
	"teams are hosted by open centres": `
select h.id from hostings h join centres c on c.id = h.centre_id
where h.state = 'ACTIVE' and (c.state <> 'OPEN' or c.opened_on > h.started_at)`,
	"open centres have a coordinator": `
select c.id from centres c where (state = 'OPEN') <> exists (
  select from grants where centre_id = c.id and role = 'COORDINATOR' and ended_at is null)`,
	"only those that are forming have no BIN": `
select id from ngos where (state = 'FORMING') <> (bin is null)`,
	"requests and invitations can still be answered": `
select id from memberships where expires_at <= $1 or expires_at > $1 + interval '14 days'`,
	"memberships are in order": `
select m.id from memberships m join people p on p.id = m.person_id
where m.created_at < p.created_at or joined_at < m.created_at or ended_at < coalesce(joined_at, m.created_at)
  or greatest(m.created_at, joined_at, ended_at) > $1
  or (joined_at is not null) <> (state in ('ACTIVE', 'LEFT', 'REMOVED'))
  or (ended_at is not null) <> (state not in ('REQUESTED', 'INVITED', 'ACTIVE'))`,
	"everything comes after what it belongs to, and has happened": `
select t.id from tasks t join teams k on k.id = t.team_id where t.created_at < k.created_at or t.updated_at > $1 union all
select s.id from shifts s join tasks t on t.id = s.task_id where s.created_at < t.created_at or s.created_at > s.starts_at union all
select g.id from signups g join shifts s on s.id = g.shift_id join people p on p.id = g.person_id
  where g.created_at < s.created_at or g.created_at < p.created_at or g.created_at > g.starts_at or g.updated_at > $1
    or g.updated_at < g.created_at union all
select u.id from progress_updates u join tasks t on t.id = u.task_id
  where u.created_at < t.created_at or u.created_at > $1 or (t.state in ('CLAIMED_DONE', 'VERIFIED') and u.created_at > t.updated_at)
  union all
select p.id from proposals p join people a on a.id = p.author_id where p.created_at < a.created_at or p.updated_at > $1`,
}

// wrongTrails are about the histories.
var wrongTrails = map[string]string{
	"a history is a chain that ends in the state": `
with states as (
  select id, cast(state as text) from proposals union all select id, cast(state as text) from tasks union all
  select id, cast(state as text) from memberships union all select id, cast(state as text) from signups union all
  select id, cast(state as text) from consents),
steps as (
  select *, lag(to_state) over w as before, lag(at) over w as earlier, lead(id) over w is null as last
  from moves window w as (partition by subject_id order by id))
select s.id from states s left join steps m on m.subject_id = s.id
where m.id is null or m.before is distinct from m.from_state or m.earlier >= m.at or m.last and m.to_state <> s.state or m.at > $1`,
	"a row has changed when it moved": `
with changed as (
  select id, created_at, updated_at from proposals union all select id, created_at, updated_at from tasks union all
  select id, created_at, updated_at from signups)
select c.id from changed c join (select subject_id, min(at) as first, max(at) as last from moves group by 1) m on m.subject_id = c.id
where (created_at, updated_at) <> (first, last)`,
	"coordinators act for their centres": `
select m.id from moves m join (select id, centre_id from tasks union all select id, centre_id from proposals) s on s.id = m.subject_id
where acting_as = 'COORDINATOR' and not exists (select from grants g where g.person_id = m.by_id and g.centre_id = s.centre_id
  and g.given_at < m.at and (g.ended_at is null or g.ended_at > m.at))`,
	"leads act for their teams": `
select m.id from moves m join (
  select id, team_id, ngo_id from tasks union all
  select g.id, team_id, ngo_id from signups g join shifts s on s.id = g.shift_id join tasks t on t.id = s.task_id union all
  select h.id, team_id, ngo_id from memberships h join teams k on k.id = h.team_id) s on s.id = m.subject_id
where acting_as = 'LEAD'
  and not exists (select from memberships h where h.person_id = m.by_id and h.team_id = s.team_id and h.role = 'LEAD' and joined_at <= m.at)
  and not exists (select from grants g where g.person_id = m.by_id and g.ngo_id = s.ngo_id and g.given_at <= m.at)`,
	"authors act for their proposals": `
select m.id from moves m join proposals p on p.id = m.subject_id where acting_as = 'AUTHOR' and by_id <> author_id`,
}

func holds(t *testing.T, db *postgres.DB, now time.Time) { t.Helper(); findNone(t, db, now, wrong) }

func holdsTrails(t *testing.T, db *postgres.DB, now time.Time) {
	t.Helper()
	findNone(t, db, now, wrongTrails)
}

func findNone(t *testing.T, db *postgres.DB, now time.Time, wrong map[string]string) {
	t.Helper()
	for name, query := range wrong {
		// The clock gives $1 its type, and uses it in statements that do not depend on the time.
		rows := list(t, db, `with clock as (select $1::timestamptz), found(id) as (`+query+`) select cast(id as text) from found limit 3`, now)
		if len(rows) > 0 {
			t.Errorf("%s: not so for %q", name, rows)
		}
	}
}

-- What the migrations add up to, written by make generate: to be read, not edited.

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

CREATE EXTENSION IF NOT EXISTS intarray WITH SCHEMA public;

COMMENT ON EXTENSION intarray IS 'functions, operators, and index support for 1-D arrays of integers';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE TYPE public.centre_state AS ENUM (
    'PLANNED',
    'OPEN',
    'CLOSED'
);

CREATE TYPE public.certificate_revocation AS ENUM (
    'HOURS_CHANGED',
    'TAKEN_BACK',
    'ACCOUNT_DELETED'
);

CREATE TYPE public.consent_scope AS ENUM (
    'TAKING_PART',
    'PHOTO',
    'NAME'
);

CREATE TYPE public.consent_state AS ENUM (
    'ASKED',
    'GIVEN',
    'DECLINED',
    'EXPIRED',
    'WITHDRAWN'
);

CREATE TYPE public.decision_kind AS ENUM (
    'HIDE',
    'SUSPEND'
);

CREATE TYPE public.decision_state AS ENUM (
    'IN_FORCE',
    'APPEALED',
    'UPHELD',
    'OVERTURNED',
    'ENDED'
);

CREATE TYPE public.decline_reason AS ENUM (
    'NOT_IN_OUR_POWER',
    'ALREADY_PLANNED',
    'ALREADY_DONE',
    'NO_MEANS',
    'UNLAWFUL',
    'UNCLEAR',
    'OTHER'
);

CREATE TYPE public.focus AS ENUM (
    'ECOLOGICAL',
    'PATRIOTIC',
    'VOLUNTEER',
    'CULTURAL',
    'EDUCATIONAL',
    'SPORT',
    'SOCIAL',
    'MEDIA',
    'DIGITAL',
    'OTHER'
);

CREATE TYPE public.hosting_state AS ENUM (
    'REQUESTED',
    'ACTIVE',
    'ENDED',
    'DECLINED'
);

CREATE TYPE public.hours_state AS ENUM (
    'PENDING',
    'APPROVED',
    'ADJUSTED',
    'REJECTED',
    'VOID'
);

CREATE TYPE public.invitation_state AS ENUM (
    'SENT',
    'ACCEPTED',
    'WITHDRAWN',
    'EXPIRED'
);

CREATE TYPE public.invited_role AS ENUM (
    'CITY_OFFICER',
    'COORDINATOR',
    'CONSULTANT',
    'NGO_LEAD',
    'TEAM_LEAD',
    'TEAM_MEMBER'
);

CREATE TYPE public.language AS ENUM (
    'KK',
    'RU',
    'EN'
);

CREATE TYPE public.membership_state AS ENUM (
    'REQUESTED',
    'INVITED',
    'ACTIVE',
    'DECLINED',
    'WITHDRAWN',
    'EXPIRED',
    'LEFT',
    'REMOVED'
);

CREATE TYPE public.metric AS ENUM (
    'BAGS',
    'TREES',
    'KILOGRAMS',
    'SQUARE_METRES',
    'PEOPLE_HELPED',
    'ITEMS'
);

CREATE TYPE public.moderation_reason AS ENUM (
    'INSULT',
    'DANGER',
    'PRIVATE_DATA',
    'SPAM',
    'SEXUAL',
    'UNTRUE',
    'OTHER'
);

CREATE TYPE public.moderation_subject AS ENUM (
    'PROPOSAL',
    'TASK',
    'SHIFT',
    'PROGRESS_UPDATE',
    'TEAM',
    'NGO',
    'PERSON'
);

CREATE TYPE public.ngo_state AS ENUM (
    'FORMING',
    'ACTIVE',
    'SUSPENDED',
    'ARCHIVED'
);

CREATE TYPE public.proposal_state AS ENUM (
    'SUBMITTED',
    'IN_REVIEW',
    'NEEDS_INFO',
    'ACCEPTED',
    'DECLINED',
    'MERGED',
    'WITHDRAWN'
);

CREATE TYPE public.report_state AS ENUM (
    'OPEN',
    'UPHELD',
    'DISMISSED'
);

CREATE TYPE public.role AS ENUM (
    'CITY_OFFICER',
    'COORDINATOR',
    'CONSULTANT',
    'NGO_LEAD'
);

CREATE TYPE public.search_type AS ENUM (
    'TASK',
    'PROPOSAL',
    'TEAM',
    'CENTRE'
);

CREATE TYPE public.shift_state AS ENUM (
    'PLANNED',
    'CANCELLED'
);

CREATE TYPE public.signup_state AS ENUM (
    'WAITLISTED',
    'OFFERED',
    'CONFIRMED',
    'CHECKED_IN',
    'COMPLETED',
    'NO_SHOW',
    'CANCELLED',
    'EXPIRED'
);

CREATE TYPE public.task_state AS ENUM (
    'DRAFT',
    'OPEN',
    'IN_PROGRESS',
    'CLAIMED_DONE',
    'VERIFIED',
    'CANCELLED'
);

CREATE TYPE public.team_role AS ENUM (
    'LEAD',
    'MEMBER'
);

CREATE TYPE public.work_class AS ENUM (
    'LIGHT',
    'STANDARD',
    'HEAVY',
    'HAZARDOUS',
    'EMERGENCY_AID',
    'OFFENDER_AID',
    'PUBLIC_FUNDRAISING'
);

CREATE FUNCTION public.adults_only(c public.work_class) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT (c = ANY (ARRAY['HEAVY'::public.work_class, 'HAZARDOUS'::public.work_class, 'EMERGENCY_AID'::public.work_class, 'OFFENDER_AID'::public.work_class, 'PUBLIC_FUNDRAISING'::public.work_class]));
END;

CREATE FUNCTION public.age_on(birth date, at timestamp with time zone) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT (EXTRACT(year FROM age((((at AT TIME ZONE 'Asia/Almaty'::text))::date)::timestamp without time zone, (birth)::timestamp without time zone)))::integer AS "extract";
END;

CREATE FUNCTION public.audit_is_kept() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  raise exception 'the audit is append-only';
end $$;

CREATE FUNCTION public.certificates_add_up() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  concerned uuid[] := case tg_table_name when 'certificates' then array[to_jsonb(new)->>'id']
    else array[to_jsonb(new)->>'certificate_id', to_jsonb(old)->>'certificate_id'] end::uuid[];
begin
  if exists (select from public.certificates c where c.id = any (concerned) and not exists (
      select from public.certificate_parts p where p.certificate_id = c.id having (sum(p.minutes), sum(p.shifts)) = (c.minutes, c.shifts))) then
    raise exception 'the parts of a certificate add up to the whole'
      using errcode = 'check_violation', constraint = 'certificates_add_up', table = 'certificates';
  end if;
  return null;
end $$;

CREATE FUNCTION public.count_members() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  change integer := coalesce((new.state = 'ACTIVE')::integer, 0) - coalesce((old.state = 'ACTIVE')::integer, 0);
  member uuid := coalesce(new.person_id, old.person_id);
begin
  if change = 0 then
    return null;
  end if;
  perform from people where id = member for share;
  if exists (select from people where id = member and suspended_id is null) then
    update teams set member_count = member_count + change where id = coalesce(new.team_id, old.team_id);
  end if;
  return null;
end $$;

CREATE FUNCTION public.count_members_of() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  joined uuid[] := array(select team_id from memberships where person_id = new.id and state = 'ACTIVE');
begin
  perform from teams where id = any(joined) order by id for no key update;
  update teams set member_count = member_count + case when new.suspended_id is null then 1 else -1 end where id = any(joined);
  return null;
end $$;

CREATE FUNCTION public.count_seats() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  taken_change integer := takes_seat(new.state)::integer;
  waiting_change integer := (new.state = 'WAITLISTED')::integer;
begin
  if tg_op = 'UPDATE' then
    taken_change := taken_change - takes_seat(old.state)::integer;
    waiting_change := waiting_change - (old.state = 'WAITLISTED')::integer;
  end if;
  if taken_change <> 0 or waiting_change <> 0 then
    update shifts set taken = taken + taken_change, waiting = waiting + waiting_change where id = new.shift_id;
  end if;
  return null;
end $$;

CREATE FUNCTION public.count_supports() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  change integer := (new.withdrawn_at is null)::integer;
begin
  if tg_op = 'UPDATE' then
    change := change - (old.withdrawn_at is null)::integer;
  end if;
  if change = 0 then
    return null;
  end if;
  perform from public.people where id = new.person_id for share;
  if exists (select from public.people where id = new.person_id and suspended_id is null) then
    update public.proposals set support_count = support_count + change where id = new.proposal_id;
  end if;
  return null;
end $$;

CREATE FUNCTION public.count_supports_of() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  supported uuid[] := array(select proposal_id from public.supports where person_id = new.id and withdrawn_at is null);
begin
  perform from public.proposals where id = any(supported) order by id for no key update;
  update public.proposals set support_count = support_count + case when new.suspended_id is null then 1 else -1 end where id = any(supported);
  return null;
end $$;

CREATE FUNCTION public.count_tasks() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if tg_op = 'UPDATE' then
    if (old.team_id, old.centre_id, old.state, old.hidden_id is null) = (new.team_id, new.centre_id, new.state, new.hidden_id is null) then
      return null;
    end if;
    if old.hidden_id is null then
      update task_counts set tasks = tasks - 1
        where team_id = old.team_id and centre_id = old.centre_id and state = old.state;
    end if;
  end if;
  if new.hidden_id is null then
    insert into task_counts values (new.team_id, new.centre_id, new.state, 1)
      on conflict (team_id, centre_id, state) do update set tasks = task_counts.tasks + 1;
  end if;
  return null;
end $$;

CREATE FUNCTION public.fold(t text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    BEGIN ATOMIC
 SELECT translate(lower(t), 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯӘҒҚҢӨҰҮҺІабвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі  	
-‐‑–—−"“”„«»''’‘`.,:;!?()/\%_№#+&@*…'::text, 'ABVGDEEJZIйKLMNOPRSTUFHCQWщъYXэюяAGKNOUUHIABVGDEEJZIйKLMNOPRSTUFHCQWщъYXэюяAGKNOUUHIαααααββββββγγγγγγδδδδεζηθικλμνξοπρτυφχψω'::text) AS translate;
END;

CREATE FUNCTION public.follow_subject() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  subjects uuid[];
begin
  if tg_table_name = 'hostings' then
    subjects := array[new.team_id];
  else
    subjects := array(select new.id union all select id from shifts where task_id = new.id
      union all select id from progress_updates where task_id = new.id);
  end if;
  update reports set centre_id = new.centre_id where state = 'OPEN' and subject_id = any(subjects);
  update decisions set centre_id = new.centre_id where in_force(state) and subject_id = any(subjects);
  return null;
end $$;

CREATE TABLE public.proposals (
    id uuid NOT NULL,
    district_id uuid NOT NULL,
    centre_id uuid NOT NULL,
    author_id uuid NOT NULL,
    title text NOT NULL,
    text text NOT NULL,
    language public.language NOT NULL,
    place text,
    lat double precision,
    lon double precision,
    state public.proposal_state NOT NULL,
    question text,
    decline_reason public.decline_reason,
    decline_words text,
    support_count integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    hidden_id uuid,
    react_by timestamp with time zone NOT NULL,
    decide_by timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    told_due timestamp with time zone,
    merged_into uuid,
    due_at timestamp with time zone GENERATED ALWAYS AS (
CASE state
    WHEN 'SUBMITTED'::public.proposal_state THEN react_by
    WHEN 'IN_REVIEW'::public.proposal_state THEN decide_by
    ELSE NULL::timestamp with time zone
END) STORED,
    CONSTRAINT proposals_asked_when_asked CHECK (((state = 'NEEDS_INFO'::public.proposal_state) = (asked_at IS NOT NULL))),
    CONSTRAINT proposals_decline_has_reason CHECK ((((state = 'DECLINED'::public.proposal_state) = (decline_reason IS NOT NULL)) AND ((state = 'DECLINED'::public.proposal_state) = (decline_words IS NOT NULL)))),
    CONSTRAINT proposals_decline_words_length CHECK ((char_length(decline_words) <= 1000)),
    CONSTRAINT proposals_merged_into_another CHECK (((merged_into IS NULL) OR ((state = 'MERGED'::public.proposal_state) AND (merged_into <> id)))),
    CONSTRAINT proposals_place_length CHECK ((char_length(place) <= 200)),
    CONSTRAINT proposals_point_on_earth CHECK ((((lat >= ('-90'::integer)::double precision) AND (lat <= (90)::double precision)) AND ((lon >= ('-180'::integer)::double precision) AND (lon <= (180)::double precision)))),
    CONSTRAINT proposals_point_whole CHECK (((lat IS NULL) = (lon IS NULL))),
    CONSTRAINT proposals_question_length CHECK ((char_length(question) <= 1000)),
    CONSTRAINT proposals_question_when_asked CHECK (((state = 'NEEDS_INFO'::public.proposal_state) = (question IS NOT NULL))),
    CONSTRAINT proposals_react_before_deciding CHECK ((react_by <= decide_by)),
    CONSTRAINT proposals_support_count_check CHECK ((support_count >= 0)),
    CONSTRAINT proposals_text_length CHECK ((char_length(text) <= 4000)),
    CONSTRAINT proposals_title_length CHECK ((char_length(title) <= 120))
);

CREATE TABLE public.supports (
    id uuid NOT NULL,
    proposal_id uuid NOT NULL,
    person_id uuid NOT NULL,
    given_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone
);

CREATE FUNCTION public.followers_of(proposal uuid) RETURNS SETOF uuid
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH RECURSIVE lived AS (
          SELECT proposals.id,
             proposals.author_id
            FROM public.proposals
           WHERE (proposals.id = followers_of.proposal)
         UNION
          SELECT p.id,
             p.author_id
            FROM (public.proposals p
              JOIN lived ON ((p.merged_into = lived.id)))
         )
  SELECT lived.author_id
    FROM lived
 UNION
  SELECT supports.person_id
    FROM public.supports
   WHERE ((supports.proposal_id = followers_of.proposal) AND (supports.withdrawn_at IS NULL));
END;

CREATE FUNCTION public.hours_follow_task() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  update hours set centre_id = new.centre_id where task_id = new.id;
  return null;
end $$;

CREATE SEQUENCE public.ids_made
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE FUNCTION public.id_at(at timestamp with time zone) RETURNS uuid
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT ((((lpad(to_hex((floor((EXTRACT(epoch FROM at) * (1000)::numeric)))::bigint), 12, '0'::text) || '7'::text) || lpad(to_hex((nextval('public.ids_made'::regclass) % (4096)::bigint)), 3, '0'::text)) || substr((gen_random_uuid())::text, 20)))::uuid AS uuid;
END;

CREATE FUNCTION public.in_force(s public.decision_state) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT (s = ANY (ARRAY['IN_FORCE'::public.decision_state, 'APPEALED'::public.decision_state, 'UPHELD'::public.decision_state]));
END;

CREATE FUNCTION public.inherit_hidden() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if tg_table_name = 'teams' then
    select hidden_id into new.hidden_id from ngos where id = new.ngo_id for share;
  else
    select hidden_id into new.hidden_id from teams where id = new.team_id for share;
  end if;
  return new;
end $$;

CREATE FUNCTION public.one_line(text text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    BEGIN ATOMIC
 SELECT (text !~ '[\u0001-\u001f\u007f-\u009f\u2028\u2029]'::text);
END;

CREATE FUNCTION public.is_address(text text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    BEGIN ATOMIC
 SELECT (public.one_line(text) AND (length(text) <= 254) AND (text ~~ '_%@_%'::text));
END;

CREATE FUNCTION public.is_name(text text, most integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    BEGIN ATOMIC
 SELECT (public.one_line(text) AND (length(text) <= most));
END;

CREATE FUNCTION public.keep_proposal_text() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  insert into proposal_texts (proposal_id, text, title_trigrams, text_trigrams)
    values (new.id, fold(new.title || ' ' || new.text), trigrams(new.title), trigrams(left(new.title || ' ' || new.text, 500)))
    on conflict (proposal_id) do update
    set text = excluded.text, title_trigrams = excluded.title_trigrams, text_trigrams = excluded.text_trigrams;
  return null;
end $$;

CREATE FUNCTION public.keep_search_document() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  delete from search_documents where id = new.id;
  insert into search_documents select * from searchable where id = new.id;
  return null;
end $$;

CREATE FUNCTION public.keep_task_text() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  insert into task_texts values (new.id, fold(new.title || ' ' || new.description))
    on conflict (task_id) do update set text = excluded.text;
  return null;
end $$;

CREATE FUNCTION public.metres(lat1 double precision, lon1 double precision, lat2 double precision, lon2 double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    BEGIN ATOMIC
 SELECT ((12742000)::double precision * asin(((1)::double precision - abs(((1)::double precision - sqrt(((sin((radians((lat2 - lat1)) / (2)::double precision)) ^ (2)::double precision) + ((cos(radians(lat1)) * cos(radians(lat2))) * (sin((radians((lon2 - lon1)) / (2)::double precision)) ^ (2)::double precision)))))))));
END;

CREATE FUNCTION public.minutes_worked(came timestamp with time zone, went timestamp with time zone, starts timestamp with time zone, ends timestamp with time zone) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT LEAST((5 * (round((GREATEST(EXTRACT(epoch FROM (LEAST(went, ends) - GREATEST(came, starts))), (0)::numeric) / (300)::numeric)))::integer), (5 * (floor((EXTRACT(epoch FROM (ends - starts)) / (300)::numeric)))::integer)) AS "least";
END;

CREATE FUNCTION public.moves_are_kept() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if tg_op = 'UPDATE' and current_setting('hub.purging', true) = 'on' then
    old.words := null;
    if new is not distinct from old then
      return new;
    end if;
  end if;
  raise exception 'the history is append-only';
end $$;

CREATE FUNCTION public.refuse_forbidden_work() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if exists (select from shifts s join tasks t on t.id = s.task_id join people p on p.id = new.person_id
      where s.id = new.shift_id and adults_only(t.work_class) and age_on(p.birth_date, new.starts_at) < 18) then
    raise exception 'work of this class is closed to people under 18'
      using errcode = 'check_violation', constraint = 'signups_work_allowed', table = 'signups';
  end if;
  return new;
end $$;

CREATE FUNCTION public.refuse_shifts_to_come() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  task uuid := case tg_table_name when 'tasks' then to_jsonb(new)->>'id' else to_jsonb(new)->>'task_id' end;
begin
  perform from public.tasks where id = task for no key update; -- what follows sees what others did meanwhile
  if exists (select from public.tasks t join public.shifts s on s.task_id = t.id
      where t.id = task and t.state in ('CLAIMED_DONE', 'VERIFIED', 'CANCELLED')
        and s.state = 'PLANNED' and s.begun_at is null and s.starts_at > t.updated_at
        and not exists (select from public.signups g where g.shift_id = s.id and g.state in ('COMPLETED', 'NO_SHOW'))) then
    raise exception 'a task that is over has no shift to come'
      using errcode = 'check_violation', constraint = 'tasks_over_without_shifts', table = 'tasks';
  end if;
  return null;
end $$;

CREATE TABLE public.claim_results (
    claim_id uuid NOT NULL,
    metric public.metric NOT NULL,
    amount integer NOT NULL,
    CONSTRAINT claim_results_amount_check CHECK (((amount >= 1) AND (amount <= 1000000)))
);

CREATE TABLE public.task_claims (
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    claimed_by uuid NOT NULL,
    words text NOT NULL,
    no_photo_reason text,
    claimed_at timestamp with time zone NOT NULL,
    CONSTRAINT task_claims_no_photo_reason_length CHECK ((char_length(no_photo_reason) <= 1000)),
    CONSTRAINT task_claims_words_length CHECK ((char_length(words) <= 1000))
);

CREATE TABLE public.tasks (
    id uuid NOT NULL,
    team_id uuid NOT NULL,
    ngo_id uuid NOT NULL,
    centre_id uuid NOT NULL,
    district_id uuid NOT NULL,
    proposal_id uuid,
    title text NOT NULL,
    description text NOT NULL,
    language public.language NOT NULL,
    place text,
    lat double precision,
    lon double precision,
    min_age integer,
    state public.task_state NOT NULL,
    percent integer DEFAULT 0 NOT NULL,
    created_by uuid NOT NULL,
    claimed_by uuid,
    cancel_reason text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    first_shift_at timestamp with time zone,
    last_shift_at timestamp with time zone,
    next_shift_at timestamp with time zone,
    capacity integer DEFAULT 0 NOT NULL,
    taken integer DEFAULT 0 NOT NULL,
    free integer DEFAULT 0 NOT NULL,
    work_class public.work_class DEFAULT 'STANDARD'::public.work_class NOT NULL,
    hidden_id uuid,
    verified_at timestamp with time zone,
    CONSTRAINT tasks_cancel_has_reason CHECK (((state = 'CANCELLED'::public.task_state) = (cancel_reason IS NOT NULL))),
    CONSTRAINT tasks_cancel_reason_length CHECK ((char_length(cancel_reason) <= 1000)),
    CONSTRAINT tasks_claimed_by_somebody CHECK (((state <> ALL (ARRAY['CLAIMED_DONE'::public.task_state, 'VERIFIED'::public.task_state])) OR (claimed_by IS NOT NULL))),
    CONSTRAINT tasks_description_length CHECK ((char_length(description) <= 4000)),
    CONSTRAINT tasks_min_age_check CHECK (((min_age >= 14) AND (min_age <= 35))),
    CONSTRAINT tasks_percent_check CHECK (((percent >= 0) AND (percent <= 100))),
    CONSTRAINT tasks_place_length CHECK ((char_length(place) <= 200)),
    CONSTRAINT tasks_places_counted CHECK (((taken >= 0) AND (free >= 0) AND ((taken + free) <= capacity))),
    CONSTRAINT tasks_point_on_earth CHECK ((((lat >= ('-90'::integer)::double precision) AND (lat <= (90)::double precision)) AND ((lon >= ('-180'::integer)::double precision) AND (lon <= (180)::double precision)))),
    CONSTRAINT tasks_point_whole CHECK (((lat IS NULL) = (lon IS NULL))),
    CONSTRAINT tasks_title_length CHECK ((char_length(title) <= 120)),
    CONSTRAINT tasks_verified_has_time CHECK (((state = 'VERIFIED'::public.task_state) = (verified_at IS NOT NULL))),
    CONSTRAINT tasks_work_fits_age CHECK (((state = ANY (ARRAY['DRAFT'::public.task_state, 'CANCELLED'::public.task_state])) OR (NOT public.adults_only(work_class)) OR (COALESCE(min_age, 0) >= 18)))
);

CREATE FUNCTION public.results_of(t public.tasks) RETURNS TABLE(year integer, metric public.metric, amount integer)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT (EXTRACT(year FROM ((results_of.t).verified_at AT TIME ZONE 'Asia/Almaty'::text)))::integer AS "extract",
     r.metric,
     r.amount
    FROM public.claim_results r
   WHERE ((r.claim_id = ( SELECT task_claims.id
            FROM public.task_claims
           WHERE (task_claims.task_id = (results_of.t).id)
           ORDER BY task_claims.id DESC
          LIMIT 1)) AND ((results_of.t).state = 'VERIFIED'::public.task_state) AND ((results_of.t).hidden_id IS NULL))
   ORDER BY r.metric;
END;

CREATE FUNCTION public.words(t text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    BEGIN ATOMIC
 SELECT translate(public.fold(t), 'αβγδεζηθικλμνξοπρτυφχψω'::text, '                       '::text) AS translate;
END;

CREATE TABLE public.search_documents (
    type public.search_type NOT NULL,
    id uuid NOT NULL,
    district_id uuid,
    document tsvector NOT NULL
);

CREATE MATERIALIZED VIEW public.search_words AS
 SELECT DISTINCT word.word
   FROM public.search_documents,
    LATERAL unnest(tsvector_to_array(search_documents.document)) word(word)
  WHERE ((length(word.word) >= 3) AND (length(word.word) <= 40))
  WITH NO DATA;

CREATE FUNCTION public.search_query(text text) RETURNS tsquery
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    BEGIN ATOMIC
 SELECT (string_agg((('('::text || concat_ws('|'::text, (quote_literal(lexeme.lexeme) ||
         CASE
             WHEN (length(lexeme.lexeme) > 2) THEN ':*'::text
             ELSE ''::text
         END), a.alike)) || ')'::text), '&'::text))::tsquery AS string_agg
    FROM (unnest(tsvector_to_array(to_tsvector('simple'::regconfig, public.words(search_query.text)))) lexeme(lexeme)
      LEFT JOIN LATERAL ( SELECT string_agg(quote_literal(near.word), '|'::text) FILTER (WHERE (near.likeness > ((0.75)::double precision * near.best))) AS alike
            FROM ( SELECT search_words.word,
                     public.similarity(search_words.word, lexeme.lexeme) AS likeness,
                     max(public.similarity(search_words.word, lexeme.lexeme)) OVER () AS best
                    FROM public.search_words
                   WHERE (search_words.word OPERATOR(public.%) lexeme.lexeme)
                   ORDER BY (public.similarity(search_words.word, lexeme.lexeme)) DESC, search_words.word
                  LIMIT 5) near) a ON (true));
END;

CREATE FUNCTION public.sum_up_results() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

CREATE FUNCTION public.sum_up_shifts() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  perform from tasks where id = new.task_id for no key update;
  update tasks t set
    first_shift_at = s.first_shift_at, last_shift_at = s.last_shift_at, next_shift_at = s.next_shift_at,
    capacity = s.capacity, taken = s.taken, free = s.free
  from (
    select min(starts_at) as first_shift_at, max(starts_at) as last_shift_at,
      min(starts_at) filter (where begun_at is null) as next_shift_at,
      coalesce(sum(capacity), 0) as capacity,
      coalesce(sum(taken), 0) as taken,
      coalesce(sum(capacity - taken) filter (where begun_at is null), 0) as free
    from shifts where task_id = new.task_id and state = 'PLANNED' and hidden_id is null) s
  where t.id = new.task_id;
  return null;
end $$;

CREATE FUNCTION public.takes_seat(s public.signup_state) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT (s = ANY (ARRAY['OFFERED'::public.signup_state, 'CONFIRMED'::public.signup_state, 'CHECKED_IN'::public.signup_state, 'COMPLETED'::public.signup_state, 'NO_SHOW'::public.signup_state]));
END;

CREATE FUNCTION public.tell_live() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  -- The first argument is the kind of topic, the second the column with the id.
  perform pg_catalog.pg_notify('live', tg_argv[0] || ':' || (case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end ->> tg_argv[1]));
  return null;
end $$;

CREATE FUNCTION public.trigrams(t text) RETURNS integer[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    BEGIN ATOMIC
 SELECT public.sort(ARRAY( SELECT hashtext(trigram.trigram) AS hashtext
            FROM unnest(public.show_trgm(public.fold(trigrams.t))) trigram(trigram))) AS sort;
END;

CREATE FUNCTION public.weighed(title text, body text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT (setweight(to_tsvector('simple'::regconfig, public.words(COALESCE(title, ''::text))), 'A'::"char") || setweight(to_tsvector('simple'::regconfig, public.words(COALESCE(body, ''::text))), 'D'::"char"));
END;

CREATE FUNCTION public.work_class_is_settled() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  raise exception 'the class of work is settled once the task is published'
    using errcode = 'check_violation', constraint = 'tasks_work_class_settled', table = 'tasks';
end $$;

CREATE TABLE public.account_tokens (
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    purpose text NOT NULL,
    person_id uuid NOT NULL,
    email text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT account_tokens_email_folded CHECK ((email = lower(email))),
    CONSTRAINT account_tokens_email_is_one CHECK (public.is_address(email)),
    CONSTRAINT account_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['VERIFY_EMAIL'::text, 'RESET_PASSWORD'::text])))
);

CREATE TABLE public.attempts (
    key_hash bytea NOT NULL,
    count integer NOT NULL,
    free_at timestamp with time zone NOT NULL,
    forget_at timestamp with time zone NOT NULL,
    CONSTRAINT attempts_count_check CHECK ((count >= 0))
);

CREATE TABLE public.audit_entries (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    person_id uuid,
    roles text[] NOT NULL,
    action text NOT NULL,
    subjects uuid[] NOT NULL,
    fields text[] NOT NULL,
    request_id text NOT NULL,
    outcome text NOT NULL
);

CREATE TABLE public.audit_subjects (
    subject_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    entry_id uuid NOT NULL
);

CREATE TABLE public.centres (
    id uuid NOT NULL,
    code text NOT NULL,
    district_id uuid NOT NULL,
    name_kk text NOT NULL,
    name_ru text NOT NULL,
    name_en text NOT NULL,
    state public.centre_state NOT NULL,
    opened_on date,
    address text,
    lat double precision,
    lon double precision,
    capacity integer,
    opening_hours text,
    CONSTRAINT centres_capacity_check CHECK ((capacity > 0)),
    CONSTRAINT centres_named CHECK (((name_kk <> ''::text) OR (name_ru <> ''::text) OR (name_en <> ''::text))),
    CONSTRAINT centres_point_on_earth CHECK ((((lat >= ('-90'::integer)::double precision) AND (lat <= (90)::double precision)) AND ((lon >= ('-180'::integer)::double precision) AND (lon <= (180)::double precision)))),
    CONSTRAINT centres_point_whole CHECK (((lat IS NULL) = (lon IS NULL)))
);

CREATE TABLE public.certificate_hours (
    certificate_id uuid NOT NULL,
    hours_id uuid NOT NULL,
    minutes integer NOT NULL,
    CONSTRAINT certificate_hours_minutes_check CHECK ((minutes > 0))
);

CREATE TABLE public.certificate_parts (
    certificate_id uuid NOT NULL,
    team_id uuid NOT NULL,
    team_name_kk text NOT NULL,
    team_name_ru text NOT NULL,
    team_name_en text NOT NULL,
    ngo_name_kk text NOT NULL,
    ngo_name_ru text NOT NULL,
    ngo_name_en text NOT NULL,
    minutes integer NOT NULL,
    shifts integer NOT NULL,
    first_on date NOT NULL,
    last_on date NOT NULL,
    CONSTRAINT certificate_parts_minutes_check CHECK ((minutes > 0)),
    CONSTRAINT certificate_parts_shifts_check CHECK ((shifts > 0))
);

CREATE TABLE public.certificates (
    id uuid NOT NULL,
    number text NOT NULL,
    person_id uuid NOT NULL,
    given_name text NOT NULL,
    family_name text NOT NULL,
    language public.language NOT NULL,
    from_on date NOT NULL,
    to_on date NOT NULL,
    first_on date NOT NULL,
    last_on date NOT NULL,
    minutes integer NOT NULL,
    shifts integer NOT NULL,
    centre_id uuid,
    issued_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    revocation public.certificate_revocation,
    CONSTRAINT certificates_family_name_is_one CHECK (public.is_name(family_name, 80)),
    CONSTRAINT certificates_given_name_is_one CHECK (public.is_name(given_name, 80)),
    CONSTRAINT certificates_minutes_check CHECK ((minutes > 0)),
    CONSTRAINT certificates_named CHECK (((given_name <> ''::text) OR (revoked_at IS NOT NULL))),
    CONSTRAINT certificates_number_check CHECK ((number ~ '^JH-[0-9]{4}-[2-9A-HJ-KM-NP-Z]{4}-[2-9A-HJ-KM-NP-Z]{4}-[2-9A-HJ-KM-NP-Z]{4}$'::text)),
    CONSTRAINT certificates_period CHECK (((from_on <= first_on) AND (first_on <= last_on) AND (last_on <= to_on))),
    CONSTRAINT certificates_revoked_because CHECK (((revoked_at IS NULL) = (revocation IS NULL))),
    CONSTRAINT certificates_shifts_check CHECK ((shifts > 0))
);

CREATE TABLE public.consents (
    id uuid NOT NULL,
    request_id uuid NOT NULL,
    person_id uuid NOT NULL,
    scope public.consent_scope NOT NULL,
    state public.consent_state NOT NULL,
    text_version text NOT NULL,
    language public.language NOT NULL,
    guardian_email text,
    token_hash bytea,
    expires_at timestamp with time zone,
    recorded_by uuid,
    seen_on date,
    note text,
    asked_at timestamp with time zone NOT NULL,
    given_at timestamp with time zone,
    revoked_at timestamp with time zone,
    revoked_by uuid,
    reason text,
    CONSTRAINT consents_asked_by_mail CHECK (((recorded_by IS NULL) OR (state = ANY (ARRAY['GIVEN'::public.consent_state, 'WITHDRAWN'::public.consent_state])))),
    CONSTRAINT consents_asked_expires CHECK (((token_hash IS NULL) = (expires_at IS NULL))),
    CONSTRAINT consents_given_has_time CHECK (((state <> 'GIVEN'::public.consent_state) OR (given_at IS NOT NULL))),
    CONSTRAINT consents_guardian_email_folded CHECK ((guardian_email = lower(guardian_email))),
    CONSTRAINT consents_guardian_email_is_one CHECK ((public.is_address(guardian_email) OR (guardian_email = ''::text))),
    CONSTRAINT consents_mail_or_paper CHECK ((((guardian_email IS NULL) = (recorded_by IS NOT NULL)) AND ((guardian_email IS NULL) = (token_hash IS NULL)) AND ((recorded_by IS NULL) = (seen_on IS NULL)))),
    CONSTRAINT consents_note_length CHECK ((char_length(note) <= 500)),
    CONSTRAINT consents_reason_length CHECK ((char_length(reason) <= 1000)),
    CONSTRAINT consents_withdrawn_has_time CHECK (((state = 'WITHDRAWN'::public.consent_state) = (revoked_at IS NOT NULL)))
);

CREATE TABLE public.data_requests (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone
);

CREATE TABLE public.decisions (
    id uuid NOT NULL,
    kind public.decision_kind NOT NULL,
    subject_type public.moderation_subject NOT NULL,
    subject_id uuid NOT NULL,
    centre_id uuid,
    team_id uuid,
    ngo_id uuid,
    person_id uuid,
    reason public.moderation_reason NOT NULL,
    words text NOT NULL,
    state public.decision_state NOT NULL,
    until timestamp with time zone,
    decided_by uuid NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    appeal text,
    appealed_at timestamp with time zone,
    answer text,
    answered_by uuid,
    answered_at timestamp with time zone,
    CONSTRAINT decisions_answer_length CHECK ((char_length(answer) <= 1000)),
    CONSTRAINT decisions_answer_whole CHECK ((num_nulls(answer, answered_by, answered_at) = ANY (ARRAY[0, 3]))),
    CONSTRAINT decisions_answered CHECK (
CASE
    WHEN (state = ANY (ARRAY['UPHELD'::public.decision_state, 'OVERTURNED'::public.decision_state])) THEN (answer IS NOT NULL)
    ELSE ((answer IS NULL) OR (state = 'ENDED'::public.decision_state))
END),
    CONSTRAINT decisions_appeal_length CHECK ((char_length(appeal) <= 4000)),
    CONSTRAINT decisions_appeal_whole CHECK ((num_nulls(appeal, appealed_at) = ANY (ARRAY[0, 2]))),
    CONSTRAINT decisions_appealed CHECK (((state <> ALL (ARRAY['APPEALED'::public.decision_state, 'UPHELD'::public.decision_state, 'OVERTURNED'::public.decision_state])) OR (appeal IS NOT NULL))),
    CONSTRAINT decisions_somebodys CHECK ((num_nonnulls(team_id, ngo_id, person_id) > 0)),
    CONSTRAINT decisions_suspend_people CHECK (((kind = 'HIDE'::public.decision_kind) OR (subject_type = 'PERSON'::public.moderation_subject))),
    CONSTRAINT decisions_two_pairs_of_eyes CHECK ((answered_by <> decided_by)),
    CONSTRAINT decisions_until_of_suspensions CHECK (((until IS NULL) OR ((kind = 'SUSPEND'::public.decision_kind) AND (until > decided_at)))),
    CONSTRAINT decisions_words_check CHECK ((words <> ''::text)),
    CONSTRAINT decisions_words_length CHECK ((char_length(words) <= 1000))
);

CREATE TABLE public.districts (
    id uuid NOT NULL,
    code text NOT NULL,
    name_kk text NOT NULL,
    name_ru text NOT NULL,
    name_en text NOT NULL,
    CONSTRAINT districts_named CHECK (((name_kk <> ''::text) OR (name_ru <> ''::text) OR (name_en <> ''::text)))
);

CREATE TABLE public.erasures (
    person_id uuid NOT NULL,
    erased_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    purged_at timestamp with time zone,
    by_id uuid,
    reason text,
    CONSTRAINT erasures_reason_length CHECK ((char_length(reason) <= 1000)),
    CONSTRAINT erasures_within_15_days CHECK (((due_at >= erased_at) AND (due_at <= (erased_at + '15 days'::interval))))
);

CREATE TABLE public.grants (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    role public.role NOT NULL,
    centre_id uuid,
    ngo_id uuid,
    given_by uuid,
    given_at timestamp with time zone NOT NULL,
    ended_by uuid,
    ended_at timestamp with time zone,
    CONSTRAINT grants_ended_by_somebody CHECK (((ended_by IS NULL) OR (ended_at IS NOT NULL))),
    CONSTRAINT grants_scope CHECK (
CASE role
    WHEN 'CITY_OFFICER'::public.role THEN ((centre_id IS NULL) AND (ngo_id IS NULL))
    WHEN 'NGO_LEAD'::public.role THEN ((centre_id IS NULL) AND (ngo_id IS NOT NULL))
    ELSE ((centre_id IS NOT NULL) AND (ngo_id IS NULL))
END)
);

CREATE TABLE public.hostings (
    id uuid NOT NULL,
    team_id uuid NOT NULL,
    centre_id uuid NOT NULL,
    state public.hosting_state NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT hostings_dated CHECK ((((state = ANY (ARRAY['ACTIVE'::public.hosting_state, 'ENDED'::public.hosting_state])) = (started_at IS NOT NULL)) AND ((state = 'ENDED'::public.hosting_state) = (ended_at IS NOT NULL))))
);

CREATE TABLE public.hours (
    id uuid NOT NULL,
    signup_id uuid NOT NULL,
    shift_id uuid NOT NULL,
    task_id uuid NOT NULL,
    team_id uuid NOT NULL,
    ngo_id uuid NOT NULL,
    centre_id uuid NOT NULL,
    person_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    came_at timestamp with time zone NOT NULL,
    went_at timestamp with time zone NOT NULL,
    worked_minutes integer NOT NULL,
    minutes integer NOT NULL,
    state public.hours_state NOT NULL,
    reason text,
    answered_by uuid,
    answered_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT hours_answered CHECK ((((state = ANY (ARRAY['APPROVED'::public.hours_state, 'ADJUSTED'::public.hours_state, 'REJECTED'::public.hours_state])) = (answered_at IS NOT NULL)) AND ((answered_at IS NULL) = (answered_by IS NULL)))),
    CONSTRAINT hours_answered_after_end CHECK ((answered_at >= ends_at)),
    CONSTRAINT hours_count_as_they_stand CHECK (
CASE state
    WHEN 'ADJUSTED'::public.hours_state THEN (minutes > 0)
    WHEN 'PENDING'::public.hours_state THEN (minutes = worked_minutes)
    WHEN 'APPROVED'::public.hours_state THEN (minutes = worked_minutes)
    ELSE (minutes = 0)
END),
    CONSTRAINT hours_minutes_whole CHECK (((minutes >= 0) AND ((minutes % 5) = 0))),
    CONSTRAINT hours_not_by_oneself CHECK ((answered_by <> person_id)),
    CONSTRAINT hours_reason_given CHECK (((state <> ALL (ARRAY['ADJUSTED'::public.hours_state, 'REJECTED'::public.hours_state])) OR (reason IS NOT NULL))),
    CONSTRAINT hours_reason_length CHECK ((char_length(reason) <= 1000)),
    CONSTRAINT hours_within_shift CHECK ((((60 * GREATEST(minutes, worked_minutes)))::numeric <= EXTRACT(epoch FROM (ends_at - starts_at)))),
    CONSTRAINT hours_worked_whole CHECK (((worked_minutes >= 0) AND ((worked_minutes % 5) = 0)))
);

CREATE TABLE public.idempotency_keys (
    person_id uuid NOT NULL,
    key text NOT NULL,
    mutation text NOT NULL,
    input_hash bytea NOT NULL,
    result_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    outcomes jsonb,
    CONSTRAINT idempotency_keys_key_length CHECK ((char_length(key) <= 128))
);

CREATE TABLE public.identities (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.indicators (
    id uuid NOT NULL,
    year integer NOT NULL,
    code text NOT NULL,
    unit text NOT NULL,
    definition_kk text NOT NULL,
    definition_ru text NOT NULL,
    definition_en text NOT NULL,
    baseline bigint,
    target bigint,
    comparison text,
    announced_on date,
    CONSTRAINT indicators_comparison_check CHECK ((comparison = ANY (ARRAY['AT_LEAST'::text, 'MORE_THAN'::text])))
);

CREATE TABLE public.invitations (
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    email text,
    role public.invited_role NOT NULL,
    centre_id uuid,
    ngo_id uuid,
    team_id uuid,
    state public.invitation_state NOT NULL,
    invited_by uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT invitations_addressed CHECK (((email IS NOT NULL) OR (ended_at IS NOT NULL))),
    CONSTRAINT invitations_email_folded CHECK ((email = lower(email))),
    CONSTRAINT invitations_email_is_one CHECK (public.is_address(email)),
    CONSTRAINT invitations_end CHECK (((state = 'SENT'::public.invitation_state) = (ended_at IS NULL))),
    CONSTRAINT invitations_scope CHECK (
CASE
    WHEN (role = 'CITY_OFFICER'::public.invited_role) THEN ((centre_id IS NULL) AND (ngo_id IS NULL) AND (team_id IS NULL))
    WHEN (role = ANY (ARRAY['COORDINATOR'::public.invited_role, 'CONSULTANT'::public.invited_role])) THEN ((centre_id IS NOT NULL) AND (ngo_id IS NULL) AND (team_id IS NULL))
    WHEN (role = 'NGO_LEAD'::public.invited_role) THEN ((centre_id IS NULL) AND (ngo_id IS NOT NULL) AND (team_id IS NULL))
    ELSE ((centre_id IS NULL) AND (ngo_id IS NULL) AND (team_id IS NOT NULL))
END)
);

CREATE TABLE public.memberships (
    id uuid NOT NULL,
    team_id uuid NOT NULL,
    person_id uuid NOT NULL,
    role public.team_role NOT NULL,
    state public.membership_state NOT NULL,
    message text,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    joined_at timestamp with time zone,
    ended_at timestamp with time zone,
    CONSTRAINT memberships_asked_expire CHECK (((state = ANY (ARRAY['REQUESTED'::public.membership_state, 'INVITED'::public.membership_state])) = (expires_at IS NOT NULL))),
    CONSTRAINT memberships_dated CHECK ((((state = ANY (ARRAY['ACTIVE'::public.membership_state, 'LEFT'::public.membership_state, 'REMOVED'::public.membership_state])) = (joined_at IS NOT NULL)) AND ((state = ANY (ARRAY['REQUESTED'::public.membership_state, 'INVITED'::public.membership_state, 'ACTIVE'::public.membership_state])) = (ended_at IS NULL)))),
    CONSTRAINT memberships_message_length CHECK ((char_length(message) <= 1000))
);

CREATE TABLE public.merge_questions (
    id uuid NOT NULL,
    proposal_id uuid NOT NULL,
    into_id uuid NOT NULL,
    person_id uuid NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    moved boolean,
    CONSTRAINT merge_questions_answer_whole CHECK (((answered_at IS NULL) = (moved IS NULL))),
    CONSTRAINT merge_questions_of_two CHECK ((into_id <> proposal_id))
);

CREATE TABLE public.moves (
    id uuid NOT NULL,
    subject_id uuid NOT NULL,
    verb text NOT NULL,
    from_state text,
    to_state text NOT NULL,
    by_id uuid,
    acting_as text NOT NULL,
    reason_code text,
    words text,
    at timestamp with time zone NOT NULL,
    CONSTRAINT moves_acting_as_check CHECK ((acting_as = ANY (ARRAY['PERSON'::text, 'AUTHOR'::text, 'LEAD'::text, 'COORDINATOR'::text, 'OFFICER'::text, 'GUARDIAN'::text, 'HUB'::text]))),
    CONSTRAINT moves_by_somebody CHECK (((by_id IS NULL) = (acting_as = ANY (ARRAY['GUARDIAN'::text, 'HUB'::text])))),
    CONSTRAINT moves_verb_shape CHECK ((verb ~ '^[A-Z][A-Z_]{2,39}$'::text)),
    CONSTRAINT moves_words_length CHECK ((char_length(words) <= 4000))
);

CREATE TABLE public.ngos (
    id uuid NOT NULL,
    name_kk text NOT NULL,
    name_ru text NOT NULL,
    name_en text NOT NULL,
    mission text,
    language public.language NOT NULL,
    focus public.focus NOT NULL,
    state public.ngo_state NOT NULL,
    bin text,
    created_at timestamp with time zone NOT NULL,
    hidden_id uuid,
    CONSTRAINT ngos_bin_check CHECK ((bin ~ '^[0-9]{12}$'::text)),
    CONSTRAINT ngos_check CHECK (((name_kk <> ''::text) OR (name_ru <> ''::text) OR (name_en <> ''::text))),
    CONSTRAINT ngos_mission_length CHECK ((char_length(mission) <= 2000)),
    CONSTRAINT ngos_name_en_is_one CHECK (public.is_name(name_en, 120)),
    CONSTRAINT ngos_name_kk_is_one CHECK (public.is_name(name_kk, 120)),
    CONSTRAINT ngos_name_ru_is_one CHECK (public.is_name(name_ru, 120))
);

CREATE TABLE public.notice_preferences (
    person_id uuid NOT NULL,
    topic text NOT NULL,
    email text NOT NULL,
    telegram boolean NOT NULL,
    CONSTRAINT notice_preferences_email_check CHECK ((email = ANY (ARRAY['NONE'::text, 'NEEDED'::text, 'DAILY'::text, 'ALL'::text]))),
    CONSTRAINT notice_preferences_topic_check CHECK ((topic = ANY (ARRAY['PROPOSALS'::text, 'SHIFTS'::text, 'REMINDERS'::text, 'MEMBERSHIPS'::text, 'TEAMWORK'::text, 'CENTRE'::text, 'RECORD'::text])))
);

CREATE TABLE public.notices (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    subject_type text NOT NULL,
    subject_id uuid NOT NULL,
    details jsonb NOT NULL,
    event text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    digest_at timestamp with time zone,
    CONSTRAINT notices_kind_check CHECK ((kind = ANY (ARRAY['PROPOSAL_NEW'::text, 'PROPOSAL_MOVED'::text, 'PROPOSAL_MERGED'::text, 'PROPOSAL_INFO_WANTED'::text, 'PROPOSAL_OVERDUE'::text, 'TASK_FROM_PROPOSAL'::text, 'TASK_TO_VERIFY'::text, 'TASK_VERIFIED'::text, 'TASK_SENT_BACK'::text, 'TASK_DISPUTED'::text, 'TASK_CANCELLED'::text, 'SIGNUP_CONFIRMED'::text, 'SEAT_OFFERED'::text, 'OFFER_EXPIRED'::text, 'OFFER_WITHDRAWN'::text, 'SEATS_LATE'::text, 'SHIFT_CHANGED'::text, 'SHIFT_CANCELLED'::text, 'SHIFT_TOMORROW'::text, 'SHIFT_TODAY'::text, 'MEMBERSHIP_REQUESTED'::text, 'MEMBERSHIP_INVITED'::text, 'MEMBERSHIP_ANSWERED'::text, 'MEMBERSHIP_ENDED'::text, 'CONSENT_ANSWERED'::text, 'HOURS_ANSWERED'::text, 'CERTIFICATE_REVOKED'::text]))),
    CONSTRAINT notices_subject_type_check CHECK ((subject_type = ANY (ARRAY['PROPOSAL'::text, 'TASK'::text, 'SHIFT'::text, 'TEAM'::text, 'CERTIFICATE'::text, 'CONSENT'::text])))
);

CREATE TABLE public.oidc_flows (
    state_hash bytea NOT NULL,
    browser_hash bytea NOT NULL,
    nonce text NOT NULL,
    verifier text NOT NULL,
    return_to text NOT NULL,
    session_id uuid,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.outbox (
    id uuid NOT NULL,
    kind text NOT NULL,
    address text,
    language public.language NOT NULL,
    data jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    sent_at timestamp with time zone,
    failed_at timestamp with time zone,
    last_error text,
    person_id uuid,
    channel text DEFAULT 'EMAIL'::text NOT NULL,
    notice_id uuid,
    at_night boolean DEFAULT true NOT NULL,
    CONSTRAINT outbox_channel_check CHECK ((channel = ANY (ARRAY['EMAIL'::text, 'TELEGRAM'::text]))),
    CONSTRAINT outbox_kind_shape CHECK ((kind ~ '^[A-Z][A-Z_]{2,39}$'::text)),
    CONSTRAINT outbox_one_end CHECK (((sent_at IS NULL) OR (failed_at IS NULL))),
    CONSTRAINT outbox_to_somebody CHECK (((address IS NOT NULL) OR (person_id IS NOT NULL)))
);

CREATE TABLE public.pending_identities (
    token_hash bytea NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    email text NOT NULL,
    given_name text NOT NULL,
    family_name text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT pending_identities_email_folded CHECK ((email = lower(email))),
    CONSTRAINT pending_identities_email_is_one CHECK (public.is_address(email)),
    CONSTRAINT pending_identities_family_name_is_one CHECK (public.is_name(family_name, 80)),
    CONSTRAINT pending_identities_given_name_is_one CHECK (public.is_name(given_name, 80))
);

CREATE TABLE public.people (
    id uuid NOT NULL,
    email text,
    password_hash text,
    given_name text NOT NULL,
    family_name text NOT NULL,
    birth_date date,
    language public.language NOT NULL,
    district_id uuid,
    created_at timestamp with time zone NOT NULL,
    email_verified_at timestamp with time zone,
    hidden_id uuid,
    suspended_id uuid,
    erased_at timestamp with time zone,
    links_since timestamp with time zone,
    CONSTRAINT people_email_folded CHECK ((email = lower(email))),
    CONSTRAINT people_email_is_one CHECK (public.is_address(email)),
    CONSTRAINT people_family_name_is_one CHECK (public.is_name(family_name, 80)),
    CONSTRAINT people_given_name_is_one CHECK (public.is_name(given_name, 80)),
    CONSTRAINT people_whole_or_blank CHECK (
CASE
    WHEN (erased_at IS NULL) THEN ((email IS NOT NULL) AND (birth_date IS NOT NULL))
    ELSE ((email IS NULL) AND (email_verified_at IS NULL) AND (password_hash IS NULL) AND (given_name = ''::text) AND (family_name = ''::text) AND (birth_date IS NULL) AND (district_id IS NULL) AND (language = 'KK'::public.language))
END)
);

CREATE TABLE public.photo_minors (
    photo_id uuid NOT NULL,
    person_id uuid NOT NULL
);

CREATE TABLE public.photos (
    id uuid NOT NULL,
    uploader_id uuid NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    stored_at timestamp with time zone,
    proposal_id uuid,
    task_id uuid,
    update_id uuid,
    "position" integer,
    minors_shown boolean,
    attached_at timestamp with time zone,
    removed_at timestamp with time zone,
    files_gone_at timestamp with time zone,
    CONSTRAINT photos_attached_once CHECK ((num_nonnulls(proposal_id, task_id) = ((attached_at IS NOT NULL))::integer)),
    CONSTRAINT photos_attached_stored CHECK (((attached_at IS NULL) OR (stored_at IS NOT NULL))),
    CONSTRAINT photos_attached_whole CHECK ((num_nulls("position", minors_shown, attached_at) = ANY (ARRAY[0, 3]))),
    CONSTRAINT photos_gone_removed CHECK (((files_gone_at IS NULL) OR (removed_at IS NOT NULL))),
    CONSTRAINT photos_height_check CHECK (((height >= 1) AND (height <= 3200))),
    CONSTRAINT photos_update_of_task CHECK (((update_id IS NULL) OR (task_id IS NOT NULL))),
    CONSTRAINT photos_width_check CHECK (((width >= 1) AND (width <= 1600)))
);

CREATE TABLE public.progress_results (
    update_id uuid NOT NULL,
    metric public.metric NOT NULL,
    amount integer NOT NULL,
    CONSTRAINT progress_results_amount_check CHECK ((amount > 0))
);

CREATE TABLE public.progress_updates (
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    author_id uuid NOT NULL,
    text text NOT NULL,
    language public.language NOT NULL,
    percent integer,
    created_at timestamp with time zone NOT NULL,
    hidden_id uuid,
    lower_reason text,
    CONSTRAINT progress_updates_lower_reason_length CHECK ((char_length(lower_reason) <= 1000)),
    CONSTRAINT progress_updates_percent_check CHECK (((percent >= 0) AND (percent <= 100))),
    CONSTRAINT progress_updates_reason_of_percent CHECK (((lower_reason IS NULL) OR (percent IS NOT NULL))),
    CONSTRAINT progress_updates_text_length CHECK ((char_length(text) <= 4000))
);

CREATE TABLE public.proposal_texts (
    proposal_id uuid NOT NULL,
    text text NOT NULL,
    title_trigrams integer[] NOT NULL,
    text_trigrams integer[] NOT NULL
);

CREATE TABLE public.recovery_codes (
    person_id uuid NOT NULL,
    code_hash bytea NOT NULL
);

CREATE TABLE public.reports (
    id uuid NOT NULL,
    subject_type public.moderation_subject NOT NULL,
    subject_id uuid NOT NULL,
    centre_id uuid,
    team_id uuid,
    ngo_id uuid,
    person_id uuid,
    reporter_id uuid NOT NULL,
    reason public.moderation_reason NOT NULL,
    words text,
    state public.report_state NOT NULL,
    decision_id uuid,
    created_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    CONSTRAINT reports_decided_has_time CHECK (((state = 'OPEN'::public.report_state) = (decided_at IS NULL))),
    CONSTRAINT reports_decision_upholds CHECK (((decision_id IS NULL) OR (state = 'UPHELD'::public.report_state))),
    CONSTRAINT reports_other_has_words CHECK (((reason <> 'OTHER'::public.moderation_reason) OR (words IS NOT NULL))),
    CONSTRAINT reports_words_length CHECK ((char_length(words) <= 1000))
);

CREATE TABLE public.result_sums (
    team_id uuid NOT NULL,
    centre_id uuid NOT NULL,
    district_id uuid NOT NULL,
    year integer NOT NULL,
    metric public.metric NOT NULL,
    amount bigint NOT NULL,
    tasks integer NOT NULL,
    CONSTRAINT result_sums_amount_check CHECK ((amount >= 0)),
    CONSTRAINT result_sums_tasks_check CHECK ((tasks >= 0))
);

CREATE TABLE public.sealed_with (
    only_one boolean DEFAULT true NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT sealed_with_only_one_check CHECK (only_one)
);

CREATE TABLE public.teams (
    id uuid NOT NULL,
    ngo_id uuid NOT NULL,
    name_kk text NOT NULL,
    name_ru text NOT NULL,
    name_en text NOT NULL,
    about text,
    language public.language NOT NULL,
    created_at timestamp with time zone NOT NULL,
    hidden_id uuid,
    member_count integer DEFAULT 0 NOT NULL,
    CONSTRAINT teams_about_length CHECK ((char_length(about) <= 2000)),
    CONSTRAINT teams_check CHECK (((name_kk <> ''::text) OR (name_ru <> ''::text) OR (name_en <> ''::text))),
    CONSTRAINT teams_member_count_check CHECK ((member_count >= 0)),
    CONSTRAINT teams_name_en_is_one CHECK (public.is_name(name_en, 120)),
    CONSTRAINT teams_name_kk_is_one CHECK (public.is_name(name_kk, 120)),
    CONSTRAINT teams_name_ru_is_one CHECK (public.is_name(name_ru, 120))
);

CREATE VIEW public.searchable AS
 SELECT 'TASK'::public.search_type AS type,
    tasks.id,
    tasks.district_id,
    public.weighed(tasks.title, tasks.description) AS document
   FROM public.tasks
  WHERE ((tasks.hidden_id IS NULL) AND (tasks.state <> ALL (ARRAY['DRAFT'::public.task_state, 'CANCELLED'::public.task_state])))
UNION ALL
 SELECT 'PROPOSAL'::public.search_type AS type,
    proposals.id,
    proposals.district_id,
    public.weighed(proposals.title, proposals.text) AS document
   FROM public.proposals
  WHERE ((proposals.hidden_id IS NULL) AND (proposals.state <> 'WITHDRAWN'::public.proposal_state))
UNION ALL
 SELECT 'TEAM'::public.search_type AS type,
    teams.id,
    NULL::uuid AS district_id,
    public.weighed(concat_ws(' '::text, teams.name_kk, teams.name_ru, teams.name_en), teams.about) AS document
   FROM public.teams
  WHERE (teams.hidden_id IS NULL)
UNION ALL
 SELECT 'CENTRE'::public.search_type AS type,
    centres.id,
    centres.district_id,
    public.weighed(concat_ws(' '::text, centres.name_kk, centres.name_ru, centres.name_en), centres.address) AS document
   FROM public.centres;

CREATE TABLE public.second_factors (
    person_id uuid NOT NULL,
    secret bytea,
    confirmed_at timestamp with time zone,
    last_step bigint DEFAULT 0 NOT NULL,
    pending bytea,
    CONSTRAINT second_factors_confirmed CHECK (((secret IS NULL) = (confirmed_at IS NULL))),
    CONSTRAINT second_factors_not_empty CHECK (((secret IS NOT NULL) OR (pending IS NOT NULL)))
);

CREATE TABLE public.sessions (
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    person_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    second_factor_at timestamp with time zone
);

CREATE TABLE public.shift_reminders (
    shift_id uuid NOT NULL,
    kind text NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    CONSTRAINT shift_reminders_kind_check CHECK ((kind = ANY (ARRAY['SHIFT_TOMORROW'::text, 'SHIFT_TODAY'::text])))
);

CREATE TABLE public.shifts (
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    capacity integer NOT NULL,
    place text,
    lat double precision,
    lon double precision,
    state public.shift_state NOT NULL,
    cancel_reason text,
    begun_at timestamp with time zone,
    taken integer DEFAULT 0 NOT NULL,
    waiting integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    hidden_id uuid,
    CONSTRAINT shifts_cancel_has_reason CHECK (((state = 'CANCELLED'::public.shift_state) = (cancel_reason IS NOT NULL))),
    CONSTRAINT shifts_cancel_reason_length CHECK ((char_length(cancel_reason) <= 1000)),
    CONSTRAINT shifts_cancelled_empty CHECK (((state <> 'CANCELLED'::public.shift_state) OR ((taken = 0) AND (waiting = 0)))),
    CONSTRAINT shifts_capacity_check CHECK (((capacity >= 1) AND (capacity <= 10000))),
    CONSTRAINT shifts_end_after_start CHECK (((ends_at > starts_at) AND (ends_at <= (starts_at + '24:00:00'::interval)))),
    CONSTRAINT shifts_place_length CHECK ((char_length(place) <= 200)),
    CONSTRAINT shifts_point_on_earth CHECK ((((lat >= ('-90'::integer)::double precision) AND (lat <= (90)::double precision)) AND ((lon >= ('-180'::integer)::double precision) AND (lon <= (180)::double precision)))),
    CONSTRAINT shifts_point_whole CHECK (((lat IS NULL) = (lon IS NULL))),
    CONSTRAINT shifts_taken_within_capacity CHECK (((taken >= 0) AND (taken <= capacity))),
    CONSTRAINT shifts_waiting_not_negative CHECK ((waiting >= 0))
);

CREATE SEQUENCE public.signups_line
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.signups (
    id uuid NOT NULL,
    shift_id uuid NOT NULL,
    person_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    state public.signup_state NOT NULL,
    line bigint DEFAULT nextval('public.signups_line'::regclass) NOT NULL,
    offer_expires_at timestamp with time zone,
    checked_in_at timestamp with time zone,
    checked_out_at timestamp with time zone,
    end_reason text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    coming_at timestamp with time zone,
    CONSTRAINT signups_attended_after_start CHECK (((state <> ALL (ARRAY['COMPLETED'::public.signup_state, 'NO_SHOW'::public.signup_state])) OR (updated_at >= starts_at))),
    CONSTRAINT signups_checked_in_has_time CHECK (((state <> ALL (ARRAY['CHECKED_IN'::public.signup_state, 'COMPLETED'::public.signup_state])) OR (checked_in_at IS NOT NULL))),
    CONSTRAINT signups_completed_has_time CHECK (((state = 'COMPLETED'::public.signup_state) = (checked_out_at IS NOT NULL))),
    CONSTRAINT signups_end_reason_length CHECK ((char_length(end_reason) <= 1000)),
    CONSTRAINT signups_offer_has_time CHECK (((state = 'OFFERED'::public.signup_state) = (offer_expires_at IS NOT NULL))),
    CONSTRAINT signups_out_after_start CHECK (((checked_out_at >= starts_at) AND (checked_out_at >= checked_in_at)))
);

CREATE TABLE public.special_days (
    id uuid NOT NULL,
    day date NOT NULL,
    works boolean NOT NULL,
    name_kk text NOT NULL,
    name_ru text NOT NULL,
    name_en text NOT NULL,
    removed_at timestamp with time zone,
    CONSTRAINT special_days_differ CHECK ((works = (EXTRACT(isodow FROM day) > (5)::numeric))),
    CONSTRAINT special_days_name_en_length CHECK ((char_length(name_en) <= 120)),
    CONSTRAINT special_days_name_kk_length CHECK ((char_length(name_kk) <= 120)),
    CONSTRAINT special_days_name_ru_length CHECK ((char_length(name_ru) <= 120)),
    CONSTRAINT special_days_named CHECK (((name_kk <> ''::text) OR (name_ru <> ''::text) OR (name_en <> ''::text))),
    CONSTRAINT special_days_years CHECK (((day >= '2026-01-01'::date) AND (day <= '2100-12-31'::date)))
);

CREATE TABLE public.suspended_addresses (
    hash bytea NOT NULL,
    decision_id uuid NOT NULL
);

CREATE TABLE public.task_counts (
    team_id uuid NOT NULL,
    centre_id uuid NOT NULL,
    state public.task_state NOT NULL,
    tasks integer NOT NULL,
    CONSTRAINT task_counts_tasks_check CHECK ((tasks >= 0))
);

CREATE TABLE public.task_texts (
    task_id uuid NOT NULL,
    text text NOT NULL
);

CREATE TABLE public.telegram_bot (
    only_one boolean DEFAULT true NOT NULL,
    username text NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    CONSTRAINT telegram_bot_only_one_check CHECK (only_one)
);

CREATE TABLE public.telegram_codes (
    person_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.telegram_links (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    chat_id bigint NOT NULL,
    linked_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.account_tokens
    ADD CONSTRAINT account_tokens_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_tokens
    ADD CONSTRAINT account_tokens_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT attempts_pkey PRIMARY KEY (key_hash);

ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (at, id);

ALTER TABLE ONLY public.audit_subjects
    ADD CONSTRAINT audit_subjects_pkey PRIMARY KEY (subject_id, at, entry_id);

ALTER TABLE ONLY public.centres
    ADD CONSTRAINT centres_code_key UNIQUE (code);

ALTER TABLE ONLY public.centres
    ADD CONSTRAINT centres_id_district_id_key UNIQUE (id, district_id);

ALTER TABLE ONLY public.centres
    ADD CONSTRAINT centres_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.certificate_hours
    ADD CONSTRAINT certificate_hours_pkey PRIMARY KEY (certificate_id, hours_id);

ALTER TABLE ONLY public.certificate_parts
    ADD CONSTRAINT certificate_parts_pkey PRIMARY KEY (certificate_id, team_id);

ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT certificates_number_key UNIQUE (number);

ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT certificates_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.claim_results
    ADD CONSTRAINT claim_results_pkey PRIMARY KEY (claim_id, metric);

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.data_requests
    ADD CONSTRAINT data_requests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.data_requests
    ADD CONSTRAINT data_requests_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.districts
    ADD CONSTRAINT districts_code_key UNIQUE (code);

ALTER TABLE ONLY public.districts
    ADD CONSTRAINT districts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_pkey PRIMARY KEY (person_id);

ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hostings
    ADD CONSTRAINT hostings_one_at_a_time EXCLUDE USING gist (team_id WITH =, tstzrange(started_at, ended_at) WITH &&) WHERE ((started_at IS NOT NULL));

ALTER TABLE ONLY public.hostings
    ADD CONSTRAINT hostings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hours
    ADD CONSTRAINT hours_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hours
    ADD CONSTRAINT hours_signup_id_key UNIQUE (signup_id);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (person_id, key);

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_key UNIQUE (issuer, subject);

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.indicators
    ADD CONSTRAINT indicators_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.indicators
    ADD CONSTRAINT indicators_year_code_key UNIQUE (year, code);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.merge_questions
    ADD CONSTRAINT merge_questions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.moves
    ADD CONSTRAINT moves_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ngos
    ADD CONSTRAINT ngos_bin_key UNIQUE (bin);

ALTER TABLE ONLY public.ngos
    ADD CONSTRAINT ngos_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notice_preferences
    ADD CONSTRAINT notice_preferences_pkey PRIMARY KEY (person_id, topic);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_once UNIQUE (person_id, event);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.oidc_flows
    ADD CONSTRAINT oidc_flows_pkey PRIMARY KEY (state_hash);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.pending_identities
    ADD CONSTRAINT pending_identities_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_email_key UNIQUE (email);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.photo_minors
    ADD CONSTRAINT photo_minors_pkey PRIMARY KEY (photo_id, person_id);

ALTER TABLE ONLY public.photos
    ADD CONSTRAINT photos_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.progress_results
    ADD CONSTRAINT progress_results_pkey PRIMARY KEY (update_id, metric);

ALTER TABLE ONLY public.progress_updates
    ADD CONSTRAINT progress_updates_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.proposal_texts
    ADD CONSTRAINT proposal_texts_pkey PRIMARY KEY (proposal_id);

ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (person_id, code_hash);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.result_sums
    ADD CONSTRAINT result_sums_pkey PRIMARY KEY (team_id, centre_id, district_id, year, metric);

ALTER TABLE ONLY public.sealed_with
    ADD CONSTRAINT sealed_with_pkey PRIMARY KEY (only_one);

ALTER TABLE ONLY public.search_documents
    ADD CONSTRAINT search_documents_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.second_factors
    ADD CONSTRAINT second_factors_pkey PRIMARY KEY (person_id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.shift_reminders
    ADD CONSTRAINT shift_reminders_pkey PRIMARY KEY (shift_id, kind, starts_at);

ALTER TABLE ONLY public.shifts
    ADD CONSTRAINT shifts_id_starts_at_ends_at_key UNIQUE (id, starts_at, ends_at);

ALTER TABLE ONLY public.shifts
    ADD CONSTRAINT shifts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.signups
    ADD CONSTRAINT signups_no_clash EXCLUDE USING gist (person_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE ((state = ANY (ARRAY['CONFIRMED'::public.signup_state, 'CHECKED_IN'::public.signup_state, 'COMPLETED'::public.signup_state])));

ALTER TABLE ONLY public.signups
    ADD CONSTRAINT signups_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.special_days
    ADD CONSTRAINT special_days_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.supports
    ADD CONSTRAINT supports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.suspended_addresses
    ADD CONSTRAINT suspended_addresses_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.task_claims
    ADD CONSTRAINT task_claims_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.task_counts
    ADD CONSTRAINT task_counts_pkey PRIMARY KEY (team_id, centre_id, state);

ALTER TABLE ONLY public.task_texts
    ADD CONSTRAINT task_texts_pkey PRIMARY KEY (task_id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.teams
    ADD CONSTRAINT teams_id_ngo_id_key UNIQUE (id, ngo_id);

ALTER TABLE ONLY public.teams
    ADD CONSTRAINT teams_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.telegram_bot
    ADD CONSTRAINT telegram_bot_pkey PRIMARY KEY (only_one);

ALTER TABLE ONLY public.telegram_codes
    ADD CONSTRAINT telegram_codes_code_hash_key UNIQUE (code_hash);

ALTER TABLE ONLY public.telegram_codes
    ADD CONSTRAINT telegram_codes_pkey PRIMARY KEY (person_id);

ALTER TABLE ONLY public.telegram_links
    ADD CONSTRAINT telegram_links_chat_id_key UNIQUE (chat_id);

ALTER TABLE ONLY public.telegram_links
    ADD CONSTRAINT telegram_links_person_id_key UNIQUE (person_id);

ALTER TABLE ONLY public.telegram_links
    ADD CONSTRAINT telegram_links_pkey PRIMARY KEY (id);

CREATE INDEX account_tokens_age ON public.account_tokens USING btree (expires_at);

CREATE INDEX account_tokens_open ON public.account_tokens USING btree (person_id) WHERE (used_at IS NULL);

CREATE INDEX account_tokens_person ON public.account_tokens USING btree (person_id, id);

CREATE INDEX attempts_age ON public.attempts USING btree (forget_at);

CREATE INDEX audit_entries_action ON public.audit_entries USING btree (action, at, id);

CREATE INDEX audit_entries_person ON public.audit_entries USING btree (person_id, at, id);

CREATE INDEX centres_district ON public.centres USING btree (district_id);

CREATE INDEX certificate_hours_of ON public.certificate_hours USING btree (hours_id, certificate_id);

CREATE INDEX certificates_person ON public.certificates USING btree (person_id, id);

CREATE UNIQUE INDEX consents_asked_key ON public.consents USING btree (person_id, scope) WHERE (state = 'ASKED'::public.consent_state);

CREATE INDEX consents_guardian ON public.consents USING btree (guardian_email, asked_at) WHERE (guardian_email IS NOT NULL);

CREATE UNIQUE INDEX consents_live_key ON public.consents USING btree (person_id, scope) WHERE (state = 'GIVEN'::public.consent_state);

CREATE INDEX consents_person ON public.consents USING btree (person_id, id);

CREATE INDEX consents_recorded_by ON public.consents USING btree (recorded_by, id) WHERE (recorded_by IS NOT NULL);

CREATE INDEX consents_request ON public.consents USING btree (request_id, id);

CREATE INDEX consents_revoked_by ON public.consents USING btree (revoked_by, id) WHERE (revoked_by IS NOT NULL);

CREATE INDEX consents_token ON public.consents USING btree (token_hash) WHERE (token_hash IS NOT NULL);

CREATE INDEX consents_unanswered ON public.consents USING btree (expires_at) WHERE (state = 'ASKED'::public.consent_state);

CREATE INDEX data_requests_person ON public.data_requests USING btree (person_id, id);

CREATE INDEX decisions_answered_by ON public.decisions USING btree (answered_by, id) WHERE (answered_by IS NOT NULL);

CREATE INDEX decisions_by ON public.decisions USING btree (decided_by, id);

CREATE INDEX decisions_centre ON public.decisions USING btree (centre_id, state, id);

CREATE INDEX decisions_due ON public.decisions USING btree (until) WHERE (public.in_force(state) AND (until IS NOT NULL));

CREATE UNIQUE INDEX decisions_in_force_key ON public.decisions USING btree (subject_id, kind) WHERE public.in_force(state);

CREATE INDEX decisions_ngo ON public.decisions USING btree (ngo_id, id) WHERE (ngo_id IS NOT NULL);

CREATE INDEX decisions_person ON public.decisions USING btree (person_id, id) WHERE (person_id IS NOT NULL);

CREATE INDEX decisions_state ON public.decisions USING btree (state, id);

CREATE INDEX decisions_team ON public.decisions USING btree (team_id, id) WHERE (team_id IS NOT NULL);

CREATE INDEX erasures_by ON public.erasures USING btree (by_id, person_id) WHERE (by_id IS NOT NULL);

CREATE INDEX erasures_due ON public.erasures USING btree (due_at) WHERE (purged_at IS NULL);

CREATE INDEX grants_centre ON public.grants USING btree (centre_id, id) WHERE (centre_id IS NOT NULL);

CREATE INDEX grants_ended_by ON public.grants USING btree (ended_by, id) WHERE (ended_by IS NOT NULL);

CREATE INDEX grants_given_by ON public.grants USING btree (given_by, id) WHERE (given_by IS NOT NULL);

CREATE INDEX grants_held ON public.grants USING btree (role, id) WHERE (ended_at IS NULL);

CREATE INDEX grants_ngo ON public.grants USING btree (ngo_id, id) WHERE (ngo_id IS NOT NULL);

CREATE INDEX grants_officers ON public.grants USING btree (id) WHERE ((role = 'CITY_OFFICER'::public.role) AND (ended_at IS NULL));

CREATE UNIQUE INDEX grants_open_key ON public.grants USING btree (person_id, role, COALESCE(centre_id, ngo_id, '00000000-0000-0000-0000-000000000000'::uuid)) WHERE (ended_at IS NULL);

CREATE INDEX grants_person ON public.grants USING btree (person_id, id);

CREATE UNIQUE INDEX hostings_active_key ON public.hostings USING btree (team_id) WHERE (state = 'ACTIVE'::public.hosting_state);

CREATE INDEX hostings_asked ON public.hostings USING btree (centre_id, id) WHERE (state = 'REQUESTED'::public.hosting_state);

CREATE INDEX hostings_centre ON public.hostings USING btree (centre_id, team_id) WHERE (state = 'ACTIVE'::public.hosting_state);

CREATE UNIQUE INDEX hostings_requested_key ON public.hostings USING btree (team_id) WHERE (state = 'REQUESTED'::public.hosting_state);

CREATE INDEX hostings_team ON public.hostings USING btree (team_id, id);

CREATE INDEX hours_answered_by ON public.hours USING btree (answered_by, id) WHERE (answered_by IS NOT NULL);

CREATE INDEX hours_counted_of_centre ON public.hours USING btree (centre_id, state);

CREATE INDEX hours_counted_of_team ON public.hours USING btree (team_id, state);

CREATE INDEX hours_of_centre ON public.hours USING btree (centre_id, id);

CREATE INDEX hours_of_ngo ON public.hours USING btree (ngo_id, starts_at, id) WHERE (state = ANY (ARRAY['APPROVED'::public.hours_state, 'ADJUSTED'::public.hours_state]));

CREATE INDEX hours_of_person ON public.hours USING btree (person_id, starts_at, id);

CREATE INDEX hours_of_shift ON public.hours USING btree (shift_id);

CREATE INDEX hours_of_task ON public.hours USING btree (task_id, id);

CREATE INDEX hours_of_team ON public.hours USING btree (team_id, id);

CREATE INDEX hours_waiting_centre ON public.hours USING btree (centre_id, id) WHERE (state = 'PENDING'::public.hours_state);

CREATE INDEX hours_waiting_task ON public.hours USING btree (task_id, id) WHERE (state = 'PENDING'::public.hours_state);

CREATE INDEX hours_waiting_team ON public.hours USING btree (team_id, id) WHERE (state = 'PENDING'::public.hours_state);

CREATE INDEX hours_when ON public.hours USING btree (starts_at, id) WHERE (state = ANY (ARRAY['APPROVED'::public.hours_state, 'ADJUSTED'::public.hours_state]));

CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at);

CREATE INDEX identities_person ON public.identities USING btree (person_id);

CREATE INDEX invitations_by ON public.invitations USING btree (invited_by, id);

CREATE INDEX invitations_centre ON public.invitations USING btree (centre_id, id) WHERE (state = 'SENT'::public.invitation_state);

CREATE INDEX invitations_city ON public.invitations USING btree (id) WHERE ((state = 'SENT'::public.invitation_state) AND (team_id IS NULL));

CREATE INDEX invitations_due ON public.invitations USING btree (expires_at) WHERE (state = 'SENT'::public.invitation_state);

CREATE INDEX invitations_email ON public.invitations USING btree (email) WHERE (email IS NOT NULL);

CREATE INDEX invitations_forgotten ON public.invitations USING btree (ended_at) WHERE ((email IS NOT NULL) AND (ended_at IS NOT NULL));

CREATE INDEX invitations_ngo ON public.invitations USING btree (ngo_id, id) WHERE (state = 'SENT'::public.invitation_state);

CREATE UNIQUE INDEX invitations_open_key ON public.invitations USING btree (email, role, COALESCE(centre_id, ngo_id, team_id, '00000000-0000-0000-0000-000000000000'::uuid)) WHERE (state = 'SENT'::public.invitation_state);

CREATE INDEX invitations_team ON public.invitations USING btree (team_id, id) WHERE (state = 'SENT'::public.invitation_state);

CREATE INDEX memberships_expiring ON public.memberships USING btree (expires_at) WHERE (expires_at IS NOT NULL);

CREATE UNIQUE INDEX memberships_open_key ON public.memberships USING btree (team_id, person_id) WHERE (state = ANY (ARRAY['REQUESTED'::public.membership_state, 'INVITED'::public.membership_state, 'ACTIVE'::public.membership_state]));

CREATE INDEX memberships_person ON public.memberships USING btree (person_id, id);

CREATE INDEX memberships_team ON public.memberships USING btree (team_id, state, id);

CREATE UNIQUE INDEX merge_questions_key ON public.merge_questions USING btree (proposal_id, person_id);

CREATE INDEX merge_questions_open ON public.merge_questions USING btree (into_id) WHERE (answered_at IS NULL);

CREATE INDEX merge_questions_person ON public.merge_questions USING btree (person_id, id);

CREATE INDEX moves_by ON public.moves USING btree (by_id, id) WHERE (by_id IS NOT NULL);

CREATE INDEX moves_subject ON public.moves USING btree (subject_id, id);

CREATE INDEX ngos_focus ON public.ngos USING btree (focus, id);

CREATE INDEX ngos_state ON public.ngos USING btree (state, id);

CREATE INDEX notices_age ON public.notices USING btree (created_at);

CREATE INDEX notices_digest ON public.notices USING btree (digest_at, person_id) WHERE (digest_at IS NOT NULL);

CREATE INDEX notices_person ON public.notices USING btree (person_id, id);

CREATE INDEX notices_unread ON public.notices USING btree (person_id) WHERE (read_at IS NULL);

CREATE INDEX oidc_flows_age ON public.oidc_flows USING btree (expires_at);

CREATE INDEX oidc_flows_session ON public.oidc_flows USING btree (session_id) WHERE (session_id IS NOT NULL);

CREATE INDEX outbox_done ON public.outbox USING btree (created_at) WHERE ((sent_at IS NOT NULL) OR (failed_at IS NOT NULL));

CREATE INDEX outbox_due ON public.outbox USING btree (channel, due_at) WHERE ((sent_at IS NULL) AND (failed_at IS NULL));

CREATE INDEX outbox_failed ON public.outbox USING btree (id) WHERE (failed_at IS NOT NULL);

CREATE INDEX outbox_notice ON public.outbox USING btree (notice_id) WHERE (notice_id IS NOT NULL);

CREATE INDEX outbox_person ON public.outbox USING btree (person_id, id) WHERE (person_id IS NOT NULL);

CREATE INDEX pending_identities_age ON public.pending_identities USING btree (expires_at);

CREATE INDEX people_suspended ON public.people USING btree (suspended_id) WHERE (suspended_id IS NOT NULL);

CREATE INDEX photo_minors_person ON public.photo_minors USING btree (person_id, photo_id);

CREATE INDEX photos_proposal ON public.photos USING btree (proposal_id, "position") WHERE ((proposal_id IS NOT NULL) AND (removed_at IS NULL));

CREATE INDEX photos_task ON public.photos USING btree (task_id, id) WHERE ((task_id IS NOT NULL) AND (removed_at IS NULL));

CREATE INDEX photos_to_clear ON public.photos USING btree (removed_at) WHERE ((removed_at IS NOT NULL) AND (files_gone_at IS NULL));

CREATE INDEX photos_unattached ON public.photos USING btree (created_at) WHERE ((attached_at IS NULL) AND (removed_at IS NULL));

CREATE INDEX photos_update ON public.photos USING btree (update_id, "position") WHERE ((update_id IS NOT NULL) AND (removed_at IS NULL));

CREATE INDEX photos_uploader ON public.photos USING btree (uploader_id, id);

CREATE INDEX progress_updates_author ON public.progress_updates USING btree (author_id, id);

CREATE INDEX progress_updates_task ON public.progress_updates USING btree (task_id, id);

CREATE INDEX proposal_texts_trigrams ON public.proposal_texts USING gin (text public.gin_trgm_ops);

CREATE INDEX proposals_author ON public.proposals USING btree (author_id, id);

CREATE INDEX proposals_centre ON public.proposals USING btree (centre_id, id);

CREATE INDEX proposals_centre_due ON public.proposals USING btree (centre_id, COALESCE(due_at, 'infinity'::timestamp with time zone), id);

CREATE INDEX proposals_district ON public.proposals USING btree (district_id, id);

CREATE INDEX proposals_due ON public.proposals USING btree (COALESCE(due_at, 'infinity'::timestamp with time zone), id);

CREATE INDEX proposals_live ON public.proposals USING btree (district_id) WHERE ((state = ANY (ARRAY['SUBMITTED'::public.proposal_state, 'IN_REVIEW'::public.proposal_state, 'NEEDS_INFO'::public.proposal_state, 'ACCEPTED'::public.proposal_state])) AND (hidden_id IS NULL));

CREATE INDEX proposals_merged_into ON public.proposals USING btree (merged_into, id) WHERE (merged_into IS NOT NULL);

CREATE INDEX proposals_most_supported ON public.proposals USING btree (support_count, id);

CREATE INDEX proposals_state ON public.proposals USING btree (state, id);

CREATE INDEX proposals_untold ON public.proposals USING btree (due_at) WHERE ((due_at IS NOT NULL) AND (told_due IS DISTINCT FROM due_at));

CREATE INDEX reports_centre ON public.reports USING btree (centre_id, state, id);

CREATE UNIQUE INDEX reports_open_key ON public.reports USING btree (reporter_id, subject_id) WHERE (state = 'OPEN'::public.report_state);

CREATE INDEX reports_open_subject ON public.reports USING btree (subject_id) WHERE (state = 'OPEN'::public.report_state);

CREATE INDEX reports_person ON public.reports USING btree (person_id, id) WHERE (person_id IS NOT NULL);

CREATE INDEX reports_reporter ON public.reports USING btree (reporter_id, id);

CREATE INDEX reports_state ON public.reports USING btree (state, id);

CREATE INDEX result_sums_centre ON public.result_sums USING btree (centre_id, year);

CREATE INDEX result_sums_district ON public.result_sums USING btree (district_id, year);

CREATE INDEX result_sums_year ON public.result_sums USING btree (year);

CREATE INDEX search_documents_words ON public.search_documents USING gin (document);

CREATE UNIQUE INDEX search_words_key ON public.search_words USING btree (word);

CREATE INDEX search_words_trigrams ON public.search_words USING gin (word public.gin_trgm_ops);

CREATE INDEX sessions_all_of_person ON public.sessions USING btree (person_id, id);

CREATE INDEX sessions_person ON public.sessions USING btree (person_id) WHERE (ended_at IS NULL);

CREATE INDEX shifts_beginning ON public.shifts USING btree (starts_at) WHERE ((begun_at IS NULL) AND (state = 'PLANNED'::public.shift_state));

CREATE INDEX shifts_free_while_waiting ON public.shifts USING btree (starts_at) WHERE ((waiting > 0) AND (taken < capacity) AND (begun_at IS NULL));

CREATE UNIQUE INDEX shifts_key_of_hours ON public.shifts USING btree (id, task_id);

CREATE INDEX shifts_task ON public.shifts USING btree (task_id, starts_at, id);

CREATE INDEX shifts_when ON public.shifts USING btree (starts_at, task_id) WHERE (state = 'PLANNED'::public.shift_state);

CREATE UNIQUE INDEX signups_key_of_hours ON public.signups USING btree (id, shift_id, person_id);

CREATE INDEX signups_line_of_shift ON public.signups USING btree (shift_id, line) WHERE (state = 'WAITLISTED'::public.signup_state);

CREATE UNIQUE INDEX signups_live_key ON public.signups USING btree (shift_id, person_id) WHERE (state <> ALL (ARRAY['CANCELLED'::public.signup_state, 'EXPIRED'::public.signup_state]));

CREATE INDEX signups_not_checked_out ON public.signups USING btree (ends_at) WHERE (state = 'CHECKED_IN'::public.signup_state);

CREATE INDEX signups_offers ON public.signups USING btree (offer_expires_at) WHERE (state = 'OFFERED'::public.signup_state);

CREATE INDEX signups_person ON public.signups USING btree (person_id, starts_at, id);

CREATE INDEX signups_shift ON public.signups USING btree (shift_id, id);

CREATE UNIQUE INDEX special_days_key ON public.special_days USING btree (day) WHERE (removed_at IS NULL);

CREATE INDEX supports_all_of_person ON public.supports USING btree (person_id, id);

CREATE UNIQUE INDEX supports_live_key ON public.supports USING btree (proposal_id, person_id) WHERE (withdrawn_at IS NULL);

CREATE INDEX supports_person ON public.supports USING btree (person_id, id) WHERE (withdrawn_at IS NULL);

CREATE INDEX suspended_addresses_decision ON public.suspended_addresses USING btree (decision_id);

CREATE INDEX task_claims_by ON public.task_claims USING btree (claimed_by, id);

CREATE INDEX task_claims_task ON public.task_claims USING btree (task_id, id);

CREATE INDEX task_counts_centre ON public.task_counts USING btree (centre_id, state);

CREATE INDEX task_texts_trigrams ON public.task_texts USING gin (text public.gin_trgm_ops);

CREATE INDEX tasks_centre ON public.tasks USING btree (centre_id, id);

CREATE INDEX tasks_claimed_by ON public.tasks USING btree (claimed_by, id) WHERE (claimed_by IS NOT NULL);

CREATE INDEX tasks_created_by ON public.tasks USING btree (created_by, id);

CREATE INDEX tasks_district ON public.tasks USING btree (district_id, id);

CREATE INDEX tasks_free ON public.tasks USING btree (free, id);

CREATE INDEX tasks_most_needed ON public.tasks USING btree (state, free, id);

CREATE INDEX tasks_next_shift ON public.tasks USING btree (COALESCE(next_shift_at, 'infinity'::timestamp with time zone), id);

CREATE INDEX tasks_ngo ON public.tasks USING btree (ngo_id, id);

CREATE INDEX tasks_point ON public.tasks USING btree (lat, lon) INCLUDE (id, state) WHERE ((lat IS NOT NULL) AND (hidden_id IS NULL));

CREATE INDEX tasks_proposal ON public.tasks USING btree (proposal_id, id) WHERE (proposal_id IS NOT NULL);

CREATE UNIQUE INDEX tasks_proposal_key ON public.tasks USING btree (proposal_id) WHERE (state <> 'CANCELLED'::public.task_state);

CREATE INDEX tasks_shown ON public.tasks USING btree (id) INCLUDE (state) WHERE (hidden_id IS NULL);

CREATE INDEX tasks_soonest ON public.tasks USING btree (state, COALESCE(next_shift_at, 'infinity'::timestamp with time zone), id);

CREATE INDEX tasks_state ON public.tasks USING btree (state, id);

CREATE INDEX tasks_team ON public.tasks USING btree (team_id, id);

CREATE INDEX tasks_work_class ON public.tasks USING btree (work_class, id);

CREATE INDEX teams_ngo ON public.teams USING btree (ngo_id, id);

CREATE INDEX telegram_codes_age ON public.telegram_codes USING btree (expires_at);

CREATE STATISTICS public.proposals_places (mcv) ON district_id, centre_id FROM public.proposals;

CREATE TRIGGER audit_entries_append_only BEFORE DELETE OR UPDATE ON public.audit_entries FOR EACH ROW EXECUTE FUNCTION public.audit_is_kept();

ALTER TABLE public.audit_entries ENABLE ALWAYS TRIGGER audit_entries_append_only;

CREATE TRIGGER audit_entries_never_truncated BEFORE TRUNCATE ON public.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION public.audit_is_kept();

ALTER TABLE public.audit_entries ENABLE ALWAYS TRIGGER audit_entries_never_truncated;

CREATE TRIGGER audit_subjects_append_only BEFORE DELETE OR UPDATE ON public.audit_subjects FOR EACH ROW EXECUTE FUNCTION public.audit_is_kept();

ALTER TABLE public.audit_subjects ENABLE ALWAYS TRIGGER audit_subjects_append_only;

CREATE TRIGGER audit_subjects_never_truncated BEFORE TRUNCATE ON public.audit_subjects FOR EACH STATEMENT EXECUTE FUNCTION public.audit_is_kept();

ALTER TABLE public.audit_subjects ENABLE ALWAYS TRIGGER audit_subjects_never_truncated;

CREATE TRIGGER centres_searched AFTER INSERT OR UPDATE OF name_kk, name_ru, name_en, address, district_id ON public.centres FOR EACH ROW EXECUTE FUNCTION public.keep_search_document();

CREATE CONSTRAINT TRIGGER certificate_parts_add_up AFTER INSERT OR DELETE OR UPDATE ON public.certificate_parts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.certificates_add_up();

CREATE CONSTRAINT TRIGGER certificates_add_up AFTER INSERT OR UPDATE OF minutes, shifts ON public.certificates DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.certificates_add_up();

CREATE TRIGGER hostings_followed AFTER UPDATE OF state ON public.hostings FOR EACH ROW WHEN (((old.state <> 'ACTIVE'::public.hosting_state) AND (new.state = 'ACTIVE'::public.hosting_state))) EXECUTE FUNCTION public.follow_subject();

CREATE TRIGGER memberships_counted AFTER INSERT OR DELETE OR UPDATE OF state ON public.memberships FOR EACH ROW EXECUTE FUNCTION public.count_members();

CREATE TRIGGER moves_append_only BEFORE DELETE OR UPDATE ON public.moves FOR EACH ROW EXECUTE FUNCTION public.moves_are_kept();

CREATE TRIGGER moves_never_truncated BEFORE TRUNCATE ON public.moves FOR EACH STATEMENT EXECUTE FUNCTION public.moves_are_kept();

CREATE TRIGGER notices_live AFTER INSERT OR UPDATE ON public.notices FOR EACH ROW EXECUTE FUNCTION public.tell_live('notices', 'person_id');

CREATE TRIGGER people_members_counted AFTER UPDATE OF suspended_id ON public.people FOR EACH ROW WHEN (((old.suspended_id IS NULL) <> (new.suspended_id IS NULL))) EXECUTE FUNCTION public.count_members_of();

CREATE TRIGGER people_supports_counted AFTER UPDATE OF suspended_id ON public.people FOR EACH ROW WHEN (((old.suspended_id IS NULL) <> (new.suspended_id IS NULL))) EXECUTE FUNCTION public.count_supports_of();

CREATE TRIGGER proposals_followed AFTER UPDATE OF centre_id ON public.proposals FOR EACH ROW WHEN ((old.centre_id <> new.centre_id)) EXECUTE FUNCTION public.follow_subject();

CREATE TRIGGER proposals_searched AFTER INSERT OR UPDATE OF title, text, district_id, state, hidden_id ON public.proposals FOR EACH ROW EXECUTE FUNCTION public.keep_search_document();

CREATE TRIGGER proposals_text_kept AFTER INSERT OR UPDATE OF title, text ON public.proposals FOR EACH ROW EXECUTE FUNCTION public.keep_proposal_text();

CREATE TRIGGER sessions_gone_live AFTER DELETE ON public.sessions FOR EACH ROW WHEN ((old.ended_at IS NULL)) EXECUTE FUNCTION public.tell_live('session', 'id');

CREATE TRIGGER sessions_live AFTER UPDATE OF ended_at ON public.sessions FOR EACH ROW WHEN ((new.ended_at IS NOT NULL)) EXECUTE FUNCTION public.tell_live('session', 'id');

CREATE TRIGGER shifts_live AFTER INSERT OR UPDATE ON public.shifts FOR EACH ROW EXECUTE FUNCTION public.tell_live('seats', 'task_id');

CREATE TRIGGER shifts_over_without_shifts AFTER INSERT OR UPDATE OF starts_at, state ON public.shifts FOR EACH ROW WHEN (((new.state = 'PLANNED'::public.shift_state) AND (new.begun_at IS NULL))) EXECUTE FUNCTION public.refuse_shifts_to_come();

CREATE TRIGGER shifts_summed_up AFTER INSERT OR UPDATE OF starts_at, capacity, taken, state, begun_at, hidden_id ON public.shifts FOR EACH ROW EXECUTE FUNCTION public.sum_up_shifts();

CREATE TRIGGER signups_counted AFTER INSERT OR UPDATE OF state ON public.signups FOR EACH ROW EXECUTE FUNCTION public.count_seats();

CREATE TRIGGER signups_live AFTER INSERT OR UPDATE ON public.signups FOR EACH ROW EXECUTE FUNCTION public.tell_live('signups', 'person_id');

CREATE TRIGGER signups_work_allowed BEFORE INSERT OR UPDATE OF state, starts_at, shift_id, person_id ON public.signups FOR EACH ROW WHEN ((new.state <> ALL (ARRAY['CANCELLED'::public.signup_state, 'EXPIRED'::public.signup_state]))) EXECUTE FUNCTION public.refuse_forbidden_work();

CREATE TRIGGER supports_counted AFTER INSERT OR UPDATE ON public.supports FOR EACH ROW EXECUTE FUNCTION public.count_supports();

CREATE TRIGGER tasks_counted AFTER INSERT OR UPDATE OF team_id, centre_id, state, hidden_id ON public.tasks FOR EACH ROW EXECUTE FUNCTION public.count_tasks();

CREATE TRIGGER tasks_followed AFTER UPDATE OF centre_id ON public.tasks FOR EACH ROW WHEN ((old.centre_id <> new.centre_id)) EXECUTE FUNCTION public.follow_subject();

CREATE TRIGGER tasks_hours_follow AFTER UPDATE OF centre_id ON public.tasks FOR EACH ROW WHEN ((old.centre_id <> new.centre_id)) EXECUTE FUNCTION public.hours_follow_task();

CREATE TRIGGER tasks_inherit_hidden BEFORE INSERT ON public.tasks FOR EACH ROW EXECUTE FUNCTION public.inherit_hidden();

CREATE TRIGGER tasks_live AFTER UPDATE ON public.tasks FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION public.tell_live('task', 'id');

CREATE TRIGGER tasks_over_without_shifts AFTER UPDATE OF state ON public.tasks FOR EACH ROW WHEN (((old.state <> new.state) AND (new.state = ANY (ARRAY['CLAIMED_DONE'::public.task_state, 'VERIFIED'::public.task_state, 'CANCELLED'::public.task_state])))) EXECUTE FUNCTION public.refuse_shifts_to_come();

CREATE TRIGGER tasks_results_summed_up AFTER UPDATE OF state, hidden_id ON public.tasks FOR EACH ROW WHEN (((old.state = 'VERIFIED'::public.task_state) OR (new.state = 'VERIFIED'::public.task_state))) EXECUTE FUNCTION public.sum_up_results();

CREATE TRIGGER tasks_searched AFTER INSERT OR UPDATE OF title, description, district_id, state, hidden_id ON public.tasks FOR EACH ROW EXECUTE FUNCTION public.keep_search_document();

CREATE TRIGGER tasks_text_kept AFTER INSERT OR UPDATE OF title, description ON public.tasks FOR EACH ROW EXECUTE FUNCTION public.keep_task_text();

CREATE TRIGGER tasks_work_class_settled BEFORE UPDATE OF work_class ON public.tasks FOR EACH ROW WHEN (((old.state <> 'DRAFT'::public.task_state) AND (old.work_class <> new.work_class))) EXECUTE FUNCTION public.work_class_is_settled();

CREATE TRIGGER teams_inherit_hidden BEFORE INSERT ON public.teams FOR EACH ROW EXECUTE FUNCTION public.inherit_hidden();

CREATE TRIGGER teams_searched AFTER INSERT OR UPDATE OF name_kk, name_ru, name_en, about, hidden_id ON public.teams FOR EACH ROW EXECUTE FUNCTION public.keep_search_document();

ALTER TABLE ONLY public.account_tokens
    ADD CONSTRAINT account_tokens_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.centres
    ADD CONSTRAINT centres_district_id_fkey FOREIGN KEY (district_id) REFERENCES public.districts(id);

ALTER TABLE ONLY public.certificate_hours
    ADD CONSTRAINT certificate_hours_certificate_id_fkey FOREIGN KEY (certificate_id) REFERENCES public.certificates(id);

ALTER TABLE ONLY public.certificate_hours
    ADD CONSTRAINT certificate_hours_hours_id_fkey FOREIGN KEY (hours_id) REFERENCES public.hours(id);

ALTER TABLE ONLY public.certificate_parts
    ADD CONSTRAINT certificate_parts_certificate_id_fkey FOREIGN KEY (certificate_id) REFERENCES public.certificates(id);

ALTER TABLE ONLY public.certificate_parts
    ADD CONSTRAINT certificate_parts_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.teams(id);

ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT certificates_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES public.centres(id);

ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT certificates_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.claim_results
    ADD CONSTRAINT claim_results_claim_id_fkey FOREIGN KEY (claim_id) REFERENCES public.task_claims(id);

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.data_requests
    ADD CONSTRAINT data_requests_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES public.centres(id);

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_ngo_id_fkey FOREIGN KEY (ngo_id) REFERENCES public.ngos(id);

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.teams(id);

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES public.centres(id);

ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_given_by_fkey FOREIGN KEY (given_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_ngo_id_fkey FOREIGN KEY (ngo_id) REFERENCES public.ngos(id);

ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.hostings
    ADD CONSTRAINT hostings_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES public.centres(id);

ALTER TABLE ONLY public.hostings
    ADD CONSTRAINT hostings_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.teams(id);

ALTER TABLE ONLY public.hours
    ADD CONSTRAINT hours_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.hours
    ADD CONSTRAINT hours_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES public.centres(id);

ALTER TABLE ONLY public.hours
    ADD CONSTRAINT hours_of_signup FOREIGN KEY (signup_id, shift_id, person_id) REFERENCES public.signups(id, shift_id, person_id);

ALTER TABLE ONLY public.hours
    ADD CONSTRAINT hours_on_task FOREIGN KEY (shift_id, task_id) REFERENCES public.shifts(id, task_id);

ALTER TABLE ONLY public.hours
    ADD CONSTRAINT hours_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.hours
    ADD CONSTRAINT hours_shift_id_starts_at_ends_at_fkey FOREIGN KEY (shift_id, starts_at, ends_at) REFERENCES public.shifts(id, starts_at, ends_at) ON UPDATE CASCADE;

ALTER TABLE ONLY public.hours
    ADD CONSTRAINT hours_team_id_ngo_id_fkey FOREIGN KEY (team_id, ngo_id) REFERENCES public.teams(id, ngo_id);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT identities_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES public.centres(id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_ngo_id_fkey FOREIGN KEY (ngo_id) REFERENCES public.ngos(id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.teams(id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.teams(id);

ALTER TABLE ONLY public.merge_questions
    ADD CONSTRAINT merge_questions_into_id_fkey FOREIGN KEY (into_id) REFERENCES public.proposals(id);

ALTER TABLE ONLY public.merge_questions
    ADD CONSTRAINT merge_questions_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.merge_questions
    ADD CONSTRAINT merge_questions_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES public.proposals(id);

ALTER TABLE ONLY public.moves
    ADD CONSTRAINT moves_by_id_fkey FOREIGN KEY (by_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.ngos
    ADD CONSTRAINT ngos_hidden_id_fkey FOREIGN KEY (hidden_id) REFERENCES public.decisions(id);

ALTER TABLE ONLY public.notice_preferences
    ADD CONSTRAINT notice_preferences_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.oidc_flows
    ADD CONSTRAINT oidc_flows_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.sessions(id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES public.notices(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_district_id_fkey FOREIGN KEY (district_id) REFERENCES public.districts(id);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_hidden_id_fkey FOREIGN KEY (hidden_id) REFERENCES public.decisions(id);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_suspended_id_fkey FOREIGN KEY (suspended_id) REFERENCES public.decisions(id);

ALTER TABLE ONLY public.photo_minors
    ADD CONSTRAINT photo_minors_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.photo_minors
    ADD CONSTRAINT photo_minors_photo_id_fkey FOREIGN KEY (photo_id) REFERENCES public.photos(id);

ALTER TABLE ONLY public.photos
    ADD CONSTRAINT photos_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES public.proposals(id);

ALTER TABLE ONLY public.photos
    ADD CONSTRAINT photos_task_id_fkey FOREIGN KEY (task_id) REFERENCES public.tasks(id);

ALTER TABLE ONLY public.photos
    ADD CONSTRAINT photos_update_id_fkey FOREIGN KEY (update_id) REFERENCES public.progress_updates(id);

ALTER TABLE ONLY public.photos
    ADD CONSTRAINT photos_uploader_id_fkey FOREIGN KEY (uploader_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.progress_results
    ADD CONSTRAINT progress_results_update_id_fkey FOREIGN KEY (update_id) REFERENCES public.progress_updates(id);

ALTER TABLE ONLY public.progress_updates
    ADD CONSTRAINT progress_updates_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.progress_updates
    ADD CONSTRAINT progress_updates_hidden_id_fkey FOREIGN KEY (hidden_id) REFERENCES public.decisions(id);

ALTER TABLE ONLY public.progress_updates
    ADD CONSTRAINT progress_updates_task_id_fkey FOREIGN KEY (task_id) REFERENCES public.tasks(id);

ALTER TABLE ONLY public.proposal_texts
    ADD CONSTRAINT proposal_texts_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES public.proposals(id);

ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_centre_id_district_id_fkey FOREIGN KEY (centre_id, district_id) REFERENCES public.centres(id, district_id);

ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_district_id_fkey FOREIGN KEY (district_id) REFERENCES public.districts(id);

ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_hidden_id_fkey FOREIGN KEY (hidden_id) REFERENCES public.decisions(id);

ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT proposals_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES public.proposals(id);

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.second_factors(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES public.centres(id);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decisions(id);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_ngo_id_fkey FOREIGN KEY (ngo_id) REFERENCES public.ngos(id);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_reporter_id_fkey FOREIGN KEY (reporter_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.teams(id);

ALTER TABLE ONLY public.result_sums
    ADD CONSTRAINT result_sums_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES public.centres(id);

ALTER TABLE ONLY public.result_sums
    ADD CONSTRAINT result_sums_district_id_fkey FOREIGN KEY (district_id) REFERENCES public.districts(id);

ALTER TABLE ONLY public.result_sums
    ADD CONSTRAINT result_sums_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.teams(id);

ALTER TABLE ONLY public.search_documents
    ADD CONSTRAINT search_documents_district_id_fkey FOREIGN KEY (district_id) REFERENCES public.districts(id);

ALTER TABLE ONLY public.second_factors
    ADD CONSTRAINT second_factors_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.shift_reminders
    ADD CONSTRAINT shift_reminders_shift_id_fkey FOREIGN KEY (shift_id) REFERENCES public.shifts(id);

ALTER TABLE ONLY public.shifts
    ADD CONSTRAINT shifts_hidden_id_fkey FOREIGN KEY (hidden_id) REFERENCES public.decisions(id);

ALTER TABLE ONLY public.shifts
    ADD CONSTRAINT shifts_task_id_fkey FOREIGN KEY (task_id) REFERENCES public.tasks(id);

ALTER TABLE ONLY public.signups
    ADD CONSTRAINT signups_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.signups
    ADD CONSTRAINT signups_shift_id_starts_at_ends_at_fkey FOREIGN KEY (shift_id, starts_at, ends_at) REFERENCES public.shifts(id, starts_at, ends_at) ON UPDATE CASCADE;

ALTER TABLE ONLY public.supports
    ADD CONSTRAINT supports_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.supports
    ADD CONSTRAINT supports_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES public.proposals(id);

ALTER TABLE ONLY public.suspended_addresses
    ADD CONSTRAINT suspended_addresses_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES public.decisions(id);

ALTER TABLE ONLY public.task_claims
    ADD CONSTRAINT task_claims_claimed_by_fkey FOREIGN KEY (claimed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.task_claims
    ADD CONSTRAINT task_claims_task_id_fkey FOREIGN KEY (task_id) REFERENCES public.tasks(id);

ALTER TABLE ONLY public.task_counts
    ADD CONSTRAINT task_counts_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES public.centres(id);

ALTER TABLE ONLY public.task_counts
    ADD CONSTRAINT task_counts_team_id_fkey FOREIGN KEY (team_id) REFERENCES public.teams(id);

ALTER TABLE ONLY public.task_texts
    ADD CONSTRAINT task_texts_task_id_fkey FOREIGN KEY (task_id) REFERENCES public.tasks(id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES public.centres(id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_claimed_by_fkey FOREIGN KEY (claimed_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.people(id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_district_id_fkey FOREIGN KEY (district_id) REFERENCES public.districts(id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_hidden_id_fkey FOREIGN KEY (hidden_id) REFERENCES public.decisions(id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES public.proposals(id);

ALTER TABLE ONLY public.tasks
    ADD CONSTRAINT tasks_team_id_ngo_id_fkey FOREIGN KEY (team_id, ngo_id) REFERENCES public.teams(id, ngo_id);

ALTER TABLE ONLY public.teams
    ADD CONSTRAINT teams_hidden_id_fkey FOREIGN KEY (hidden_id) REFERENCES public.decisions(id);

ALTER TABLE ONLY public.teams
    ADD CONSTRAINT teams_ngo_id_fkey FOREIGN KEY (ngo_id) REFERENCES public.ngos(id);

ALTER TABLE ONLY public.telegram_codes
    ADD CONSTRAINT telegram_codes_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

ALTER TABLE ONLY public.telegram_links
    ADD CONSTRAINT telegram_links_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(id);

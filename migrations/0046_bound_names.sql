-- +goose Up
-- What the database runs by itself names what it needs, whatever the search_path: it is empty in a restore and, from PostgreSQL 17 on,
-- whenever an index or a materialized view is made or refreshed. search_words took a statement's text and looked its table up each time.
drop materialized view search_words;
create materialized view search_words as
  select distinct word from search_documents, unnest(tsvector_to_array(document)) word where length(word) between 3 and 40;
create unique index search_words_key on search_words (word);
create index search_words_trigrams on search_words using gin (word gin_trgm_ops);

-- A function in SQL is bound to the very things that its body names now, and can still become part of the statement that calls it, which one
-- with a setting cannot. A function in PL/pgSQL is bound when it runs, so it brings the search_path along.
-- +goose StatementBegin
do $do$
declare
  f record;
begin
  for f in
    select p.oid::regprocedure as name, l.lanname as language, p.prosrc as body, pg_get_functiondef(p.oid) as definition
    from pg_proc p join pg_language l on l.oid = p.prolang
    where p.pronamespace = current_schema()::regnamespace and p.prokind = 'f' and p.prosqlbody is null and p.proconfig is null
      and p.proowner = (select relowner from pg_class where oid = 'people'::regclass) -- others may have put their own beside the hub's
      and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = p.oid and deptype = 'e')
  loop
    if f.language = 'sql' then
      execute replace(f.definition, 'AS $function$' || f.body || '$function$', 'begin atomic ' || f.body || '; end');
    else
      execute format('alter function %s set search_path = %I, pg_temp', f.name, current_schema());
    end if;
  end loop;
end $do$;
-- +goose StatementEnd

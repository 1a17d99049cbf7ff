-- +goose Up
create type search_type as enum ('TASK', 'PROPOSAL', 'TEAM', 'CENTRE');

-- words makes texts comparable word by word: folded, and with a space for every sign.
create function words(t text) returns text language sql immutable strict parallel safe as $$
  select translate(fold(t), 'αβγδεζηθικλμνξοπρτυφχψω', '                       ')
$$;

-- weighed is a text's words; those of a title weigh A, the others D.
create function weighed(title text, body text) returns tsvector language sql immutable parallel safe as $$
  select setweight(to_tsvector('simple', words(coalesce(title, ''))), 'A') || setweight(to_tsvector('simple', words(coalesce(body, ''))), 'D')
$$;

-- What can be found, and by which words: what everybody may see.
create view searchable as
select 'TASK'::search_type as type, id, district_id, weighed(title, description) as document
  from tasks where hidden_id is null and state not in ('DRAFT', 'CANCELLED')
union all
select 'PROPOSAL', id, district_id, weighed(title, text) from proposals where hidden_id is null and state <> 'WITHDRAWN'
union all
select 'TEAM', id, null, weighed(concat_ws(' ', name_kk, name_ru, name_en), about) from teams where hidden_id is null
union all
select 'CENTRE', id, district_id, weighed(concat_ws(' ', name_kk, name_ru, name_en), address) from centres;

-- The same, kept. A team is in the district of the centre that hosts it.
create table search_documents (
  type        search_type not null,
  id          uuid primary key,
  district_id uuid references districts,
  document    tsvector not null
);
create index search_documents_words on search_documents using gin (document);
insert into search_documents select * from searchable;

-- +goose StatementBegin
create function keep_search_document() returns trigger language plpgsql as $$
begin
  delete from search_documents where id = new.id;
  insert into search_documents select * from searchable where id = new.id;
  return null;
end $$;
-- +goose StatementEnd
create trigger tasks_searched after insert or update of title, description, district_id, state, hidden_id on tasks
  for each row execute function keep_search_document();
create trigger proposals_searched after insert or update of title, text, district_id, state, hidden_id on proposals
  for each row execute function keep_search_document();
create trigger teams_searched after insert or update of name_kk, name_ru, name_en, about, hidden_id on teams
  for each row execute function keep_search_document();
create trigger centres_searched after insert or update of name_kk, name_ru, name_en, address, district_id on centres
  for each row execute function keep_search_document();

-- All the words there are, as of the worker's last round: what a misspelled word is compared with.
create materialized view search_words as
  select distinct word from search_documents, unnest(tsvector_to_array(document)) word where length(word) between 3 and 40;
create unique index search_words_key on search_words (word);
create index search_words_trigrams on search_words using gin (word gin_trgm_ops);

-- search_query asks for texts that have all the words of a text: each as it is or, from three letters on, continued, or one of the
-- words most like it.
create function search_query(text text) returns tsquery language sql stable strict parallel safe as $$
  select string_agg('(' || concat_ws('|', quote_literal(lexeme) || case when length(lexeme) > 2 then ':*' else '' end, alike) || ')', '&')::tsquery
  from unnest(tsvector_to_array(to_tsvector('simple', words(text)))) lexeme left join lateral (
    select string_agg(quote_literal(word), '|') filter (where likeness > 0.75 * best) as alike
    from (select word, similarity(word, lexeme) as likeness, max(similarity(word, lexeme)) over () as best
      from search_words where word % lexeme order by likeness desc, word limit 5) near) a on true
$$;

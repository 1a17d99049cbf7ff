-- +goose Up
-- fold now writes all it can with other letters, so that searches are quick:
--
--   * most Cyrillic letters as Latin capitals, of which lower() leaves none. LIKE looks for the first byte, and that is nearly
--     the same for all Cyrillic letters.
--   * signs as Greek letters, and those that look alike (spaces, dashes, quotation marks) as the same one. An index of trigrams
--     knows letters only, so that «а-а» or «5, 7» had it read all texts. What LIKE takes for a pattern is among them.
-- +goose StatementBegin
create or replace function fold(t text) returns text language sql immutable strict parallel safe as $$
  select translate(lower(t),
    E'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯӘҒҚҢӨҰҮҺІ'
    'абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі'
    ' \u00A0\t\n\r-\u2010\u2011–—−"“”„«»\'’‘`.,:;!?()/\\%_№#+&@*…',
    'ABVGDEEJZIйKLMNOPRSTUFHCQWщъYXэюяAGKNOUUHI'
    'ABVGDEEJZIйKLMNOPRSTUFHCQWщъYXэюяAGKNOUUHI'
    'αααααββββββγγγγγγδδδδεζηθικλμνξοπρτυφχψω')
$$;
-- +goose StatementEnd
drop index task_texts_trigrams;
update task_texts x set text = fold(t.title || ' ' || t.description) from tasks t where t.id = x.task_id;
create index task_texts_trigrams on task_texts using gin (text gin_trgm_ops);
drop index proposal_texts_trigrams;
update proposal_texts x set text = fold(p.title || ' ' || p.text) from proposals p where p.id = x.proposal_id;
create index proposal_texts_trigrams on proposal_texts using gin (text gin_trgm_ops);

-- Says which centres are in which districts: PostgreSQL else looks for proposals of a centre in a district where it is not.
create statistics proposals_places (mcv) on district_id, centre_id from proposals;

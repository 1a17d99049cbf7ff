-- +goose Up
create extension if not exists btree_gist;
create extension if not exists pg_trgm;

create type language as enum ('KK', 'RU', 'EN');

-- fold makes texts comparable: lower case, and the letters that only Kazakh has (and ё) written as their Russian
-- neighbours, so that «кала» finds «қала». Cyrillic is listed because lower() leaves it alone under the C locale.
-- +goose StatementBegin
create function fold(t text) returns text language sql immutable strict parallel safe as $$
  select translate(lower(t),
    'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯӘҒҚҢӨҰҮҺІәғқңөұүһіё',
    'абвгдеежзийклмнопрстуфхцчшщъыьэюяагкноуухиагкноуухие')
$$;
-- +goose StatementEnd

-- metres is the great-circle distance between two points. asin takes no more than 1, which rounding may exceed; 1 - |1 - x|
-- is x up to there and, unlike least, null of null, so that the function can become part of the statement that calls it.
-- +goose StatementBegin
create function metres(lat1 float8, lon1 float8, lat2 float8, lon2 float8) returns float8
  language sql immutable strict parallel safe as $$
  select 12742000 * asin(1 - abs(1 - sqrt(
    sin(radians(lat2 - lat1) / 2) ^ 2
    + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ^ 2)))
$$;
-- +goose StatementEnd

create table districts (
  id      uuid primary key,
  code    text not null unique,
  name_kk text not null,
  name_ru text not null,
  name_en text not null
);

create type centre_state as enum ('PLANNED', 'OPEN', 'CLOSED');

create table centres (
  id          uuid primary key,
  code        text not null unique,
  district_id uuid not null references districts,
  name_kk     text not null,
  name_ru     text not null,
  name_en     text not null,
  state       centre_state not null,
  opened_on   date,
  address     text,
  lat         float8,
  lon         float8,
  capacity    integer check (capacity > 0),
  hours       text,
  unique (id, district_id),
  constraint centres_point_whole check ((lat is null) = (lon is null)),
  constraint centres_point_on_earth check (lat between -90 and 90 and lon between -180 and 180)
);
create index centres_district on centres (district_id);

create table indicators (
  id            uuid primary key,
  year          integer not null,
  code          text not null,
  unit          text not null,
  definition_kk text not null,
  definition_ru text not null,
  definition_en text not null,
  baseline      bigint,
  target        bigint,
  comparison    text check (comparison in ('AT_LEAST', 'MORE_THAN')),
  unique (year, code)
);

-- +goose Up
-- The days on which Almaty does not keep to the week of five days: weekdays that are free, and Saturdays and Sundays that are worked
-- because the government has moved a day. A day that is taken out stays as a row, for the audit leads to it.
create table public.special_days (
  id uuid primary key,
  day date not null constraint special_days_years check (day between '2026-01-01' and '2100-12-31'),
  works boolean not null,
  name_kk text not null,
  name_ru text not null,
  name_en text not null,
  removed_at timestamptz,
  constraint special_days_differ check (works = (extract(isodow from day) > 5)),
  constraint special_days_named check (name_kk <> '' or name_ru <> '' or name_en <> '')
);
create unique index special_days_key on public.special_days (day) where removed_at is null;

-- What the law makes of 2026 and 2027: a holiday on a Saturday or Sunday makes the next working day free. Kurban Ait of 2027 has not been
-- proclaimed.
insert into public.special_days (id, day, works, name_kk, name_ru, name_en)
select gen_random_uuid(), day, false, name_kk, name_ru, name_en from (values
  (date '2026-01-01', 'Жаңа жыл', 'Новый год', 'New Year'),
  ('2026-01-02', 'Жаңа жыл', 'Новый год', 'New Year'),
  ('2026-01-07', 'Православиелік Рождество', 'Православное Рождество', 'Orthodox Christmas'),
  ('2026-03-09', 'Халықаралық әйелдер күні (8 наурыздан ауысты)', 'Международный женский день (перенос с 8 марта)', 'International Women’s Day (moved from 8 March)'),
  ('2026-03-23', 'Наурыз мейрамы', 'Наурыз мейрамы', 'Nauryz'),
  ('2026-03-24', 'Наурыз мейрамы (21 наурыздан ауысты)', 'Наурыз мейрамы (перенос с 21 марта)', 'Nauryz (moved from 21 March)'),
  ('2026-03-25', 'Наурыз мейрамы (22 наурыздан ауысты)', 'Наурыз мейрамы (перенос с 22 марта)', 'Nauryz (moved from 22 March)'),
  ('2026-05-01', 'Қазақстан халқының бірлігі мерекесі', 'Праздник единства народа Казахстана', 'Unity Day'),
  ('2026-05-07', 'Отан қорғаушы күні', 'День защитника Отечества', 'Defender of the Fatherland Day'),
  ('2026-05-11', 'Жеңіс күні (9 мамырдан ауысты)', 'День Победы (перенос с 9 мая)', 'Victory Day (moved from 9 May)'),
  ('2026-05-27', 'Құрбан айттың бірінші күні', 'Первый день Курбан айта', 'The first day of Kurban Ait'),
  ('2026-07-06', 'Астана күні', 'День столицы', 'Capital Day'),
  ('2026-08-31', 'Конституция күні (30 тамыздан ауысты)', 'День Конституции (перенос с 30 августа)', 'Constitution Day (moved from 30 August)'),
  ('2026-10-26', 'Республика күні (25 қазаннан ауысты)', 'День Республики (перенос с 25 октября)', 'Republic Day (moved from 25 October)'),
  ('2026-12-16', 'Тәуелсіздік күні', 'День Независимости', 'Independence Day'),
  ('2027-01-01', 'Жаңа жыл', 'Новый год', 'New Year'),
  ('2027-01-04', 'Жаңа жыл (2 қаңтардан ауысты)', 'Новый год (перенос со 2 января)', 'New Year (moved from 2 January)'),
  ('2027-01-07', 'Православиелік Рождество', 'Православное Рождество', 'Orthodox Christmas'),
  ('2027-03-08', 'Халықаралық әйелдер күні', 'Международный женский день', 'International Women’s Day'),
  ('2027-03-22', 'Наурыз мейрамы', 'Наурыз мейрамы', 'Nauryz'),
  ('2027-03-23', 'Наурыз мейрамы', 'Наурыз мейрамы', 'Nauryz'),
  ('2027-03-24', 'Наурыз мейрамы (21 наурыздан ауысты)', 'Наурыз мейрамы (перенос с 21 марта)', 'Nauryz (moved from 21 March)'),
  ('2027-05-03', 'Қазақстан халқының бірлігі мерекесі (1 мамырдан ауысты)', 'Праздник единства народа Казахстана (перенос с 1 мая)', 'Unity Day (moved from 1 May)'),
  ('2027-05-07', 'Отан қорғаушы күні', 'День защитника Отечества', 'Defender of the Fatherland Day'),
  ('2027-05-10', 'Жеңіс күні (9 мамырдан ауысты)', 'День Победы (перенос с 9 мая)', 'Victory Day (moved from 9 May)'),
  ('2027-07-06', 'Астана күні', 'День столицы', 'Capital Day'),
  ('2027-08-30', 'Конституция күні', 'День Конституции', 'Constitution Day'),
  ('2027-10-25', 'Республика күні', 'День Республики', 'Republic Day'),
  ('2027-12-16', 'Тәуелсіздік күні', 'День Независимости', 'Independence Day')
) as known (day, name_kk, name_ru, name_en);

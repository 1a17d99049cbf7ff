import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { formats, startOfDay } from '../src/words/dates';

const lateEvening = '2026-05-08T20:30:00Z'; // half past one at night, in Almaty

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-05-01T00:00:00Z') }));
afterEach(() => void vi.useRealTimers());

const _ = '\u00a0';

test.each([
  ['kk', { weekday: 'сб', month: 'мам', monthOf: `2026${_}ж. мамыр`, day: `9${_}мамыр, сенбі`, date: `2026${_}ж. 9${_}мамыр`, time: '01:30', moment: `9${_}мамыр, 01:30`, number: `22${_}000` }],
  ['ru', { weekday: 'сб', month: 'май', monthOf: 'май 2026', day: `суббота, 9${_}мая`, date: `9${_}мая 2026`, time: '01:30', moment: `9${_}мая в${_}01:30`, number: `22${_}000` }],
  ['en', { weekday: 'Sat', month: 'May', monthOf: 'May 2026', day: `Saturday, 9${_}May`, date: `9${_}May 2026`, time: '01:30', moment: `9${_}May, 01:30`, number: '22,000' }],
])('%s tells the city’s time in its own words', (language, expected) => {
  const { weekday, month, monthOf, day, date, time, moment, number } = formats(language);
  expect({
    weekday: weekday(lateEvening),
    month: month(lateEvening),
    monthOf: monthOf(lateEvening),
    day: day(lateEvening),
    date: date(lateEvening),
    time: time(lateEvening),
    moment: moment(lateEvening),
    number: number(22_000),
  }).toEqual(expected);
});

test.each([
  ['kk', `2026${_}ж. 9${_}мамыр${_}– 2026${_}ж. 10${_}мамыр`, [`2${_}сағ 30${_}мин`, `1${_}200${_}сағ`, `45${_}мин`, `0${_}мин`, `4${_}мин 5${_}с`]],
  ['ru', `9${_}мая 2026${_}– 10${_}мая 2026`, [`2${_}ч 30${_}мин`, `1${_}200${_}ч`, `45${_}мин`, `0${_}мин`, `4${_}мин 5${_}с`]],
  ['en', `9${_}May 2026${_}– 10${_}May 2026`, [`2${_}h 30${_}min`, `1,200${_}h`, `45${_}min`, `0${_}min`, `4${_}min 5${_}s`]],
])('%s tells spans and lengths of time', (language, span, lengths) => {
  const { date, days, length, times } = formats(language);
  expect(days('2026-05-09', '2026-05-10')).toBe(span);
  expect(days('2026-05-09', '2026-05-09')).toBe(date('2026-05-09'));
  expect(times(lateEvening, '2026-05-08T21:00:00Z')).toBe('01:30–\u206002:00');
  expect([length(150), length(72_000), length(45), length(0), length(4, 5)]).toEqual(lengths);
});

test('a moment of another year has its year', () => {
  const newYear = '2025-12-31T18:59:00Z';
  expect(['kk', 'ru', 'en'].map((language) => formats(language).moment(newYear))).toEqual([`2025${_}ж. 31${_}желтоқсан, 23:59`, `31${_}декабря 2025 в${_}23:59`, `31${_}December 2025, 23:59`]);
});

test('a day begins at midnight in Almaty', () => {
  expect(startOfDay(0)).toMatch(/T19:00:00\.000Z$/);
  expect(Date.parse(startOfDay(7)) - Date.parse(startOfDay(0))).toBe(7 * 86_400_000);
});

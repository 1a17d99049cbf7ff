import { expect, test } from 'vitest';
import { formats, startOfDay } from '../src/words/dates';

const lateEvening = '2026-05-08T20:30:00Z'; // half past one in the night, in Almaty

test.each([
  ['kk', { weekday: 'сб', month: 'мам', monthOf: '2026 ж. мамыр', day: '9 мамыр, сенбі', date: '2026 ж. 9 мамыр', time: '01:30', moment: '9 мамыр, 01:30', number: '22\u00a0000' }],
  ['ru', { weekday: 'сб', month: 'май', monthOf: 'май 2026 г.', day: 'суббота, 9 мая', date: '9 мая 2026 г.', time: '01:30', moment: '9 мая в 01:30', number: '22\u00a0000' }],
  ['en', { weekday: 'Sat', month: 'May', monthOf: 'May 2026', day: 'Saturday, May 9', date: 'May 9, 2026', time: '01:30', moment: 'May 9 at 01:30', number: '22,000' }],
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

test('a day begins at midnight in Almaty', () => {
  expect(startOfDay(0)).toMatch(/T19:00:00\.000Z$/);
  expect(Date.parse(startOfDay(7)) - Date.parse(startOfDay(0))).toBe(7 * 86_400_000);
});

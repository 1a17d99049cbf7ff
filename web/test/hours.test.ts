import { expect, test } from 'vitest';
import { formats } from '../src/words/dates';
import { hoursIn } from '../src/words/hours';

test.each([
  ['Mo-Fr 09:00-18:00; Sa 10:00-17:00', 'ru', 'пн–пт 09:00–18:00; сб 10:00–17:00'],
  ['Mo-Sa 10:00-21:00', 'kk', 'дс–сб 10:00–21:00'],
  ['Tu,Th 10:00-12:00,13:00-19:00; Su off', 'en', 'Tue, Thu 10:00–12:00, 13:00–19:00; Sun closed'],
  ['by appointment', 'en', 'by appointment'],
  ['Mo-Fr 09:00-18:00; by appointment', 'ru', 'Mo-Fr 09:00-18:00; by appointment'],
])('%s in %s', (kept, language, told) => expect(hoursIn(kept, formats(language).weekday, 'closed')).toBe(told.replaceAll('–', '–\u2060')));

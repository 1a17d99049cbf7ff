import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { filterOf } from '../src/pages/desk/city/audit/filter';
import { audited } from '../src/pages/desk/city/audit/words';
import { paceOf } from '../src/pages/desk/city/pace';

test('the pace is even through the city’s year, from last year’s level if there is one', () => {
  const centres = { code: 'CENTRES_OPEN', year: 2026, baseline: 11, target: 16 };
  const visits = { code: 'YOUTH_REACHED', year: 2026, baseline: 570_000, target: 700_000 };
  const at = (moment: string) => Date.parse(moment);
  expect(paceOf(centres, at('2026-01-01T00:00:00+05:00'))).toBe(11);
  expect(paceOf(centres, at('2025-12-31T23:59:59+05:00'))).toBe(11);
  expect(paceOf(centres, at('2026-07-02T12:00:00+05:00'))).toBe(13);
  expect(paceOf(centres, at('2027-03-01T00:00:00+05:00'))).toBe(16);
  expect(paceOf(visits, at('2026-01-01T00:00:00+05:00'))).toBe(0);
  expect(paceOf(visits, at('2026-07-02T12:00:00+05:00'))).toBe(350_000);
  expect(paceOf({ ...visits, target: null }, at('2026-07-02T12:00:00+05:00'))).toBeUndefined();
});

test('the audit log is queried for whole days of the city', () => {
  expect(filterOf(new URLSearchParams('from=2026-05-09&to=2026-05-09'))).toMatchObject({ from: '2026-05-08T19:00:00.000Z', to: '2026-05-09T19:00:00.000Z' });
  expect(filterOf(new URLSearchParams('from=2026&to=soon'))).toMatchObject({ from: undefined, to: undefined });
});

test('the audit has words for everything in it', () => {
  expect(audited.length).toBeGreaterThan(100);
  for (const language of readdirSync('src/words').filter((name) => !name.includes('.'))) {
    const [app, words] = ['app', 'schema'].map((name) => JSON.parse(readFileSync(`src/words/${language}/${name}.json`, 'utf8')));
    const verb = (action: string) => action.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
    const own = (action: string) => action.split('.').reduce((found, part) => found?.[part], app.audit.what);
    expect(audited.filter((action) => !words.Action[verb(action)] && !own(action))).toEqual([]);
  }
});

import { expect, test } from 'vitest';
import { noBreak } from '../build/words';
import { languages } from '../src/words/languages';

test.each([
  ['ru', 'до 8 МБ и 40 мегапикселей', 'до 8_МБ и 40_мегапикселей'],
  ['ru', 'От 3 до 10 000 знаков', 'От 3 до 10_000_знаков'],
  ['ru', 'Новый код через {{seconds}} с', 'Новый код через {{seconds}}_с'],
  ['ru', '{{count}} место свободно из {{capacity}}', '{{count}}_место свободно из {{capacity}}'],
  ['en', '{{count}} of {{all}}', '{{count}} of {{all}}'],
  ['ru', 'Центр № 1 — в вашем районе', 'Центр №_1_— в вашем районе'],
  ['kk', 'Бұл — соңғы ауысым, 24 сағат', 'Бұл_— соңғы ауысым, 24_сағат'],
  ['kk', '22:00 мен 8:00 аралығында', '22:00 мен 8:00_аралығында'],
  ['en', 'From 1 to 10,000, 8 MB', 'From 1 to 10,000, 8_MB'],
  ['en', 'one – two', 'one – two'],
] as const)('%s: %s', (language, typed, shown) => expect(noBreak(typed, language)).toBe(shown.replaceAll('_', '\u00a0')));

test.each(languages)('the catalogues in %s are loaded with no-break spaces, and typed without', async (language) => {
  for (const file of ['app', 'schema']) {
    const typed = (await import(`../src/words/${language}/${file}.json?raw`)).default as string;
    expect(typed).not.toContain('\u00a0');
    const loaded = JSON.stringify((await import(`../src/words/${language}/${file}.json`)).default);
    expect(loaded).toBe(JSON.stringify(JSON.parse(typed, (_, value) => (typeof value === 'string' ? noBreak(value, language) : value))));
  }
  const { photos } = (await import(`../src/words/${language}/app.json`)).default;
  expect(photos.unreadable).toMatch(/8\u00a0(MB|МБ)/);
});

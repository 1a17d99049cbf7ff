import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { noBreak } from '../build/words';
import { dotted } from '../src/words/dotted';
import { languages } from '../src/words/languages';
import cases from './no-break.json';

const visible = (text: string) => text.replaceAll('\u00a0', '_');

test.each(languages)('the cases in %s that the hub is held to as well', (language) => {
  for (const [typed, shown] of Object.entries(cases[language.toUpperCase() as keyof typeof cases])) {
    const once = noBreak(typed, language);
    expect(visible(once)).toBe(shown);
    expect(noBreak(once, language)).toBe(once);
  }
});

test.each([
  ['ru', 'Новый код через {{seconds}} с', 'Новый код через {{seconds}}_с'],
  ['ru', '{{count}} место свободно из {{capacity}}', '{{count}}_место свободно из {{capacity}}'],
  ['en', '{{count}} of {{all}}', '{{count}} of {{all}}'],
  ['ru', 'Отправлено {{date}}, действует до {{until}}', 'Отправлено {{date}}, действует до_{{until}}'],
  ['kk', '16–17 жас, дүйсенбі–жұма', '16–\u206017_жас, дүйсенбі–жұма'],
  ['kk', '№{{number}} куәлік', '№_{{number}} куәлік'],
] as const)('%s: %s', (language, typed, shown) => expect(visible(noBreak(typed, language))).toBe(shown));

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

test('a dot between facts stays with the fact before it, on every page', () => {
  expect(dotted('14:30', undefined, 'Медеу', false)).toBe('14:30\u00a0· Медеу');
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && name !== 'words/dotted.ts');
  expect(sources.filter((name) => readFileSync(`src/${name}`, 'utf8').includes(' · '))).toEqual([]);
});

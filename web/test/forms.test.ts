import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((name) => `src/${name}`).filter((name) => name.endsWith('.tsx'));
const tags = (name: string, tag: RegExp) => readFileSync(name, 'utf8').match(tag) ?? [];

test('no form lets the browser report its errors', () => {
  const forms = files.flatMap((name) => tags(name, /<form\b[^]*?(?<!=)>/g).map((tag) => [name, tag]));
  expect(forms.length).toBeGreaterThan(4);
  expect(forms.filter(([, tag]) => !/\bnoValidate\b/.test(tag!))).toEqual([]);
});

test('every field is the app’s own, and so has room for what is wrong with it', () => {
  const bare = /<(input|textarea|select)\b(?![^>]*type="(checkbox|radio|file|hidden)")/g;
  expect(files.filter((name) => name !== 'src/parts/field.tsx' && tags(name, bare).length > 0)).toEqual([]);
});

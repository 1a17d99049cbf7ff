import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, paths } from '../src/paths';

/** The floors of src, lowest first; a file in none of them is below them all. */
const floors = ['look', 'words', 'client', 'parts', 'modules', 'pages', 'main.tsx'];
const floorOf = (file: string) => floors.indexOf(file.split('/')[0]!);
const pageOf = (file: string) => (floorOf(file) === floors.indexOf('pages') ? dirname(file) : '');

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.(tsx?|css)$/.test(name));
const imports = files.flatMap((from) =>
  [...readFileSync(`src/${from}`, 'utf8').matchAll(/(?:from|import)[\s(]*'(\.[^']+)'/g)].map(([, name]) => {
    const to = join(dirname(from), name!);
    return { from, to: files.find((file) => file === to || file.replace(/(\/index)?\.tsx?$/, '') === to) ?? to };
  }),
);

test('a file imports from its own floor and those below', () => {
  const up = imports.filter(({ from, to }) => floorOf(from) < floorOf(to));
  expect(up, 'Move what is imported to a floor below: pages share modules, and modules share parts (docs/web.md).').toEqual([]);
});

test('a page imports nothing from another page', () => {
  const across = imports.filter(({ from, to }) => pageOf(from) && pageOf(to) && pageOf(from) !== pageOf(to) && pageOf(from) !== 'pages');
  expect(across, 'Move what several pages share to src/modules (docs/web.md).').toEqual([]);
});

test('no imports go in a circle', () => {
  let left = imports;
  for (let before = 0; before !== left.length; ) {
    before = left.length;
    left = left.filter(({ from, to }) => left.some((one) => one.from === to) && left.some((one) => one.to === from));
  }
  expect(left, 'Move what both need to a file of its own, which imports neither.').toEqual([]);
});

test('each path has its page in the folder of the same name', () => {
  const found = files.filter((file) => file.endsWith('/page.tsx'));
  const named = Object.values(paths).map((path) => `pages/${folderOf(path)}/page.tsx`);
  expect(found.toSorted(), 'Put the page of /desk/teams/:id/people into src/pages/desk/team/people/page.tsx.').toEqual(named.toSorted());
});

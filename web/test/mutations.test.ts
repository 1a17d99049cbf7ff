import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../build/schema.mjs';

const documents = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .flatMap((name) => [...readFileSync(`src/${name}`, 'utf8').matchAll(/graphql\(\s*`([^`]*)`/g)].map(([, text = '']) => text));

const called = documents.flatMap((text) =>
  parse(text).definitions.flatMap((definition) =>
    definition.kind === 'OperationDefinition' && definition.operation === 'mutation'
      ? definition.selectionSet.selections.map((field) => (field.kind === 'Field' ? field.name.value : ''))
      : [],
  ),
);

test('every mutation of the hub has its place in the app', () => {
  const all = Object.keys(schema.getMutationType()!.getFields());
  expect(all.filter((name) => !called.includes(name))).toEqual([]);
});

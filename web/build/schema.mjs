// The schema of the hub, read from its files; run as a program, it writes the types that the app's documents are checked with.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { minifyIntrospection, outputIntrospectionFile } from '@gql.tada/internal';
import { buildSchema, introspectionFromSchema } from 'graphql';

const folder = new URL('../../schema/', import.meta.url);

export const schema = buildSchema(
  readdirSync(folder)
    .filter((name) => name.endsWith('.graphqls'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n'),
);

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const introspection = minifyIntrospection(introspectionFromSchema(schema), { includeEnums: true, includeInputs: true, includeScalars: true });
  writeFileSync(new URL('../src/schema.d.ts', import.meta.url), outputIntrospectionFile(introspection, { fileType: '.d.ts', shouldPreprocess: true }));
}

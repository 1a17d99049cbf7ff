// The schema of the hub, read from its files; run as a program, it writes the types that the app's documents are checked with.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { minifyIntrospection, outputIntrospectionFile } from '@gql.tada/internal';
import { buildSchema, introspectionFromSchema, isAbstractType } from 'graphql';

const folder = '../schema/';

export const schema = buildSchema(
  readdirSync(folder)
    .filter((name) => name.endsWith('.graphqls'))
    .map((name) => readFileSync(folder + name, 'utf8'))
    .join('\n'),
);

/** The types that each interface may be: all that the app's cache needs to know of the schema. */
export const possibleTypes = Object.fromEntries(
  Object.values(schema.getTypeMap())
    .filter(isAbstractType)
    .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
);

const fields = Object.values(schema.getMutationType().getFields());

/** The names of all mutations. */
export const mutations = fields.map(({ name }) => name);

/** The mutations that accept no idempotency key: they begin a session, take a password or an emailed link, or show a secret once. */
export const keyless = fields.filter(({ astNode }) => astNode.directives.some(({ name }) => name.value === 'keyless')).map(({ name }) => name);

if (process.argv[1]?.endsWith('schema.mjs')) {
  const introspection = minifyIntrospection(introspectionFromSchema(schema), { includeEnums: true, includeInputs: true, includeScalars: true });
  writeFileSync('src/schema.d.ts', outputIntrospectionFile(introspection, { fileType: '.d.ts', shouldPreprocess: true }));
}

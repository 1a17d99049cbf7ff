import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { formatDocument, stringifyDocument } from '@urql/core';
import { type FieldNode, type FragmentDefinitionNode, getNamedType, GraphQLError, isCompositeType, isUnionType, Kind, type OperationDefinitionNode, parse, specifiedRules, validate, type ValidationContext, visit } from 'graphql';
import type { Plugin } from 'vite';
import { schema } from './schema.mjs';

type Operation = { hash: string; text: string };

/** The app's operations by name, each with the fragments it uses, as the hub will run them. */
export function operations(): Record<string, Operation> {
  const names = new Set<string>();
  const written: OperationDefinitionNode[] = [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))) {
    for (const [, text] of readFileSync(`src/${file}`, 'utf8').matchAll(/graphql\(\s*`([^`]*)`/g)) {
      for (const definition of parse(text!).definitions) {
        const named = 'name' in definition ? definition.name?.value : undefined;
        if (!named || names.has(named)) throw new Error(`${file}: every document needs a unique name, and ${named} is not one`);
        names.add(named);
        if (definition.kind === Kind.OPERATION_DEFINITION) written.push(definition);
        if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(named, definition);
      }
    }
  }
  return Object.fromEntries(written.map((operation) => [operation.name!.value, persisted(operation, fragments)]));
}

/** The app's cache keeps an object under its id, so documents ask for it. */
const asksForIds = (context: ValidationContext) => ({
  Field({ name, selectionSet }: FieldNode) {
    const type = getNamedType(context.getType());
    const missing = isCompositeType(type) && !isUnionType(type) && 'id' in type.getFields() && !selectionSet?.selections.some((one) => one.kind === Kind.FIELD && one.name.value === 'id');
    if (missing) context.reportError(new GraphQLError(`ask for the id of ${name.value}, because the cache keeps a ${type.name} under it`));
  },
});

function persisted(operation: OperationDefinitionNode, fragments: Map<string, FragmentDefinitionNode>): Operation {
  const used = new Set<FragmentDefinitionNode>();
  const use = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment) throw new Error(`${operation.name!.value}: no fragment ${name.value}`);
        if (!used.has(fragment)) use((used.add(fragment), fragment));
      },
    });
  };
  use(operation);
  const document = { kind: Kind.DOCUMENT, definitions: [operation, ...used] } as const;
  const [error] = validate(schema, document, [...specifiedRules, asksForIds]);
  if (error) throw new Error(`${operation.name!.value}: ${error.message}`);
  const text = stringifyDocument(formatDocument(document));
  return { hash: createHash('sha256').update(text).digest('hex'), text };
}

/** Writes the operations, to which the hub may be restricted; each module gets the hashes of its own. */
export function persistOperations(): Plugin {
  const all = operations();
  return {
    name: 'persist-operations',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      const names = [...code.matchAll(/graphql\(\s*`\s*(?:query|mutation|subscription) (\w+)/g)].map(([, name]) => name!);
      if (names.length === 0 || !/\.tsx?$/.test(id)) return null;
      const own = Object.fromEntries(names.map((name) => [name, all[name]!.hash]));
      return `${code}\nimport { hashes as known } from '/src/client/hashes';\nObject.assign(known, ${JSON.stringify(own)});`;
    },
    writeBundle({ dir }) {
      writeFileSync(`${dir}/../operations.json`, JSON.stringify(Object.fromEntries(Object.values(all).map(({ hash, text }) => [hash, text])), null, 1));
    },
  };
}

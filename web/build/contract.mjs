// Compares the schema with the one that was agreed on last, docs/schema.graphql; with --agree it becomes that.
import { readFileSync, writeFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges, isEnumType, isInputObjectType, isObjectType, parse, print, printSchema, visit } from 'graphql';

const agreed = '../docs/schema.graphql';
const changes = '../docs/changes.md';
const form = /^Gone after (\d{4}-\d{2}-\d{2}): use .+\.$/;

/** What of a schema is deprecated, by the description that its removal would have. */
function deprecated(schema) {
  const found = [];
  const add = (removal, { deprecationReason: reason }) => reason != null && found.push({ removal, reason });
  for (const type of Object.values(schema.getTypeMap())) {
    if (isEnumType(type)) type.getValues().forEach((value) => add(`${value.name} was removed from enum type ${type.name}.`, value));
    if (!isObjectType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      add(`${type.name}.${field.name} was removed.`, field);
      field.args?.forEach((argument) => add(`${type.name}.${field.name} arg ${argument.name} was removed.`, argument));
    }
  }
  return found;
}

function inThreeMonths(today) {
  const day = new Date(today);
  day.setUTCMonth(day.getUTCMonth() + 3);
  return day.toISOString().slice(0, 10);
}

/**
 * Returns what the schema breaks for programs that were written for the agreed one, other than what is written down in the list of
 * changes, and what was deprecated until a day that has passed; and deprecations that do not say until when, or what to use.
 */
export function problems(before, now, written, today) {
  const until = (reason) => reason.match(form)?.[1];
  const agreed = new Map(deprecated(before).map(({ removal, reason }) => [removal, until(reason)]));
  const listed = written.split('\n');
  return [
    ...findBreakingChanges(before, now)
      .map(({ description }) => description)
      .filter((description) => !listed.some((line) => line.startsWith(`- ${description}`)) && !(agreed.get(description) < today))
      .map((description) => `${description} Deprecate it first, or write this sentence down in docs/changes.md, with the reason.`),
    ...deprecated(now)
      .filter(({ removal, reason }) => !(until(reason) >= (agreed.get(removal) ?? inThreeMonths(today))))
      .map(({ removal }) => `${removal.replace(/ was removed.*/, '')} is deprecated: say "Gone after YYYY-MM-DD: use <what>.", three months ahead.`),
  ];
}

if (process.argv[1]?.endsWith('contract.mjs')) {
  const { schema } = await import('./schema.mjs');
  if (process.argv.includes('--agree')) {
    const bare = visit(parse(printSchema(schema)), { enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined) });
    writeFileSync(agreed, print(bare) + '\n');
  } else {
    const found = problems(buildSchema(readFileSync(agreed, 'utf8')), schema, readFileSync(changes, 'utf8'), new Date().toISOString().slice(0, 10));
    for (const problem of found) console.error(problem);
    process.exitCode = Math.min(found.length, 1);
  }
}

import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { problems } from '../build/contract.mjs';

const agreed = buildSchema(`
  type Query { task(id: ID!): Task, tasks(filter: Filter): [Task!], old: String @deprecated(reason: "Gone after 2026-09-01: use task.") }
  type Task { id: ID!, title: String! }
  input Filter { text: String }
  enum State { OPEN, DONE, LOST @deprecated(reason: "Gone after 2026-11-30: use DONE.") }
`);
const all = (changed: string, written = '') => problems(agreed, buildSchema(changed), written, '2026-12-01').map((text: string) => text.split(' Deprecate it first')[0]);
const query = 'type Query { task(id: ID!): Task, tasks(filter: Filter): [Task!] }';
const task = 'type Task { id: ID!, title: String! }';
const input = 'input Filter { text: String }';
const state = 'enum State { OPEN, DONE }';

test.each([
  ['nothing but what was deprecated for long enough', [query, task, input, state], []],
  ['a new field, argument and value', [query, 'type Task { id: ID!, title(short: Boolean): String!, place: String }', input, 'enum State { OPEN, DONE, LATE }'], []],
  ['a removed field', [query, 'type Task { id: ID! }', input, state], ['Task.title was removed.']],
  ['a new required argument', [query, 'type Task { id: ID!, title(lang: String!): String! }', input, state], ['A required arg lang on Task.title was added.']],
  ['an input that must be given now', [query, task, 'input Filter { text: String! }', state], ['Filter.text changed type from String to String!.']],
  ['an answer that may be null now', [query, 'type Task { id: ID!, title: String }', input, state], ['Task.title changed type from String! to String.']],
  ['a removed value', [query, task, input, 'enum State { OPEN }'], ['DONE was removed from enum type State.']],
  ['a deprecation that says nothing', [query, 'type Task { id: ID!, title: String! @deprecated }', input, state], ['Task.title is deprecated: say "Gone after YYYY-MM-DD: use <what>."']],
])('%s', (_, parts, expected) => {
  expect(all(parts.join('\n'))).toEqual(expected);
});

test('what is written down is agreed', () => {
  const removed = [query, 'type Task { id: ID! }', input, state].join('\n');
  expect(all(removed, '- Task.title was removed. Nobody reads it.')).toEqual([]);
});

import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { problems } from '../build/contract.mjs';

const query = 'type Query { task(id: ID!, short: Boolean, late: Boolean @deprecated(reason: "Gone after 2027-01-31: use task.")): Task, tasks(filter: Filter): [Task!] }';
const over = query.replace('tasks(', 'old: String @deprecated(reason: "Gone after 2026-11-30: use task."), soon: String @deprecated(reason: "Gone after 2026-12-01: use task."), tasks(');
const task = 'type Task { id: ID!, title: String! }';
const input = 'input Filter { text: String, word: String @deprecated(reason: "Gone after 2026-11-30: use text.") }';
const state = 'enum State { OPEN, DONE, LOST @deprecated(reason: "Gone after 2026-11-30: use DONE."), KEPT @deprecated(reason: "Gone after 2027-01-31: use DONE.") }';
const agreed = buildSchema([over, task, input, state].join('\n'));
const found = (changes: [before: string, after: string][], written = '') => {
  const changed = changes.reduce((schema, [before, after]) => schema.replace(before, after), [over, task, input, state].join('\n'));
  return problems(agreed, buildSchema(changed), written, '2026-12-01').map((text: string) => text.split(' Deprecate it first')[0]);
};
const after = (day: string) => `@deprecated(reason: "Gone after ${day}: use id.")`;

test.each<[string, [string, string][], string[]]>([
  ['nothing', [], []],
  ['a new field, argument and value', [['title: String!', 'title(short: Boolean): String!, place: String'], ['DONE,', 'DONE, LATE,']], []],
  ['what was deprecated until yesterday', [[over, query], [', word: String @deprecated(reason: "Gone after 2026-11-30: use text.")', ''], ['LOST @deprecated(reason: "Gone after 2026-11-30: use DONE."),', '']], ['Query.soon was removed.']],
  ['a deprecated argument and value before their day', [[', late: Boolean @deprecated(reason: "Gone after 2027-01-31: use task.")', ''], [', KEPT @deprecated(reason: "Gone after 2027-01-31: use DONE.")', '']], ['Query.task arg late was removed.', 'KEPT was removed from enum type State.']],
  ['a removed field', [['title: String!', '']], ['Task.title was removed.']],
  ['a new required argument', [['title: String!', 'title(lang: String!): String!']], ['A required arg lang on Task.title was added.']],
  ['an input that must be given now', [['text: String', 'text: String!']], ['Filter.text changed type from String to String!.']],
  ['an answer that may be null now', [['title: String!', 'title: String']], ['Task.title changed type from String! to String.']],
  ['a removed value', [['OPEN, ', '']], ['OPEN was removed from enum type State.']],
  ['a deprecation for three months', [['title: String!', `title: String! ${after('2027-03-01')}`]], []],
  ['a deprecation that says nothing', [['title: String!', 'title: String! @deprecated']], ['Task.title is deprecated: say "Gone after YYYY-MM-DD: use <what>.", three months ahead.']],
  ['a deprecation for less', [['title: String!', `title: String! ${after('2027-02-28')}`]], ['Task.title is deprecated: say "Gone after YYYY-MM-DD: use <what>.", three months ahead.']],
  ['a deprecation whose day came nearer', [['2027-01-31: use task', '2027-01-30: use task']], ['Query.task arg late is deprecated: say "Gone after YYYY-MM-DD: use <what>.", three months ahead.']],
])('%s', (_, changes, expected) => {
  expect(found(changes)).toEqual(expected);
});

test('what is written down is agreed', () => {
  expect(found([['title: String!', '']], '- Task.title was removed. Nobody reads it.')).toEqual([]);
  expect(found([['title: String!', '']], '- SubTask.title was removed. Nobody reads it.')).toEqual(['Task.title was removed.']);
});

// graphql-sse's client on its main path: subscriptions, and queries, mutations and refusals too, each sent once.
// Environment: HUB, EMAIL, PASSWORD, TASK (id of a task that may be watched).
import assert from 'node:assert/strict';
import { createClient } from 'graphql-sse';
import { run } from './check.mjs';

const { HUB, EMAIL, PASSWORD, TASK } = process.env;
let sent = 0;
const client = createClient({
  url: HUB,
  retryAttempts: 2,
  fetchFn: (...request) => {
    sent++;
    return fetch(...request);
  },
});

/** All answers to an operation, the first few of one without end. */
async function ask(query, variables, most = Infinity) {
  const answers = [];
  sent = 0;
  for await (const answer of client.iterate({ query, variables })) {
    if (answers.push(answer) === most) break;
  }
  return answers;
}

await run({
  'graphql-sse watches a task': async () => {
    const [{ data }] = await ask('subscription($id: ID!) { taskChanged(id: $id) { id state } }', { id: TASK }, 1);
    assert.deepEqual(data, { taskChanged: { id: TASK, state: 'OPEN' } });
  },
  'graphql-sse asks a query': async () => {
    const answers = await ask('{ districts { code } }');
    assert.equal(answers.length, 1);
    assert.equal(answers[0].data.districts.length, 8);
    assert.equal(sent, 1);
  },
  'graphql-sse sends a mutation once': async () => {
    const signIn = 'mutation($input: SignInInput!) { signIn(input: $input) { token } }';
    const [{ data }] = await ask(signIn, { input: { email: EMAIL, password: PASSWORD } });
    assert.ok(data.signIn.token);
    assert.equal(sent, 1);
  },
  ...Object.fromEntries(
    Object.entries({
      'a subscription': ['subscription { myNotices { id } }', 'UNAUTHENTICATED'],
      'a mutation': ['mutation { signOut(input: {everywhere: true}) { ended } }', 'UNAUTHENTICATED'],
      'a document': ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
      'an id': ['{ node(id: "x") { id } }', 'INVALID'],
    }).map(([what, [query, code]]) => [
      `graphql-sse is refused ${what}`,
      async () => {
        const answers = await ask(query);
        assert.deepEqual(answers.map(({ errors }) => errors[0].extensions.code), [code]);
        assert.equal(sent, 1);
      },
    ]),
  ),
});

// Apollo Client on its main path: signs in, pages through a list, signs up twice with one key, and names documents by their hash.
// Environment: HUB, EMAIL, PASSWORD, SHIFT (id of a shift with places).
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';
import { run } from './check.mjs';

const { HUB, EMAIL, PASSWORD, SHIFT } = process.env;
const sent = [];
let token;

const http = new HttpLink({
  uri: HUB,
  fetch: (uri, init) => {
    sent.push(JSON.parse(init.body));
    return fetch(uri, { ...init, headers: { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) } });
  },
});
const cache = new InMemoryCache({ typePolicies: { Query: { fields: { districts: {}, tasks: relayStylePagination(['filter', 'order']) } } } });
const client = new ApolloClient({ link: http, cache });

const tasks = gql`
  query Tasks($after: String) {
    tasks(first: 1, after: $after) {
      edges { cursor node { id title } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
const signUp = gql`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) {
      signup { id state shift { id seats { taken } } }
    }
  }
`;

await run({
  'apollo signs in': async () => {
    const signIn = gql`mutation SignIn($input: SignInInput!) { signIn(input: $input) { token } }`;
    const { data } = await client.mutate({ mutation: signIn, variables: { input: { email: EMAIL, password: PASSWORD } } });
    token = data.signIn.token;
    assert.ok(token);
  },
  'apollo pages through a list': async () => {
    const first = await client.query({ query: tasks });
    assert.equal(first.data.tasks.edges.length, 1);
    const watched = client.watchQuery({ query: tasks });
    const subscription = watched.subscribe(() => {});
    await watched.fetchMore({ variables: { after: first.data.tasks.pageInfo.endCursor } });
    assert.equal(new Set(client.readQuery({ query: tasks }).tasks.edges.map(({ node }) => node.id)).size, 2);
    subscription.unsubscribe();
  },
  'apollo signs up once under one key': async () => {
    const ask = { mutation: signUp, variables: { input: { shiftId: SHIFT } }, context: { headers: { 'idempotency-key': 'apollo-1' } } };
    const [first, second] = [await client.mutate(ask), await client.mutate(ask)];
    assert.equal(first.data.signUp.signup.state, 'CONFIRMED');
    assert.equal(second.data.signUp.signup.id, first.data.signUp.signup.id);
    assert.equal(second.data.signUp.signup.shift.seats.taken, 1);
  },
  'apollo reads the code of a refusal': async () => {
    const refused = client.mutate({ mutation: signUp, variables: { input: { shiftId: SHIFT.slice(0, -1) + '_' } } });
    await assert.rejects(refused, (error) => CombinedGraphQLErrors.is(error) && error.errors[0].extensions.code === 'INVALID');
  },
  'apollo names documents by their hash': async () => {
    const sha256 = (text) => createHash('sha256').update(text).digest('hex');
    const link = new PersistedQueryLink({ sha256 }).concat(http);
    const persisted = new ApolloClient({ link, cache: new InMemoryCache() });
    const names = gql`query Names { districts { id name } }`;
    sent.length = 0;
    for (const ignored of [1, 2]) {
      const { data } = await persisted.query({ query: names, fetchPolicy: 'no-cache' });
      assert.equal(data.districts.length, 8);
    }
    assert.deepEqual(sent.map(({ query }) => Boolean(query)), [false, true, false]);
  },
});

import { expect, test, vi } from 'vitest';
import { newClient } from '../src/client/client';
import { markMutation } from '../src/client/reading';
import { graphql } from '../src/graphql';

const listQuery = graphql(`query Notices($after: String) { viewer { id unreadNotices notices(first: 20, after: $after) { nodes { id readAt } pageInfo { hasNextPage endCursor } } } }`);

const notice = (id: string) => ({ __typename: 'Notice', id, readAt: null });
const viewer = {
  __typename: 'Person',
  id: 'p',
  unreadNotices: 3,
  notices: { __typename: 'NoticeConnection', nodes: ['a', 'b'].map(notice), pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: 'b' } },
};
const answer = (data: object) => new Response(JSON.stringify({ data }), { headers: { 'Content-Type': 'application/json' } });

test.each([
  ['one', { ids: ['a'] }, 2, ['b']],
  ['all', { upTo: '2026-05-08T09:00:00Z' }, 0, []],
])('%s is read at once, and unread again where the hub did not take it', async (_, input, left, unread) => {
  let fail = (_: Error) => {};
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) =>
    body.includes('input') ? new Promise((_, reject) => (fail = reject)) : Promise.resolve(answer({ viewer })),
  );
  const client = newClient('en', () => {});
  await client.query(listQuery, { after: null }).toPromise();
  const seen = async () => {
    const { data } = await client.query(listQuery, { after: null }, { requestPolicy: 'cache-only' }).toPromise();
    return [data?.viewer?.unreadNotices, data?.viewer?.notices?.nodes.filter(({ readAt }) => !readAt).map(({ id }) => id)];
  };
  const marked = client.mutation(markMutation, { input }, { fetch: globalThis.fetch }).toPromise();
  expect(await seen()).toEqual([left, unread]);
  fail(new TypeError('no network'));
  await marked;
  expect(await seen()).toEqual([3, ['a', 'b']]);
});

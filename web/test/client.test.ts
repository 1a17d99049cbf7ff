import { cacheExchange, type CacheExchangeOpts } from '@urql/exchange-graphcache';
import { introspectionFromSchema } from 'graphql';
import { Client } from 'urql';
import { expect, test, vi } from 'vitest';
import { schema } from '../build/schema.mjs';
import { fetchAsked } from '../src/client/asked';
import { caching } from '../src/client/client';
import { Once } from '../src/client/once';
import { patient } from '../src/client/patience';
import { nextPage } from '../src/client/session';

const answer = (body: unknown, init?: ResponseInit) => new Response(JSON.stringify(body), init);
const done = { data: { signUp: { signup: { id: '1' } } } };
const refused = (code: string) => ({ errors: [{ message: '', extensions: { code } }], data: null });

test.each([
  ['a lost connection', () => Promise.reject(new TypeError('Failed to fetch')), 400],
  ['a hub without a turn', () => Promise.resolve(answer(refused('BUSY'), { status: 503, headers: { 'Retry-After': '3' } })), 3000],
  ['a first try that still runs', () => Promise.resolve(answer(refused('IDEMPOTENCY_KEY_IN_USE'))), 400],
])('%s is tried again with the same request', async (_, first, wait) => {
  const send = vi.fn<typeof fetch>().mockImplementationOnce(first).mockImplementation(() => Promise.resolve(answer(done)));
  const pause = vi.fn(() => Promise.resolve());
  const request = { method: 'POST', body: '{}', headers: { 'Idempotency-Key': 'k' } };
  expect(await (await patient(send, pause)('/graphql', request)).json()).toEqual(done);
  expect(pause.mock.calls).toEqual([[wait]]);
  expect(send.mock.calls.map(([, init]) => init?.headers)).toEqual([request.headers, request.headers]);
});

test.each(['CLASH', 'INVALID', 'UNAUTHENTICATED'])('%s is a final answer, and the request is not repeated', async (code) => {
  const send = vi.fn<typeof fetch>(() => Promise.resolve(answer(refused(code))));
  expect(await (await patient(send)('/graphql')).json()).toEqual(refused(code));
  expect(send).toHaveBeenCalledTimes(1);
});

test('a device without a network says so at once, and mutations are still tried again', async () => {
  const network = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const send = vi.fn<typeof fetch>(() => Promise.reject(new TypeError('Failed to fetch')));
  const pause = () => Promise.resolve();
  await expect(patient(send, pause)('/graphql')).rejects.toThrow('Failed to fetch');
  expect(send).toHaveBeenCalledTimes(1);
  await expect(patient(send, pause)('/graphql', { headers: { 'Idempotency-Key': 'k' } })).rejects.toThrow('Failed to fetch');
  expect(send).toHaveBeenCalledTimes(6);
  network.mockRestore();
});

test('the early question is not asked again, and its answer is only for the first question', async () => {
  const send = vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(answer('later')));
  const ask = async (body: string) => (await fetchAsked('/graphql', { body })).json() as Promise<unknown>;
  globalThis.asked = { body: 'tasks', answer: Promise.resolve(answer('early')) };
  expect([await ask('tasks'), await ask('tasks')]).toEqual(['early', 'later']);
  globalThis.asked = { body: 'tasks', answer: Promise.resolve(answer('early')) };
  expect([await ask('teams'), await ask('tasks')]).toEqual(['later', 'later']);
  expect(send).toHaveBeenCalledTimes(3);
  send.mockRestore();
});

test('attempts come to an end', async () => {
  const send = vi.fn<typeof fetch>(() => Promise.reject(new TypeError('Failed to fetch')));
  await expect(patient(send, () => Promise.resolve())('/graphql')).rejects.toThrow('Failed to fetch');
  expect(send).toHaveBeenCalledTimes(5);
});

test('a second tap waits for the first; the key is kept until an answer arrives', async () => {
  const once = new Once();
  const keys: string[] = [];
  const send = (result: string) => (key: string) => {
    keys.push(key);
    return Promise.resolve(result);
  };
  const came = (result: string) => result !== 'lost';
  expect(await Promise.all([once.run('sign up', send('lost'), came), once.run('sign up', send('never sent'), came)])).toEqual(['lost', 'lost']);
  await once.run('sign up', send('done'), came);
  await once.run('sign up', send('done'), came);
  await once.run('another', send('done'), came);
  expect(keys).toHaveLength(4);
  expect(keys[1]).toBe(keys[0]);
  expect(new Set(keys).size).toBe(3);
});

test('what the cache does with single fields fits the schema', () => {
  const logger = vi.fn();
  const begin = cacheExchange({ ...caching, schema: introspectionFromSchema(schema) as CacheExchangeOpts['schema'], logger });
  begin({ client: new Client({ url: '/', exchanges: [], preferGetMethod: false }), forward: (operations) => operations as never, dispatchDebug: () => {} });
  expect(logger).not.toHaveBeenCalled();
});

test.each([
  ['/tasks?mine', '/tasks?mine'],
  ['//evil.example', '/me'],
  ['/\\evil.example', '/me'],
  ['https://evil.example', '/me'],
  ['', '/me'],
])('after signing in %s leads to %s', (next, page) => {
  expect(nextPage(new URLSearchParams({ next }))).toBe(page);
});

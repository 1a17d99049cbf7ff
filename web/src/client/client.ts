import { cacheExchange, type CacheExchangeOpts } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { Client, type CombinedError, fetchExchange, makeOperation, mapExchange, type Operation } from 'urql';
import { fetchAsked } from './asked';
import { hashes } from './hashes';
import { meet, visit } from './kept';
import { patient } from './patience';
import { marking } from './reading';

/** From the build, by build/schema.mjs. */
declare const __POSSIBLE_TYPES__: Record<string, string[]>;

/** How objects are cached: by their id, or as a part of the object that contains them if their type has none. */
export const caching: CacheExchangeOpts = {
  keys: new Proxy({}, { get: () => ({ id }: { id?: string }) => id ?? null }),
  possibleTypes: __POSSIBLE_TYPES__,
  resolvers: { Query: { tasks: relayPagination(), grants: relayPagination() }, Shift: { signups: relayPagination() }, Person: { notices: relayPagination() } },
  ...marking,
};

/** Sends an operation's hash in place of its text, which the hub knows from the build. */
const persisted = mapExchange({
  onOperation(operation) {
    const name = operation.query.definitions.find((definition) => definition.kind === 'OperationDefinition')?.name?.value ?? '';
    const sha256Hash = hashes[name];
    return sha256Hash ? makeOperation(operation.kind, { ...operation, extensions: { persistedQuery: { version: 1, sha256Hash } } }, operation.context) : operation;
  },
});

/** The headers of every request; a mutation with a key has that too. */
export const headers = (language: string, key?: string) => ({ 'Accept-Language': language, ...(key && { 'Idempotency-Key': key }) });

/** A client for one person and one language: a new one has nothing of what another person was shown. */
export function newClient(language: string, refused: (error: CombinedError, operation: Operation) => void): Client {
  const during = visit();
  const met = (data?: { viewer?: { id?: string } | null }) => data?.viewer?.id && meet(during, data.viewer.id);
  return new Client({
    url: '/graphql',
    exchanges: [
      mapExchange({ onError: refused, onResult: ({ data }) => void met(data as Parameters<typeof met>[0]) }),
      cacheExchange(caching),
      persisted,
      fetchExchange,
    ],
    fetch: patient(fetchAsked),
    fetchOptions: { headers: headers(language) },
    fetchSubscriptions: true,
    preferGetMethod: false, // GET would ignore the session's cookie
    requestPolicy: 'cache-and-network',
  });
}

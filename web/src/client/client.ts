import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { Client, type CombinedError, fetchExchange, makeOperation, mapExchange, type Operation } from 'urql';
import { fetchAsked } from './asked';
import { hashes } from './hashes';
import { meet, visit } from './kept';
import { patient } from './patience';
import { marking } from './reading';

/** The types that have no id: they are part of the object that contains them. */
export const parts = [
  ...['AvailableAction', 'CertificatePart', 'CheckedInMinor', 'CheckInCode', 'Contact', 'FocusRecord'],
  ...['InvitationOffer', 'MonthRecord', 'NoticePreference', 'PendingIdentity', 'PhotoSize', 'Point', 'Record', 'Result'],
  ...['ResultTotal', 'Seats', 'SecondFactor', 'TaskCount', 'TeamRecord'],
];

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
      cacheExchange({
        keys: Object.fromEntries(parts.map((type) => [type, () => null])),
        resolvers: { Query: { tasks: relayPagination(), grants: relayPagination() }, Shift: { signups: relayPagination() }, Person: { notices: relayPagination() } },
        ...marking,
      }),
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

import type { Cache, CacheExchangeOpts } from '@urql/exchange-graphcache';
import { graphql, type VariablesOf } from '../graphql';

export const markMutation = graphql(`mutation MarkNoticesRead($input: MarkNoticesReadInput!) { markNoticesRead(input: $input) { person { id unreadNotices } } }`);

const readPart = graphql(`fragment ReadPart on Notice { id readAt }`);

type Marked = VariablesOf<typeof markMutation>;

/** The notices that are marked by id; undefined where all are, up to the newest. */
const idsOf = ({ input }: Marked) => ('ids' in input ? input.ids : undefined);

/** What the cache does at once with notices that are marked as read; if the hub refuses, it is undone. */
export const marking: Pick<CacheExchangeOpts, 'updates' | 'optimistic'> = {
  optimistic: {
    markNoticesRead: (args, cache) => {
      const ids = idsOf(args as Marked);
      const viewer = cache.resolve('Query', 'viewer') as string;
      const unread = Number(cache.resolve(viewer, 'unreadNotices'));
      return { __typename: 'MarkNoticesReadPayload', person: { __typename: 'Person', id: cache.resolve(viewer, 'id'), unreadNotices: ids ? Math.max(0, unread - ids.length) : 0 } };
    },
  },
  updates: {
    Mutation: {
      markNoticesRead: (_, args, cache) => {
        const ids = idsOf(args as Marked);
        for (const notice of ids ? ids.map((id) => `Notice:${id}`) : listed(cache)) {
          const id = cache.resolve(notice, 'id') as string;
          if (cache.resolve(notice, 'readAt') === null) cache.writeFragment(readPart, { id, readAt: new Date().toISOString() });
        }
      },
    },
  },
};

/** All notices in lists: whoever marks notices up to the newest has been shown them. */
function listed(cache: Cache): string[] {
  const viewer = cache.resolve('Query', 'viewer') as string;
  const pages = cache.inspectFields(viewer).filter(({ fieldName }) => fieldName === 'notices');
  return pages.flatMap(({ fieldKey }) => cache.resolve(cache.resolve(viewer, fieldKey) as string, 'nodes') as string[]);
}

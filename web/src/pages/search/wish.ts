import type { Enum } from '../../graphql';

/** The search in the address bar. */
export type Wish = { text: string; types: Enum<'SearchType'>[]; district: string };

export const types = ['TASK', 'PROPOSAL', 'TEAM', 'CENTRE'] as const satisfies Enum<'SearchType'>[];

/** Shorter words than this are not searched for. */
export const least = 3;

export function wishOf(search: URLSearchParams): Wish {
  const named = search.get('types')?.split(',') ?? [];
  return { text: search.get('text') ?? '', types: types.filter((type) => named.includes(type)), district: search.get('district') ?? '' };
}

/** The address of a search; empty parts are left out. */
export function addressOf({ text, types: wanted, district }: Wish): URLSearchParams {
  return new URLSearchParams({ ...(text && { text }), ...(wanted.length > 0 && { types: wanted.join(',') }), ...(district && { district }) });
}

/** The search as variables of the query. */
export function variablesOf({ text, types: wanted, district }: Wish, first: number) {
  const words = text.trim();
  return { text: words, asked: words.length >= least, types: wanted.length > 0 ? wanted : undefined, district: district || undefined, first };
}

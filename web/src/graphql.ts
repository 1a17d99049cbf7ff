import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema';

/** A document of the schema. Each page has one query, each component that shows an object has one fragment. */
export const graphql = initGraphQLTada<{ introspection: introspection; scalars: { DateTime: string; Date: string; ID: string } }>();

export { type FragmentOf, type ResultOf, readFragment, type VariablesOf } from 'gql.tada';

/** The values of an enum of the schema. */
export type Enum<Name extends keyof introspection['types']> = introspection['types'][Name] extends { enumValues: infer Value } ? Value : never;

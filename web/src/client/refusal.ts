import type { CombinedError } from '@urql/core';
import type { Enum } from '../graphql';

/** Why something was not done: a code of the schema, or OFFLINE where no answer came. */
export type Refusal = {
  code: Enum<'Code'> | 'OFFLINE';
  /** The input's field that is not valid. */
  fields: string[];
  /** What the hub's log knows the mistake by. */
  id?: string;
};

/**
 * Whether the hub wants to know first who asks. The app asks nothing that costs too much of who has signed in, and some that does of
 * who has not: that is told before who asks is looked at.
 */
export const wantsSignIn = (error: CombinedError) => ['UNAUTHENTICATED', 'TOO_COSTLY'].includes(refusalOf(error).code);

export function refusalOf(error: CombinedError): Refusal {
  const [first] = error.graphQLErrors;
  if (!first) return { code: error.response?.status === 503 ? 'BUSY' : 'OFFLINE', fields: [] };
  const fields = error.graphQLErrors.map(({ extensions }) => extensions.field).filter((field) => typeof field === 'string');
  const { code = 'INTERNAL', id } = first.extensions as { code?: Enum<'Code'>; id?: string };
  return { code, fields, id };
}

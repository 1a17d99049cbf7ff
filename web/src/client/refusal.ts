import type { CombinedError } from '@urql/core';
import type { Enum } from '../graphql';

/** Why something was not done: a code of the schema, or OFFLINE if no answer came. */
export type Refusal = {
  code: Enum<'Code'> | 'OFFLINE';
  /** The fields of the input that are not valid. */
  fields: string[];
  /** The id of the error in the hub's log. */
  id?: string;
  /** When it may be tried again, to the next whole minute; left out where that is now or nearly so. */
  again?: Date;
  /** When a suspension ends. */
  until?: string;
};

const minute = 60; // in seconds

/**
 * Whether the person has to sign in first. The app never asks for too much when somebody is signed in, but sometimes when nobody
 * is: the hub refuses that as too costly before it checks who asks.
 */
export const wantsSignIn = (error: CombinedError) => ['UNAUTHENTICATED', 'TOO_COSTLY'].includes(refusalOf(error).code);

export function refusalOf(error: CombinedError): Refusal {
  const [first] = error.graphQLErrors;
  if (!first) return { code: error.response?.status === 503 ? 'BUSY' : 'OFFLINE', fields: [] };
  const fields = error.graphQLErrors.map(({ extensions }) => extensions.field).filter((field) => typeof field === 'string');
  const { code = 'INTERNAL', id, until, retryAfter = 0 } = first.extensions as { code?: Enum<'Code'>; id?: string; until?: string; retryAfter?: number };
  return { code, fields, id, until, again: retryAfter < minute ? undefined : new Date(Date.now() + (retryAfter + minute) * 1000) };
}

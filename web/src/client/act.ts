import type { TadaDocumentNode } from 'gql.tada';
import { useState } from 'react';
import { type AnyVariables, type OperationResult, useClient } from 'urql';
import { useTranslation } from '../words';
import { sure } from './ask';
import { headers } from './client';
import { Once } from './once';
import { type Refusal, refusalOf } from './refusal';
import { type Whole, whole } from './whole';

/** The mutations that accept no idempotency key, from the build, by build/schema.mjs. */
declare const __KEYLESS__: string[];

const once = new Once();

/** Refusals after which it is not known whether the mutation was done. */
const open: Refusal['code'][] = ['OFFLINE', 'BUSY', 'TIMEOUT', 'INTERNAL', 'CONFLICT', 'IDEMPOTENCY_KEY_IN_USE'];
const answered = ({ error }: OperationResult) => !error || !open.includes(refusalOf(error).code);

/**
 * Sends a mutation so that it is done once, however often the person taps, and however bad the network is. Resolves to the hub's
 * answer, or to why it was refused.
 */
export function useSend<Data extends object, Variables extends AnyVariables>(document: TadaDocumentNode<Data, Variables>) {
  const client = useClient();
  const { i18n } = useTranslation();
  return async (variables: Variables): Promise<{ data?: Whole<Data>; refusal?: Refusal }> => {
    const { name, field } = mutationOf(document);
    const send = (key: string) => {
      const context = __KEYLESS__.includes(field) ? { fetch: window.fetch } : { fetchOptions: { headers: headers(i18n.language, key) } };
      return client.mutation(document, variables, context).toPromise();
    };
    const { data, error } = await once.run(name + JSON.stringify(variables), send, answered);
    return error ? { refusal: refusalOf(error) } : { data: whole(data) };
  };
}

/**
 * A mutation with what a button and a form show about it. Resolves to undefined if it was refused, in which case refusal says
 * why, or if the person did not confirm it.
 */
export function useAct<Data extends object, Variables extends AnyVariables>(document: TadaDocumentNode<Data, Variables>) {
  const send = useSend(document);
  const [state, setState] = useState<{ busy: boolean; refusal?: Refusal }>({ busy: false });

  async function act(variables: Variables): Promise<Whole<Data> | undefined> {
    if (!(await sure(mutationOf(document).field, variables))) return undefined;
    setState({ busy: true });
    const { data, refusal } = await send(variables);
    setState({ busy: false, refusal });
    return data;
  }

  return { act, ...state };
}

function mutationOf(document: TadaDocumentNode<unknown, never>): { name: string; field: string } {
  const operation = document.definitions.find((definition) => definition.kind === 'OperationDefinition');
  const [root] = operation?.selectionSet.selections ?? [];
  return { name: operation?.name?.value ?? '', field: root?.kind === 'Field' ? root.name.value : '' };
}

import type { TadaDocumentNode } from 'gql.tada';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AnyVariables, type OperationResult, useClient } from 'urql';
import { sure } from './ask';
import { headers } from './client';
import { Once } from './once';
import { type Refusal, refusalOf } from './refusal';

/** The mutations that take no idempotency key: they begin a session, take a password or a mailed link, or show a secret once. */
export const keyless = [
  ...['register', 'signIn', 'signOut', 'acceptInvitation', 'verifyEmail', 'changeEmail', 'requestPasswordReset', 'resetPassword', 'changePassword'],
  ...['startSecondFactor', 'confirmSecondFactor', 'endSecondFactor', 'renewRecoveryCodes', 'requestData', 'eraseAccount', 'linkTelegram'],
];

const once = new Once();

/** Whether the hub has said what became of it; after these it may have been done, or not. */
const open: Refusal['code'][] = ['OFFLINE', 'BUSY', 'TIMEOUT', 'INTERNAL', 'CONFLICT', 'IDEMPOTENCY_KEY_IN_USE'];
const answered = ({ error }: OperationResult) => !error || !open.includes(refusalOf(error).code);

/**
 * Sends a mutation as a person does it: however often it is tapped, and however bad the network, it is done once.
 * Resolves to what the hub answered, or to why it was refused.
 */
export function useSend<Data, Variables extends AnyVariables>(document: TadaDocumentNode<Data, Variables>) {
  const client = useClient();
  const { i18n } = useTranslation();
  return async (variables: Variables): Promise<{ data?: Data; refusal?: Refusal }> => {
    const { name, field } = mutationOf(document);
    const send = (key: string) => {
      const context = keyless.includes(field) ? { fetch: window.fetch } : { fetchOptions: { headers: headers(i18n.language, key) } };
      return client.mutation(document, variables, context).toPromise();
    };
    const { data, error } = await once.run(name + JSON.stringify(variables), send, answered);
    return error ? { refusal: refusalOf(error) } : { data };
  };
}

/** A mutation with what a button and a form show of it. Resolves to undefined where it was refused, and why is in refusal, or not meant. */
export function useAct<Data, Variables extends AnyVariables>(document: TadaDocumentNode<Data, Variables>) {
  const send = useSend(document);
  const [state, setState] = useState<{ busy: boolean; refusal?: Refusal }>({ busy: false });

  async function act(variables: Variables): Promise<Data | undefined> {
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

import type { TadaDocumentNode } from 'gql.tada';
import { useCallback, useEffect } from 'react';
import { type AnyVariables, useClient } from 'urql';

/** Reads what changes quickly again on demand and, if seconds is given, at that interval while the page is visible. */
export function useReread<Variables extends AnyVariables>(query: TadaDocumentNode<unknown, Variables>, variables: Variables, seconds?: number) {
  const client = useClient();
  const asked = JSON.stringify(variables);
  const reread = useCallback(
    () => void client.query(query, JSON.parse(asked) as Variables, { requestPolicy: 'network-only' }).toPromise(),
    [client, query, asked],
  );
  useEffect(() => {
    if (!seconds) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && reread(), seconds * 1000);
    return () => clearInterval(timer);
  }, [reread, seconds]);
  return reread;
}

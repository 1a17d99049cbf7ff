import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { type AnyVariables, type OperationResult, useClient } from 'urql';
import { onEnd, pipe, subscribe } from 'wonka';
import { refusalOf } from './refusal';

/**
 * Milliseconds before a stream that ended is opened again: longer each time, and partly random, because all clients lose it when
 * the hub restarts.
 */
const pauseAfter = (tries: number) => Math.min(60_000, 1000 * 2 ** tries) * (0.5 + Math.random());

/**
 * The hub sends a sign of life every 15 seconds. A phone that changed its network is not told about it, so silence counts as the
 * end.
 */
const silence = 40_000;

/** A fetch of a stream, which has no time limit, unlike other requests. */
const fetchStream: typeof fetch = async (url, init) => {
  const silent = new AbortController();
  const signal = init?.signal ? AbortSignal.any([init.signal, silent.signal]) : silent.signal;
  const answer = await fetch(url, { ...init, signal });
  let timer = 0;
  const heard = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => silent.abort(), silence);
  };
  const listening = new TransformStream<Uint8Array, Uint8Array>({
    start: heard,
    transform(part, to) {
      heard();
      to.enqueue(part);
    },
    flush: () => clearTimeout(timer),
  });
  return new Response(answer.body?.pipeThrough(listening), answer);
};
const context = { fetch: fetchStream };

/**
 * Watches something while the page is visible and watched is true. Events go into the cache, and so to every place that shows
 * them; after a pause or a lost connection the first event is the present state. Returns the last event, and whether the stream
 * is alive. A tab has at most two: that of its page, and that of the notices.
 */
export function useLive<Data, Variables extends AnyVariables>(query: TadaDocumentNode<Data, Variables>, variables: Variables, watched = true) {
  const client = useClient();
  const looked = useLooked();
  const asked = JSON.stringify(variables);
  const [state, setState] = useState<{ data?: Data; alive: boolean }>({ alive: false });
  useEffect(() => {
    if (!watched || !looked) return;
    let [timer, tries, over, stop] = [0, 0, false, () => {}];
    const ended = () => {
      setState(({ data }) => ({ data, alive: false }));
      if (!over) timer = window.setTimeout(open, pauseAfter(tries++));
    };
    const open = () => {
      const heard = subscribe<OperationResult<Data, Variables>>(({ data, error }) => {
        over = over || Boolean(error && ['UNAUTHENTICATED', 'NOT_FOUND'].includes(refusalOf(error).code));
        if (!data) return;
        tries = 0;
        setState({ data, alive: true });
      });
      stop = pipe(client.subscription(query, JSON.parse(asked) as Variables, context), onEnd(ended), heard).unsubscribe;
    };
    open();
    return () => {
      over = true;
      clearTimeout(timer);
      stop();
    };
  }, [client, query, asked, watched, looked]);
  return state;
}

/** Whether the page is visible. */
export const useLooked = () => useSyncExternalStore(listen, () => document.visibilityState === 'visible');

function listen(change: () => void) {
  document.addEventListener('visibilitychange', change);
  return () => document.removeEventListener('visibilitychange', change);
}

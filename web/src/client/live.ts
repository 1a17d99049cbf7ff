import type { TadaDocumentNode } from 'gql.tada';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { type AnyVariables, useSubscription } from 'urql';
import { refusalOf } from './refusal';

/** Milliseconds before a stream that ended is opened again: longer each time, and by chance, as all lose it when the hub restarts. */
const pauseAfter = (tries: number) => Math.min(60_000, 1000 * 2 ** tries) * (0.5 + Math.random());

/** The hub says every 15 seconds that it is there. A phone that changed its network is told nothing, so silence is the end. */
const silence = 40_000;

/** A fetch of a stream, which has no end of its own, unlike what else is asked. */
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
 * Watches something while the page is looked at, where watched says so. What comes goes into the cache, and so to wherever it is shown;
 * after a pause or a lost connection the first event is how things are then. Tells whether the stream is alive. A tab has two at most:
 * that of its page, and that of the notices.
 */
export function useLive<Data, Variables extends AnyVariables>(query: TadaDocumentNode<Data, Variables>, variables: Variables, watched = true) {
  const looked = useSyncExternalStore(listen, () => document.visibilityState === 'visible');
  const pause = !watched || !looked;
  const [{ data, error, fetching }, again] = useSubscription<Data, Data, Variables>({ query, variables, pause, context });
  const tries = useRef(0);
  const over = error && ['UNAUTHENTICATED', 'NOT_FOUND'].includes(refusalOf(error).code);
  useEffect(() => {
    if (data) tries.current = 0;
  }, [data]);
  useEffect(() => {
    if (pause || fetching || over) return;
    const timer = setTimeout(() => again(), pauseAfter(tries.current++));
    return () => clearTimeout(timer);
  }, [pause, fetching, over, again]);
  return { alive: !pause && fetching && data !== undefined, data };
}

function listen(change: () => void) {
  document.addEventListener('visibilitychange', change);
  return () => document.removeEventListener('visibilitychange', change);
}

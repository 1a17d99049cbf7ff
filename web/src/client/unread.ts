import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../graphql';
import { acts } from './client';
import { remember, useRemembered } from './remembered';
import { useReturn } from './return';

const unreadQuery = graphql(`query Unread { viewer { id unreadNotices } }`);

const name = 'unread';

/** Milliseconds that belong to the first page alone. */
const later = 1500;

/** Milliseconds in which several acts are asked about once. */
const together = 1000;

/**
 * How many notices the person has not read; undefined for a visitor. Until the hub has said so it is as many as it was last. It is
 * asked for once the first page is there, after acts, and when the person comes back to the window.
 */
export function useUnread(): number | undefined {
  const last = useRemembered(name);
  const [ready, setReady] = useState(false);
  const [{ data, stale }, ask] = useQuery({ query: unreadQuery, pause: !ready });
  useEffect(() => {
    const timer = setTimeout(() => setReady(true), later);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (data && !stale) remember(name, data.viewer ? String(data.viewer.unreadNotices ?? 0) : null);
  }, [data, stale]);
  useReturn(() => ready && ask({ requestPolicy: 'network-only' }));
  useEffect(() => {
    if (!ready) return;
    let timer: ReturnType<typeof setTimeout>;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => ask({ requestPolicy: 'network-only' }), together);
    };
    acts.addEventListener('act', soon);
    return () => {
      clearTimeout(timer);
      acts.removeEventListener('act', soon);
    };
  }, [ready, ask]);
  return last === null ? undefined : Number(last);
}

/** To be called whenever somebody else may be at the device. */
export const forgetUnread = () => remember(name, null);

import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../graphql';
import { useLive } from './live';
import { remember, useRemembered } from './remembered';

const unreadQuery = graphql(`query Unread { viewer { id unreadNotices } }`);
const liveSubscription = graphql(`subscription UnreadLive { myNotices { id unreadNotices } }`);

const name = 'unread';

/** Milliseconds in which only the first page may load. */
const later = 1500;

/**
 * How many notices the person has not read; undefined for a visitor. Until the hub has answered it is the last known number. It
 * is queried after the first page has loaded, and watched from then on.
 */
export function useUnread(): number | undefined {
  const last = useRemembered(name);
  const [ready, setReady] = useState(false);
  const [{ data, stale }] = useQuery({ query: unreadQuery, pause: !ready });
  useLive(liveSubscription, {}, Boolean(data?.viewer));
  useEffect(() => {
    const timer = setTimeout(() => setReady(true), later);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (data && !stale) remember(name, data.viewer ? String(data.viewer.unreadNotices ?? 0) : null);
  }, [data, stale]);
  return last === null ? undefined : Number(last);
}

/** Must be called whenever somebody else may be using the device. */
export const forgetUnread = () => remember(name, null);

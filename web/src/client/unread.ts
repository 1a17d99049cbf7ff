import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../graphql';
import { useLive } from './live';
import { remember, useRemembered } from './remembered';

const unreadQuery = graphql(`query Unread { viewer { id unreadNotices } }`);
const liveSubscription = graphql(`subscription UnreadLive { myNotices { id unreadNotices } }`);

const name = 'unread';

/** Milliseconds that belong to the first page alone. */
const later = 1500;

/**
 * How many notices the person has not read; undefined for a visitor. Until the hub has said so it is as many as it was last. It is
 * asked for once the first page is there, and watched from then on.
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

/** To be called whenever somebody else may be at the device. */
export const forgetUnread = () => remember(name, null);

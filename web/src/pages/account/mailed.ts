import { useState } from 'react';

/** The token that a mailed link carries behind `#token=`; it leaves the address bar at once. */
export function useMailedToken(): string {
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token') ?? '');
  if (location.hash) history.replaceState(history.state, '', location.pathname);
  return token;
}

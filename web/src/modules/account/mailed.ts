import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';

/** What a link has after `#key=`, such as a token; it is removed from the address bar at once. */
export function useCarried(key: 'token' | 'oidc' | 'error'): string {
  const { pathname, search, hash } = useLocation();
  const navigate = useNavigate();
  const [value] = useState(() => new URLSearchParams(hash.slice(1)).get(key) ?? '');
  useEffect(() => {
    if (value) void navigate(pathname + search, { replace: true });
  }, []);
  return value;
}

/** What a link has, kept in the tab until it is used, because its person may have to sign in first. */
export function useKept(key: 'token'): { value: string; forget: () => void } {
  const { pathname } = useLocation();
  const carried = useCarried(key);
  const place = key + pathname;
  const [value] = useState(() => {
    if (carried) sessionStorage.setItem(place, carried);
    return carried || (sessionStorage.getItem(place) ?? '');
  });
  return { value, forget: () => sessionStorage.removeItem(place) };
}

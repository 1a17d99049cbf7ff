import { useEffect, useSyncExternalStore } from 'react';

const stored = 'desk';
const changed = new EventTarget();

/** Whether the person has a desk: known since my page or a desk was last shown, so that no page has to ask for it. */
export const useHasDesk = () => useSyncExternalStore(listen, () => localStorage.getItem(stored) !== null);

/** Keeps whether the person who is signed in has a desk. */
export function keepHasDesk(has: boolean): void {
  if (has) localStorage.setItem(stored, '');
  else localStorage.removeItem(stored);
  changed.dispatchEvent(new Event('change'));
}

/** Keeps that the person has a desk where the page is a part of one. */
export function useOwnDesk(own: boolean): void {
  useEffect(() => {
    if (own) keepHasDesk(true);
  }, [own]);
}

function listen(change: () => void) {
  changed.addEventListener('change', change);
  addEventListener('storage', change); // another tab's
  return () => {
    changed.removeEventListener('change', change);
    removeEventListener('storage', change);
  };
}

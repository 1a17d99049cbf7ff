import { useSyncExternalStore } from 'react';

const changed = new EventTarget();

/** What the app remembers under a name across its pages; null if there is nothing. Every part and tab that shows it is updated. */
export const useRemembered = (name: string) => useSyncExternalStore(listen, () => localStorage.getItem(name));

/** Remembers it, or with null forgets it. */
export function remember(name: string, what: string | null): void {
  if (what === null) localStorage.removeItem(name);
  else localStorage.setItem(name, what);
  changed.dispatchEvent(new Event('change'));
}

function listen(change: () => void) {
  changed.addEventListener('change', change);
  addEventListener('storage', change); // from another tab
  return () => {
    changed.removeEventListener('change', change);
    removeEventListener('storage', change);
  };
}

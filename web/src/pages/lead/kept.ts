import { useState } from 'react';
import { draftPlace } from '../../client/drafts';

/** A draft that a reload, or a phone that closes the page for want of memory, does not lose; signing out does. */
export function useKept<Value>(name: string, first: () => Value) {
  const place = draftPlace(name);
  const [value, set] = useState<Value>(() => (JSON.parse(sessionStorage.getItem(place) ?? 'null') as Value | null) ?? first());
  const keep = (next: Value) => {
    sessionStorage.setItem(place, JSON.stringify(next));
    set(next);
  };
  return [value, keep, () => sessionStorage.removeItem(place)] as const;
}

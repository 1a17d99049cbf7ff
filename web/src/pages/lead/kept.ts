import { useState } from 'react';

/** A state that a reload, or a phone that closes the page for want of memory, does not lose. */
export function useKept<Value>(name: string, first: () => Value) {
  const [value, set] = useState<Value>(() => (JSON.parse(sessionStorage.getItem(name) ?? 'null') as Value | null) ?? first());
  const keep = (next: Value) => {
    sessionStorage.setItem(name, JSON.stringify(next));
    set(next);
  };
  return [value, keep, () => sessionStorage.removeItem(name)] as const;
}

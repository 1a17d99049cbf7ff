import { useState } from 'react';

/** The chosen rows of a list. */
export function useChoice() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return { chosen, toggle, choose: (ids: readonly string[]) => setChosen(new Set(ids)) };
}

import { useState } from 'react';

/** Which of the rows of a list are chosen. */
export function useChoice() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return { chosen, toggle, choose: (ids: readonly string[]) => setChosen(new Set(ids)) };
}

import { useState } from 'react';
import type { Refusal } from './refusal';

/** What became of a row: it is on its way, the hub did it, or why not. */
export type Outcome = 'waiting' | 'done' | Refusal;

/** Rows on their way at the same time. */
const atOnce = 4;

/** One mutation for each of many rows, a few at a time, each under a key of its own: what is refused for one does not keep the others. */
export function useActs() {
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [busy, setBusy] = useState(false);

  /** Resolves to the rows that were refused. */
  async function run(ids: readonly string[], send: (id: string) => Promise<{ refusal?: Refusal }>): Promise<string[]> {
    const left = [...ids];
    const refused: string[] = [];
    setBusy(true);
    setOutcomes(new Map(ids.map((id) => [id, 'waiting'])));
    const sender = async () => {
      for (let id = left.shift(); id; id = left.shift()) {
        const row = id;
        const { refusal } = await send(row);
        if (refusal) refused.push(row);
        setOutcomes((before) => new Map(before).set(row, refusal ?? 'done'));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, sender));
    setBusy(false);
    return refused;
  }

  return { run, outcomes, busy, forget: () => setOutcomes(new Map()) };
}

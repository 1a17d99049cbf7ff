import { useState } from 'react';
import type { Refusal } from './refusal';

/** The outcome for a row: it is being sent, the hub did it, or why not. */
export type Outcome = 'waiting' | 'done' | Refusal;

/** How many rows are sent at the same time. */
const atOnce = 4;

/** One mutation for each of many rows, a few at a time, each with a key of its own: a refusal of one does not affect the others. */
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

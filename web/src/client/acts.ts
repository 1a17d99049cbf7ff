import { useState } from 'react';
import type { Refusal } from './refusal';

/** The outcome for a row: it is being sent, the hub did it, or why not. */
export type Outcome = 'waiting' | 'done' | Refusal;

/** What the hub answers for each row of a list: null if it was done. */
export type Results = readonly { id: string; code: Refusal['code'] | null }[];

/** How many mutations are sent at the same time. */
const atOnce = 4;

/** The most rows that the hub accepts in one mutation. */
const together = 100;

/** What is done to many rows, and the outcome for each. */
export function useActs() {
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [busy, setBusy] = useState(false);

  /** Resolves to the rows that were refused. */
  async function run(ids: readonly string[], most: number, send: (rows: string[]) => Promise<Outcome[]>): Promise<string[]> {
    const left = [...ids];
    const refused: string[] = [];
    setBusy(true);
    setOutcomes(new Map(ids.map((id) => [id, 'waiting'])));
    const sender = async () => {
      while (left.length > 0) {
        const rows = left.splice(0, most);
        const came = (await send(rows)).map((outcome, n) => [rows[n]!, outcome] as const);
        refused.push(...came.flatMap(([id, outcome]) => (outcome === 'done' ? [] : [id])));
        setOutcomes((before) => new Map([...before, ...came]));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, sender));
    setBusy(false);
    return refused;
  }

  /** One mutation for each row, with a key of its own: a refusal of one does not affect the others. */
  const runEach = (ids: readonly string[], send: (id: string) => Promise<{ refusal?: Refusal }>) =>
    run(ids, 1, async ([id]) => [(await send(id!)).refusal ?? 'done']);

  /** One mutation for all rows, which has a result for each. */
  const runTogether = (ids: readonly string[], send: (ids: string[]) => Promise<{ results?: Results; refusal?: Refusal }>) =>
    run(ids, together, async (rows) => {
      const { results, refusal } = await send(rows);
      const codes = new Map(results?.map(({ id, code }) => [id, code]));
      return rows.map((id) => { const code = codes.get(id); return refusal ?? (code ? { code, fields: [] } : 'done'); });
    });

  return { runEach, runTogether, outcomes, busy, forget: () => setOutcomes(new Map()) };
}

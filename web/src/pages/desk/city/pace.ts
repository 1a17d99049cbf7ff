import { momentOf } from '../../../words/dates';

/** The figures that are levels; the others are counted through the year. */
const levels = ['CENTRES_OPEN', 'NGOS_ACTIVE'];

type Planned = { code: string; year: number; baseline: number | null; target: number | null };

/** What the figure would be now if it grew evenly to its target by the end of the city's year. */
export function paceOf({ code, year, baseline, target }: Planned, now: number): number | undefined {
  if (target === null) return undefined;
  const [begin, end] = [year, year + 1].map((one) => Date.parse(momentOf(`${one}-01-01`, '00:00')));
  const passed = Math.min(1, Math.max(0, (now - begin!) / (end! - begin!)));
  const from = levels.includes(code) ? (baseline ?? 0) : 0;
  return Math.floor(from + (target - from) * passed);
}

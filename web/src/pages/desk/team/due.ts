import { isDue } from '../../../modules/signup/is-due';

/** What a lead's desk needs of a task. */
export type DueTask<Shift extends DueShift = DueShift> = {
  state: string;
  createdAt: string;
  sentBack: unknown;
  shifts: { nodes: readonly Shift[] };
  updates: { nodes: readonly { createdAt: string }[] };
};
type DueShift = { startsAt: string; endsAt: string; checkInFrom: string; checkInUntil: string; state: string; seats: { free: number } };

export type Due<Task, Shift> = { kind: 'present' | 'seats'; task: Task; shift: Shift } | { kind: 'sentBack' | 'claim' | 'progress'; task: Task };

const day = 24 * 3_600_000;

/** What there is to do for a team's tasks: shifts that are running now come first. */
export function dueOf<Shift extends DueShift, Task extends DueTask<Shift>>(tasks: readonly Task[], now: number): Due<Task, Shift>[] {
  const live = tasks.filter(({ state }) => state === 'OPEN' || state === 'IN_PROGRESS');
  const shifts = live
    .flatMap((task) => task.shifts.nodes.map((shift) => ({ task, shift })))
    .filter(({ shift }) => shift.state === 'PLANNED')
    .toSorted((a, b) => a.shift.startsAt.localeCompare(b.shift.startsAt));
  const present = shifts.filter(({ shift }) => isDue(shift, now));
  const seats = shifts.filter(({ shift }) => shift.seats.free > 0 && Date.parse(shift.startsAt) > now && Date.parse(shift.startsAt) < now + 7 * day);
  const working = live.filter(({ state }) => state === 'IN_PROGRESS');
  const sentBack = working.filter((task) => task.sentBack);
  const over = working.filter((task) => !task.sentBack && task.shifts.nodes.every(({ state, endsAt }) => state !== 'PLANNED' || Date.parse(endsAt) < now));
  const silent = working.filter((task) => !sentBack.includes(task) && !over.includes(task) && Date.parse(task.updates.nodes[0]?.createdAt ?? task.createdAt) < now - 7 * day);
  return [
    ...present.map((one) => ({ kind: 'present' as const, ...one })),
    ...sentBack.map((task) => ({ kind: 'sentBack' as const, task })),
    ...seats.map((one) => ({ kind: 'seats' as const, ...one })),
    ...over.map((task) => ({ kind: 'claim' as const, task })),
    ...silent.map((task) => ({ kind: 'progress' as const, task })),
  ];
}

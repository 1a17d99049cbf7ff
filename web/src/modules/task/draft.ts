import type { Enum } from '../../graphql';
import { dayAfter, dayOf, momentOf, timeOf } from '../../words/dates';

/** A task as it is being written: every field as in the form, '' if it is empty. */
export type TaskDraft = { title: string; description: string; language: string; districtId: string; place: string; point: string; workClass: string; minAge: string };

/** A shift as it is being written. */
export type ShiftDraft = { date: string; from: string; to: string; capacity: string; place: string };

/** The draft with a change; work for adults only sets the minimum age too. */
export function withChange(draft: TaskDraft, change: Partial<TaskDraft>, adultsOnly: readonly string[]): TaskDraft {
  const changed = { ...draft, ...change };
  return adultsOnly.includes(changed.workClass) && Number(changed.minAge) < 18 ? { ...changed, minAge: '18' } : changed;
}

/** A task's texts, place and people as an input. */
export function taskInput({ title, description, language, place, point, workClass, minAge }: TaskDraft) {
  const [lat, lon] = point.split(' ').map(Number);
  return {
    title,
    description,
    language: language as Enum<'Language'>,
    place: place.trim() || null,
    point: point ? { lat: lat!, lon: lon! } : null,
    workClass: workClass as Enum<'WorkClass'>,
    minAge: minAge ? Number(minAge) : null,
  };
}

/** Whether the shift goes on past midnight: it ends at an earlier time of day than it begins. */
export const overMidnight = ({ from, to }: ShiftDraft) => from !== '' && to !== '' && to < from;

export function shiftInput(shift: ShiftDraft) {
  const { date, from, to, capacity, place } = shift;
  return { startsAt: momentOf(date, from), endsAt: momentOf(overMidnight(shift) ? dayAfter(date) : date, to), capacity: Number(capacity), place: place.trim() || null };
}

/** The missing fields of a shift that it cannot be sent without, by the hub's names. */
export function missingOf({ date, from, to, capacity }: ShiftDraft): string[] {
  const missing = { startsAt: !date || !from, endsAt: !date || !to, capacity: !/^\d{1,9}$/.test(capacity.trim()) };
  return Object.entries(missing).flatMap(([field, is]) => (is ? [field] : []));
}

/** The next Saturday morning, when most people can come. */
export function firstShift(now = Date.now()): ShiftDraft {
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => dayAfter(dayOf(now), day));
  const saturday = days.find((day) => new Date(day).getUTCDay() === 6)!;
  return { date: saturday, from: '10:00', to: '13:00', capacity: '10', place: '' };
}

/** The same, a day later. */
export function nextShift(last: ShiftDraft): ShiftDraft {
  return { ...last, date: last.date && dayAfter(last.date) };
}

export function shiftDraft(shift: { startsAt: string; endsAt: string; place: string | null; seats: { capacity: number } }): ShiftDraft {
  return { date: dayOf(shift.startsAt), from: timeOf(shift.startsAt), to: timeOf(shift.endsAt), capacity: String(shift.seats.capacity), place: shift.place ?? '' };
}

type Written = {
  title: string;
  description: string;
  language: string;
  place: string | null;
  point: { lat: number; lon: number } | null;
  workClass: string;
  minAge: number | null;
  district: { id: string };
};

export function taskDraft({ title, description, language, place, point, workClass, minAge, district }: Written): TaskDraft {
  return { title, description, language, place: place ?? '', point: point ? `${point.lat} ${point.lon}` : '', workClass, minAge: minAge ? String(minAge) : '', districtId: district.id };
}

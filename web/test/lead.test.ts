import { describe, expect, test } from 'vitest';
import { groupOf, named } from '../src/modules/desk/groups';
import { firstShift, missingOf, nextShift, shiftInput, withChange } from '../src/modules/task/draft';
import { differing, merge } from '../src/pages/desk/task/merge';
import { type DueTask, dueOf } from '../src/pages/desk/team/due';

describe('what there is to do', () => {
  const now = Date.parse('2026-05-04T10:00:00Z');
  const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString();
  const shift = (from: number, free = 0, state = 'PLANNED') => ({ startsAt: at(from), endsAt: at(from + 2), checkInFrom: at(from - 2), checkInUntil: at(from + 26), state, seats: { free } });
  const task = (more: Partial<DueTask> = {}): DueTask => ({ state: 'IN_PROGRESS', createdAt: at(-1), sentBack: null, shifts: { nodes: [shift(400)] }, updates: { nodes: [] }, ...more });
  const kinds = (...tasks: DueTask[]) => dueOf(tasks, now).map(({ kind }) => kind);

  test('people are checked in while the hub says so', () => {
    const around = (...starts: number[]) => dueOf([task({ shifts: { nodes: starts.map((start) => shift(start)) } })], now).filter(({ kind }) => kind === 'present');
    expect(around(-26.1, 2.1)).toEqual([]);
    expect(around(1.9, -25.9).map((due) => 'shift' in due && due.shift.startsAt)).toEqual([at(-25.9), at(1.9)]);
  });

  test('free seats count within a week, of shifts that take place', () => {
    expect(kinds(task({ state: 'OPEN', shifts: { nodes: [shift(30, 2), shift(31), shift(32, 2, 'CANCELLED'), shift(169, 2)] } }))).toEqual(['seats']);
    expect(kinds(task({ state: 'DRAFT', shifts: { nodes: [shift(30, 2)] } }))).toEqual([]);
  });

  test('a task is claimed when its shifts are over, unless it was sent back', () => {
    const over = { shifts: { nodes: [shift(-40), shift(20, 2, 'CANCELLED')] } };
    expect(kinds(task(over))).toEqual(['claim']);
    expect(kinds(task({ ...over, sentBack: {} }))).toEqual(['sentBack']);
    expect(kinds(task({ ...over, state: 'CLAIMED_DONE' }))).toEqual([]);
  });

  test('a week without news is too long', () => {
    expect(kinds(task({ createdAt: at(-169) }))).toEqual(['progress']);
    expect(kinds(task({ createdAt: at(-300), updates: { nodes: [{ createdAt: at(-167) }] } }))).toEqual([]);
  });

  test('running shifts come first', () => {
    expect(kinds(task({ sentBack: {} }), task({ shifts: { nodes: [shift(30, 2), shift(-1, 1)] } }))).toEqual(['present', 'sentBack', 'seats']);
  });
});

describe('a shift as it is written', () => {
  test('begins on the next Saturday of the city, and the next one is a day later', () => {
    expect(firstShift(Date.parse('2026-05-08T18:59:00Z'))).toMatchObject({ date: '2026-05-09', from: '10:00' });
    expect(firstShift(Date.parse('2026-05-08T19:00:00Z'))).toMatchObject({ date: '2026-05-16' }); // Saturday has begun in Almaty
    expect(nextShift({ ...firstShift(), date: '2026-12-31', place: 'a' })).toMatchObject({ date: '2027-01-01', place: 'a' });
    expect(nextShift({ ...firstShift(), date: '' }).date).toBe('');
  });

  test('is sent in the city’s time, once nothing is missing', () => {
    const draft = { date: '2026-05-09', from: '09:30', to: '12:00', capacity: '12', place: ' ' };
    expect(missingOf(draft)).toEqual([]);
    expect(shiftInput(draft)).toEqual({ startsAt: '2026-05-09T04:30:00.000Z', endsAt: '2026-05-09T07:00:00.000Z', capacity: 12, place: null });
    expect(shiftInput({ ...draft, from: '22:00', to: '02:00' })).toMatchObject({ startsAt: '2026-05-09T17:00:00.000Z', endsAt: '2026-05-09T21:00:00.000Z' });
    expect(missingOf({ ...draft, date: '' })).toEqual(['startsAt', 'endsAt']);
    expect(missingOf({ ...draft, to: '', capacity: 'many' })).toEqual(['endsAt', 'capacity']);
  });

  test('heavy work sets the minimum age', () => {
    const draft = { title: '', description: '', language: 'KK', districtId: '', place: '', point: '', workClass: 'STANDARD', minAge: '14' };
    expect(withChange(draft, { workClass: 'HEAVY' }, ['HEAVY']).minAge).toBe('18');
    expect(withChange({ ...draft, minAge: '21' }, { workClass: 'HEAVY' }, ['HEAVY']).minAge).toBe('21');
    expect(withChange(draft, { workClass: 'LIGHT' }, ['HEAVY']).minAge).toBe('14');
  });
});

test('what was typed stays, what others changed comes in, and what both changed is reported', () => {
  const opened = { title: 'a', place: 'b', text: 'c', kind: 'd' };
  const now = { title: 'a', place: 'B', text: 'C', kind: 'D' };
  const typed = { title: 'A', place: 'b', text: 'mine', kind: 'D' };
  expect(merge(opened, now, typed)).toEqual({ merged: { title: 'A', place: 'B', text: 'mine', kind: 'D' }, clashes: ['text'] });
  expect(differing(now, typed)).toEqual(['title', 'place', 'text']);
});

test('people are found by what a phone can type', () => {
  expect(named('Әсел Құрманова', ' асел')).toBe(true);
  expect(named('Асел Курманова', 'Құр')).toBe(true);
  expect(named('Әсел Құрманова', 'Марат')).toBe(false);
  expect(named('Әсел Құрманова', '')).toBe(true);
});

test('every state of a sign-up has its group', () => {
  for (const state of ['WAITLISTED', 'OFFERED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED', 'NO_SHOW', 'CANCELLED', 'EXPIRED'] as const) expect(groupOf(state)).toBeTruthy();
});

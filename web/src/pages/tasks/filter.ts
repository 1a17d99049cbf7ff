import type { Enum } from '../../graphql';
import { focuses } from '../../modules/ngo/focuses';
import { startOfDay } from '../../words/dates';

/** The filter in the address bar. */
export type Wish = {
  text: string;
  district: string;
  focus: Enum<'Focus'> | '';
  when: 'any' | 'week' | 'month';
  order: Enum<'TaskOrder'>;
  mine: boolean;
  free: boolean;
  map: boolean;
};

export const orders = ['SOONEST', 'MOST_NEEDED', 'NEWEST'] as const;
export const times = ['any', 'week', 'month'] as const;

const oneOf = <Value extends string, Other>(known: readonly Value[], value: string | null, other: Other) => known.find((one) => one === value) ?? other;

export function wishOf(search: URLSearchParams): Wish {
  return {
    text: search.get('text') ?? '',
    district: search.get('district') ?? '',
    focus: oneOf(focuses, search.get('focus'), ''),
    when: oneOf(times, search.get('when'), 'any'),
    order: oneOf(orders, search.get('order'), 'SOONEST'),
    mine: search.has('mine'),
    free: search.has('free'),
    map: search.has('map'),
  };
}

/** The address with one filter changed; empty ones are left out. */
export function withWish(search: URLSearchParams, name: keyof Wish, value: string | boolean): URLSearchParams {
  const next = new URLSearchParams(search);
  const silent = value === false || value === '' || value === 'any' || value === 'SOONEST';
  if (silent) next.delete(name);
  else next.set(name, value === true ? '' : String(value));
  return next;
}

const days = { any: 0, week: 7, month: 31 };

/** The filter as variables of the query: tasks with a future shift. */
export function variablesOf(wish: Wish, after: string | null) {
  const text = wish.text.trim();
  return {
    after,
    first: after || wish.map ? 20 : 10, // more than a screen, and quickly
    order: wish.order,
    filter: {
      states: ['OPEN', 'IN_PROGRESS'] satisfies Enum<'TaskState'>[],
      districtId: wish.district || undefined,
      focus: wish.focus || undefined,
      text: text.length >= 3 ? text : undefined,
      from: wish.when === 'any' ? undefined : startOfDay(0),
      to: wish.when === 'any' ? undefined : startOfDay(days[wish.when]),
      allowedForMe: wish.mine,
      freeSeats: wish.free,
    },
  };
}

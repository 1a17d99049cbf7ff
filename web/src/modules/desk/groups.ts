import type { Enum } from '../../graphql';
import letters from '../../words/kk/letters.json';

/** The states of sign-ups in the groups by which a lead looks for people. */
export const groups = {
  expected: ['CONFIRMED'],
  there: ['CHECKED_IN'],
  completed: ['COMPLETED'],
  missed: ['NO_SHOW'],
  line: ['WAITLISTED', 'OFFERED'],
  gone: ['CANCELLED', 'EXPIRED'],
} as const satisfies Record<string, Enum<'SignupState'>[]>;

export type Group = keyof typeof groups;
export const groupNames = Object.keys(groups) as Group[];

export const groupOf = (state: Enum<'SignupState'>) => groupNames.find((group) => groups[group].some((one) => one === state))!;

/** Whether typed text matches a name: letters that phones lack match their neighbours, as in the hub's searches. */
export function named(name: string, typed: string): boolean {
  return fold(name).includes(fold(typed.trim()));
}

const neighbours = new Map(Object.entries(letters));
const fold = (text: string) => [...text.toLowerCase()].map((letter) => neighbours.get(letter) ?? letter).join('');

import { useState } from 'react';
import { person, visit } from './kept';

/** What was typed into a form, in the tab's storage: a reload, the camera or the way back do not lose it. */
type Draft = { visit: string; person: string | null; at: number; typed: unknown };

/** Milliseconds after which who comes back no longer goes on with it: soon, where nobody had signed in and another may sit there now. */
const longest = ({ person }: Draft) => (person === null ? 30 * 60_000 : 24 * 3_600_000);

const place = (name: string) => `draft ${name}`;

export function keepDraft(name: string, typed: unknown): void {
  sessionStorage.setItem(place(name), JSON.stringify({ visit: visit(), person: person(), at: Date.now(), typed } satisfies Draft));
}

/** The draft, for who typed it: in the same visit, or after the same person has signed in again. */
export function draftOf<Typed>(name: string): Typed | undefined {
  const text = sessionStorage.getItem(place(name));
  if (!text) return undefined;
  const draft = JSON.parse(text) as Draft;
  const own = draft.visit === visit() || (draft.person !== null && draft.person === person());
  return own && Date.now() - draft.at < longest(draft) ? (draft.typed as Typed) : undefined;
}

export const forgetDraft = (name: string) => sessionStorage.removeItem(place(name));

/** To be called when the person leaves. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(place(''))) sessionStorage.removeItem(key);
}

/** A draft whose form has its fields in a state. */
export function useDraft<Value>(name: string, first: () => Value) {
  const [value, set] = useState<Value>(() => draftOf<Value>(name) ?? first());
  const keep = (next: Value) => {
    keepDraft(name, next);
    set(next);
  };
  return [value, keep, () => forgetDraft(name)] as const;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The fields of a form that a draft has: those with a name, but for passwords, codes, and what the person cannot change. */
const fieldsOf = (form: HTMLFormElement) =>
  [...form.elements].filter((field): field is Field => field.matches('input[name]:not([type=password], [type=radio], [type=hidden], [readonly], [autocomplete$=password], [autocomplete=one-time-code]), textarea[name], select[name]'));

const isBox = (field: Field): field is HTMLInputElement => field.matches('[type=checkbox]');

export const typedIn = (form: HTMLFormElement): Record<string, string> =>
  Object.fromEntries(fieldsOf(form).map((field) => [field.name, isBox(field) && !field.checked ? '' : field.value]));

/** Writes into a form what was typed there, and takes it out of typed; what has no field yet, or no such choice, stays in it. */
export function giveBack(form: HTMLFormElement, typed: Record<string, string>): void {
  for (const field of fieldsOf(form)) {
    const value = typed[field.name];
    if (value === undefined) continue;
    if (isBox(field)) field.checked = value !== '';
    else field.value = value;
    if (isBox(field) || field.value === value) delete typed[field.name];
  }
}

import { useState } from 'react';
import { person, visit } from './kept';

/** What was typed into a form, in the tab's storage: it survives a reload, the camera and the back button. */
type Draft = { visit: string; person: string | null; at: number; typed: unknown };

/**
 * Milliseconds after which a draft is no longer offered: short if nobody was signed in, because somebody else may use the device
 * now.
 */
const longest = ({ person }: Draft) => (person === null ? 30 * 60_000 : 24 * 3_600_000);

const place = (name: string) => `draft ${name}`;

export function keepDraft(name: string, typed: unknown): void {
  sessionStorage.setItem(place(name), JSON.stringify({ visit: visit(), person: person(), at: Date.now(), typed } satisfies Draft));
}

/** The draft, for the person who typed it: in the same visit, or after the same person has signed in again. */
export function draftOf<Typed>(name: string): Typed | undefined {
  const text = sessionStorage.getItem(place(name));
  if (!text) return undefined;
  const draft = JSON.parse(text) as Draft;
  const own = draft.visit === visit() || (draft.person !== null && draft.person === person());
  return own && Date.now() - draft.at < longest(draft) ? (draft.typed as Typed) : undefined;
}

export const forgetDraft = (name: string) => sessionStorage.removeItem(place(name));

/** Must be called when the person leaves. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(place(''))) sessionStorage.removeItem(key);
}

/** A draft of a form that keeps its fields in a state. */
export function useDraft<Value>(name: string, first: () => Value) {
  const [value, set] = useState<Value>(() => draftOf<Value>(name) ?? first());
  const keep = (next: Value) => {
    keepDraft(name, next);
    set(next);
  };
  return [value, keep, () => forgetDraft(name)] as const;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The fields of a form that a draft keeps: those with a name, except passwords, codes, and what the person cannot change. */
const fieldsOf = (form: HTMLFormElement) =>
  [...form.elements].filter((field): field is Field => field.matches('input[name]:not([type=password], [type=radio], [type=hidden], [readonly], [autocomplete$=password], [autocomplete=one-time-code]), textarea[name], select[name]'));

const isBox = (field: Field): field is HTMLInputElement => field.matches('[type=checkbox]');

export const typedIn = (form: HTMLFormElement): Record<string, string> =>
  Object.fromEntries(fieldsOf(form).map((field) => [field.name, isBox(field) && !field.checked ? '' : field.value]));

/**
 * Writes a draft into a form, and removes from typed what it has written; values without a field, or not among its choices, stay
 * there.
 */
export function giveBack(form: HTMLFormElement, typed: Record<string, string>): void {
  for (const field of fieldsOf(form)) {
    const value = typed[field.name];
    if (value === undefined) continue;
    if (isBox(field)) field.checked = value !== '';
    else field.value = value;
    if (isBox(field) || field.value === value) delete typed[field.name];
  }
}

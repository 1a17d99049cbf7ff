import { keepHasDesk } from './desk';
import { newKey } from './once';
import { forgetUnread } from './unread';

const place = 'kept';
const visitPlace = 'visit';
const personPlace = 'person';

/** What is stored on this device of what a person was shown, for when the hub cannot be reached. */
type Kept<What> = { what: What; at: string };

/** Identifies the present visit at this device: a new one begins when somebody has signed in or out, in any window. */
export const visit = () => localStorage.getItem(visitPlace) ?? '';

/** The signed-in person, as far as a page has shown it during the visit. */
export const person = () => localStorage.getItem(personPlace);

/** Stores who was shown as signed in during a visit. */
export function meet(during: string, id: string): void {
  if (during === visit()) localStorage.setItem(personPlace, id);
}

/** Stores what was read during a visit; what arrives after the end of that visit is not stored. */
export function keep(during: string, what: unknown): void {
  if (during === visit()) localStorage.setItem(place, JSON.stringify({ what, at: new Date().toISOString() }));
}

export function kept<What>(): Kept<What> | undefined {
  const text = localStorage.getItem(place);
  return text ? (JSON.parse(text) as Kept<What>) : undefined;
}

/** Must be called whenever somebody else may be using the device. */
export function forget(): void {
  localStorage.removeItem(place);
  localStorage.removeItem(personPlace);
  localStorage.setItem(visitPlace, newKey());
  keepHasDesk(false);
  forgetUnread();
}

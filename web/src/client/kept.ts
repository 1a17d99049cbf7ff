import { keepHasDesk } from './desk';
import { newKey } from './once';
import { forgetUnread } from './unread';

const place = 'kept';
const visitPlace = 'visit';
const personPlace = 'person';

/** What is kept on this device of what a person was shown, for when the hub cannot be reached. */
type Kept<What> = { what: What; at: string };

/** Whose turn at this device it is: another after somebody has signed in or out, in whatever window. */
export const visit = () => localStorage.getItem(visitPlace) ?? '';

/** Who has signed in, as far as a page has shown it during the visit. */
export const person = () => localStorage.getItem(personPlace);

/** Keeps who was shown as signed in during a visit. */
export function meet(during: string, id: string): void {
  if (during === visit()) localStorage.setItem(personPlace, id);
}

/** Keeps what was read during a visit; what comes when that visit is over is not kept. */
export function keep(during: string, what: unknown): void {
  if (during === visit()) localStorage.setItem(place, JSON.stringify({ what, at: new Date().toISOString() }));
}

export function kept<What>(): Kept<What> | undefined {
  const text = localStorage.getItem(place);
  return text ? (JSON.parse(text) as Kept<What>) : undefined;
}

/** To be called whenever somebody else may be at the device. */
export function forget(): void {
  localStorage.removeItem(place);
  localStorage.removeItem(personPlace);
  localStorage.setItem(visitPlace, newKey());
  keepHasDesk(false);
  forgetUnread();
}

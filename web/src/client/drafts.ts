/** What was typed into the forms of a page when its person had to sign in first, by the page's path and the form's words. */
const drafts = new Map<string, Record<string, string>>();

const nameOf = (form: HTMLFormElement) => `${location.pathname} ${form.dataset.words}`;

/** Keeps what stands in the forms, but for passwords and codes. */
export function keepTyped(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-words]')) {
    const secret = new Set([...form.querySelectorAll<HTMLInputElement>('[type=password], [autocomplete$=password], [autocomplete=one-time-code]')].map(({ name }) => name));
    const typed = [...new FormData(form)].filter(([name]) => !secret.has(name)).map(([name, value]) => [name, String(value)]);
    drafts.set(nameOf(form), Object.fromEntries(typed) as Record<string, string>);
  }
}

/** The place of a draft that a reload does not lose, among what a tab keeps. */
export const draftPlace = (name: string) => `draft ${name}`;

/** To be called when the person leaves. */
export function forgetDrafts(): void {
  for (const place of Object.keys(sessionStorage)) if (place.startsWith(draftPlace(''))) sessionStorage.removeItem(place);
}

/** Writes into a form again, once, what was kept of it. */
export function giveBack(form: HTMLFormElement): void {
  const typed = drafts.get(nameOf(form));
  if (!typed) return;
  drafts.delete(nameOf(form));
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && field.type === 'checkbox') field.checked = field.name in typed;
    else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) field.value = typed[field.name] ?? field.value;
  }
}

import { lazy as lazily } from 'react';

/** A part of the app that did not come. */
export class NotLoaded extends Error {}

const loadedAnew = 'loaded-anew';

/** React's lazy, for an app whose files are replaced while it is open: where the hub has another build, the page is loaded anew, once. */
export const lazy: typeof lazily = (load) =>
  lazily(async () => {
    try {
      return await load();
    } catch (cause) {
      if (!(await outdated())) throw new NotLoaded('', { cause });
      location.reload();
      return new Promise<never>(() => {});
    }
  });

/** Whether the hub's first page begins with another script than this one did; said once of each. */
async function outdated(): Promise<boolean> {
  const script = document.querySelector<HTMLScriptElement>('script[type=module]')?.getAttribute('src') ?? '';
  const first = await fetch('/', { cache: 'no-cache' }).then((answer) => (answer.ok ? answer.text() : script), () => script);
  if (first.includes(script) || sessionStorage.getItem(loadedAnew) === script) return false;
  sessionStorage.setItem(loadedAnew, script);
  return true;
}

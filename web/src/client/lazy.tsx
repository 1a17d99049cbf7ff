import { type ComponentType, lazy as lazily, useState } from 'react';

/** A part of the app that could not be loaded. */
export class NotLoaded extends Error {}

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;

const loadedAnew = 'loaded-anew';

/**
 * React's lazy, for an app whose files are replaced while it is open: if the hub has another build, the page is reloaded, once.
 * Preloaded components are drawn without waiting.
 */
export function lazy<Props extends object>(load: Load<Props>) {
  let now: ComponentType<Props> | undefined;
  const preload = async () => {
    const part = await reliably(load);
    now = part.default;
    return part;
  };
  const Later = lazily(preload);
  function Lazy(props: Props) {
    const [Part] = useState(() => now ?? Later);
    return <Part {...props} />;
  }
  return Object.assign(Lazy, { preload });
}

async function reliably<Props>(load: Load<Props>): ReturnType<Load<Props>> {
  try {
    return await load();
  } catch (cause) {
    if (!(await outdated())) throw new NotLoaded('', { cause });
    location.reload();
    return new Promise<never>(() => {});
  }
}

/** Whether the hub's index page now begins with another script; true only once for each. */
async function outdated(): Promise<boolean> {
  const script = document.querySelector('script[src*="/index-"]')?.getAttribute('src') ?? '';
  const first = await fetch('/', { cache: 'no-cache' }).then((answer) => (answer.ok ? answer.text() : script), () => script);
  if (first.includes(script) || sessionStorage.getItem(loadedAnew) === script) return false;
  sessionStorage.setItem(loadedAnew, script);
  return true;
}

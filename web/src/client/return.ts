import { useEffect, useEffectEvent } from 'react';

/** Milliseconds of absence that do not count as having been away. */
const away = 3000;

/** Calls back when the person returns to the window. */
export function useReturn(back: () => void): void {
  const returned = useEffectEvent(back);
  useEffect(() => {
    let last = Date.now();
    const look = () => {
      if (document.visibilityState !== 'visible' || Date.now() - last < away) return;
      last = Date.now();
      returned();
    };
    addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
}

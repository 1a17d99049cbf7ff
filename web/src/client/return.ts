import { useEffect, useEffectEvent } from 'react';

/** Milliseconds within which who comes back was not away. */
const away = 3000;

/** Calls what is to be done when the person comes back to the window. */
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

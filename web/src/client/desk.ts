import { useEffect } from 'react';
import { remember, useRemembered } from './remembered';

const name = 'desk';

/** Whether the person has a desk: known since my page or a desk was last shown, so that no page has to ask for it. */
export const useHasDesk = () => useRemembered(name) !== null;

/** Keeps whether the person who is signed in has a desk. */
export const keepHasDesk = (has: boolean) => remember(name, has ? '' : null);

/** Keeps that the person has a desk where the page is a part of one. */
export function useOwnDesk(own: boolean): void {
  useEffect(() => {
    if (own) keepHasDesk(true);
  }, [own]);
}

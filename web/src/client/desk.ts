import { useEffect } from 'react';
import { remember, useRemembered } from './remembered';

const name = 'desk';

/** Whether the person has a desk: known since the person's own page or a desk was last shown, so that no page has to ask. */
export const useHasDesk = () => useRemembered(name) !== null;

/** Remembers whether the signed-in person has a desk. */
export const keepHasDesk = (has: boolean) => remember(name, has ? '' : null);

/** Remembers that the person has a desk if the page is a part of it. */
export function useOwnDesk(own: boolean): void {
  useEffect(() => {
    if (own) keepHasDesk(true);
  }, [own]);
}

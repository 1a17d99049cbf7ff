/** Where the focus goes, in this order, first in the nearest part of the page: to a message there, or to its heading. */
const places = ['[role=status]:not(:empty), [role=alert]', 'h1, h2, h3'];

/** Milliseconds in which a page may set the focus itself. */
const pause = 50;

/**
 * Keeps the focus on the page. When a button or form disappears after its action, the focus would jump to the beginning: instead
 * it goes to the result, which a screen reader then reads.
 */
export function keepFocus(page: HTMLElement): void {
  let way: Element[] = [];
  document.addEventListener('focusin', ({ target }) => {
    way = [];
    for (let element = target as Element | null; element && element !== page; element = element.parentElement) way.push(element);
  });
  new MutationObserver(() => {
    if (way.length === 0 || way[0]!.isConnected) return;
    const left = way.filter(({ isConnected }) => isConnected);
    way = [];
    setTimeout(() => {
      if (document.activeElement === document.body) goOn(left);
    }, pause);
  }).observe(page, { childList: true, subtree: true });
}

function goOn(left: Element[]): void {
  for (const part of left) {
    for (const place of places) {
      const found = part.querySelector<HTMLElement>(place);
      if (!found) continue;
      if (!found.hasAttribute('tabindex')) found.tabIndex = -1;
      return found.focus({ preventScroll: true });
    }
  }
}

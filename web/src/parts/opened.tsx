import { type ReactNode, useEffect, useRef } from 'react';
import look from './opened.module.css';

/** The opened item of a queue; its heading gets the focus after the previous item has been answered. */
export function Opened({ title, lang, above, children }: { title: string; lang?: string; above?: ReactNode; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement && activeElement !== document.body && !activeElement.closest('nav')) return; // it was opened with the page
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <article className={look.opened}>
      {above && <div className={look.above}>{above}</div>}
      <h2 ref={heading} tabIndex={-1} lang={lang?.toLowerCase()}>{title}</h2>
      {children}
    </article>
  );
}

import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import look from './heading.module.css';

let first = true;

/** A page's heading: the window's title, and where a screen reader goes on after the way to another page. */
export function Heading({ children, above, below }: { children: string; above?: ReactNode; below?: ReactNode }) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!first) heading.current?.focus({ preventScroll: true });
    if (!first) scrollTo(0, 0);
    first = false;
  }, []);
  return (
    <div className={look.heading}>
      <title>{t('shell.title', { page: children })}</title>
      {above && <div className={look.above}>{above}</div>}
      <h1 ref={heading} tabIndex={-1}>{children}</h1>
      {below && <div className={look.below}>{below}</div>}
    </div>
  );
}

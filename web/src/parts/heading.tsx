import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigationType } from 'react-router';
import look from './heading.module.css';

let first = true;

/** A page's heading: the window's title, and where a screen reader goes on after the way to another page. */
export function Heading({ children, above, below, lang }: { children: string; above?: ReactNode; below?: ReactNode; lang?: string }) {
  const { t } = useTranslation();
  const way = useNavigationType();
  const { pathname } = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!first) heading.current?.focus({ preventScroll: true });
    if (!first && way !== 'POP') scrollTo(0, 0); // the way back leads to where one was
    first = false;
  }, [pathname]); // what changes behind the question mark is the same page: who types there goes on
  return (
    <div className={look.heading}>
      <title>{t('shell.title', { page: children })}</title>
      {above && <div className={look.above}>{above}</div>}
      <h1 ref={heading} tabIndex={-1} lang={lang}>{children}</h1>
      {below && <div className={look.below}>{below}</div>}
    </div>
  );
}

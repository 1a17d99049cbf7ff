import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';
import { useTranslation } from '../words';
import look from './heading.module.css';

let first = true;

/** A page's heading: also the window's title, and where a screen reader continues after a change of page. */
export function Heading({ children, above, below, lang }: { children: string; above?: ReactNode; below?: ReactNode; lang?: string }) {
  const { t } = useTranslation();
  const way = useNavigationType();
  const { pathname } = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!first) heading.current?.focus({ preventScroll: true });
    if (!first && way !== 'POP') scrollTo(0, 0); // the back button returns to the former scroll position
    first = false;
  }, [pathname]); // a change after the question mark is still the same page: somebody typing there is not interrupted
  return (
    <div className={look.heading}>
      <title>{t('shell.title', { page: children })}</title>
      {above && <div className={look.above}>{above}</div>}
      <h1 ref={heading} tabIndex={-1} lang={lang}>{children}</h1>
      {below && <div className={look.below}>{below}</div>}
    </div>
  );
}

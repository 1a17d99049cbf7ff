import type { ReactNode } from 'react';
import { Link } from 'react-router';
import look from './card.module.css';

/** Cards in a list, side by side if there is room. */
export function Cards({ children }: { children: ReactNode }) {
  return <ul className={look.cards}>{children}</ul>;
}

/** One of them, which is a link to its page as a whole. */
export function Card({ to, title, lang, above, children }: { to: string; title: string; lang?: string; above?: ReactNode; children?: ReactNode }) {
  return (
    <li className={look.card}>
      {above}
      <h3 lang={lang}><Link to={to}>{title}</Link></h3>
      {children}
    </li>
  );
}

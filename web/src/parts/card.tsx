import type { ReactNode } from 'react';
import { Link } from 'react-router';
import look from './card.module.css';

/** Things in a list, side by side where there is room. */
export function Cards({ children }: { children: ReactNode }) {
  return <ul className={look.cards}>{children}</ul>;
}

/** One of them, which as a whole leads to its page. */
export function Card({ to, title, above, children }: { to: string; title: string; above?: ReactNode; children?: ReactNode }) {
  return (
    <li className={look.card}>
      {above}
      <h3><Link to={to}>{title}</Link></h3>
      {children}
    </li>
  );
}

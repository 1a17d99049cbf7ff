import type { ReactNode } from 'react';
import look from './facts.module.css';

/** Short facts, each under its name. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={look.facts}>{children}</dl>;
}

/** One of them; nothing if it is unknown. Values that are not words, such as addresses, are marked as verbatim. */
export function Fact({ name, verbatim, children }: { name: string; verbatim?: boolean; children: ReactNode }) {
  if (children === null || children === undefined || children === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd data-verbatim={verbatim}>{children}</dd>
    </div>
  );
}

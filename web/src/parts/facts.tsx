import type { ReactNode } from 'react';
import look from './facts.module.css';

/** Short facts, each under its name. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={look.facts}>{children}</dl>;
}

/** One of them; nothing where it is not known. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children === null || children === undefined || children === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

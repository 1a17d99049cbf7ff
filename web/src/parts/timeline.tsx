import type { ReactNode } from 'react';
import look from './timeline.module.css';

/** What happened, step by step. */
export function Timeline({ steps }: { steps: { id: string; when: string; what: ReactNode }[] }) {
  return (
    <ol className={look.line}>
      {steps.map(({ id, when, what }) => (
        <li key={id}>
          <p className={look.when}>{when}</p>
          {what}
        </li>
      ))}
    </ol>
  );
}

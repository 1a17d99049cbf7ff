import type { ReactNode } from 'react';
import look from './more.module.css';

/** What not everybody needs, behind a word. */
export function More({ words, open, children }: { words: string; open?: boolean; children: ReactNode }) {
  return (
    <details className={look.more} open={open}>
      <summary>{words}</summary>
      {children}
    </details>
  );
}

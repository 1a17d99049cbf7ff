import type { ReactNode } from 'react';
import look from './more.module.css';

/** What not everybody needs, folded away. */
export function More({ words, open, onToggle, children }: { words: string; open?: boolean; onToggle?: () => void; children: ReactNode }) {
  return (
    <details className={look.more} open={open} onToggle={onToggle}>
      <summary>{words}</summary>
      {children}
    </details>
  );
}

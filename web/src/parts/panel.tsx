import { type ReactNode, useId } from 'react';
import look from './panel.module.css';
import { Section } from './section';

/** A part of a page under a heading of its own; it may break without the rest. */
export function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={look.panel}>
      <div className={look.top}>
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      <Section>{children}</Section>
    </section>
  );
}

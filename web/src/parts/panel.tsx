import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useLocation } from 'react-router';
import look from './panel.module.css';
import { Section } from './section';

type Props = {
  title: string;
  /** By what a link leads here: the part of the address behind #. */
  anchor?: string;
  aside?: ReactNode;
  children: ReactNode;
};

/** A part of a page under a heading of its own; it may break without the rest. */
export function Panel({ title, anchor, aside, children }: Props) {
  const id = useId();
  const { hash } = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!anchor || hash !== `#${anchor}`) return;
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView();
  }, [anchor, hash]);
  return (
    <section id={anchor} aria-labelledby={id} className={look.panel}>
      <div className={look.top}>
        <h2 id={id} ref={heading} tabIndex={anchor ? -1 : undefined}>{title}</h2>
        {aside}
      </div>
      <Section>{children}</Section>
    </section>
  );
}

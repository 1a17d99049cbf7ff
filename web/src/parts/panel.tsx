import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useLocation } from 'react-router';
import look from './panel.module.css';
import { Section } from './section';

type Props = {
  title: string;
  /** The part of an address after # that leads here. */
  anchor?: string;
  aside?: ReactNode;
  children: ReactNode;
};

/** A part of a page with a heading of its own; an error in it does not affect the rest. */
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

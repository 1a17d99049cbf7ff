import type { ComponentProps } from 'react';
import { Link } from 'react-router';
import look from './button.module.css';

type Kind = { kind?: 'main' | 'plain' | 'quiet' };

/** A button; busy while its action is running. */
export function Button({ kind = 'plain', busy, type = 'button', ...rest }: ComponentProps<'button'> & Kind & { busy?: boolean }) {
  return <button {...rest} type={type} className={look.button} data-kind={kind} aria-busy={busy || undefined} />;
}

/** A link that looks like a button, because it leads to the next step. */
export function ButtonLink({ kind = 'plain', ...rest }: ComponentProps<typeof Link> & Kind) {
  return <Link {...rest} className={look.button} data-kind={kind} />;
}

import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { giveBack } from '../client/drafts';
import type { Refusal } from '../client/refusal';
import { Button } from './button';
import { Refused } from './notice';
import look from './form.module.css';

type Props = { words: string; busy: boolean; refusal?: Refusal; onSubmit: (values: Record<string, string>) => void; children: ReactNode };

/** A short form with one button: its fields are told by their names. What was typed stays when it is refused, also until one has signed in. */
export function Form({ words, busy, refusal, onSubmit, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => giveBack(form.current!), []);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)])));
  };
  return (
    <form ref={form} data-words={words} className={look.form} onSubmit={submit}>
      {children}
      <Refused refusal={refusal} />
      <Button kind="main" type="submit" busy={busy}>{words}</Button>
    </form>
  );
}

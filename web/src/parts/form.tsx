import type { FormEvent, ReactNode } from 'react';
import type { Refusal } from '../client/refusal';
import { Button } from './button';
import { Refused } from './notice';
import look from './form.module.css';

type Props = { words: string; busy: boolean; refusal?: Refusal; onSubmit: (values: Record<string, string>) => void; children: ReactNode };

/** A short form with one button: its fields are told by their names. */
export function Form({ words, busy, refusal, onSubmit, children }: Props) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)])));
  };
  return (
    <form className={look.form} onSubmit={submit}>
      {children}
      <Refused refusal={refusal} />
      <Button kind="main" type="submit" busy={busy}>{words}</Button>
    </form>
  );
}

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { draftOf, forgetDraft, giveBack, keepDraft, typedIn } from '../client/drafts';
import type { Refusal } from '../client/refusal';
import { Button } from './button';
import { Mistakes } from './field';
import look from './form.module.css';
import { useMistakes } from './mistakes';
import { Refused } from './notice';

type Values = Record<string, string>;

type Props = { words: string; busy: boolean; refusal?: Refusal; children: ReactNode } & (
  | { draft?: undefined; onTyped?: undefined; onSubmit: (values: Values) => unknown }
  | {
      /** The unique name under which what was typed is kept until the form is sent. */
      draft: string;
      /** Called whenever somebody has typed, and when a draft was restored. */
      onTyped?: (form: HTMLFormElement) => void;
      /** Resolves to undefined or false if it was not done. */
      onSubmit: (values: Values) => Promise<object | boolean | undefined>;
    }
);

/** A short form with one button: its fields are identified by their names, and errors are shown beside them. */
export function Form({ words, busy, refusal, draft, onTyped, onSubmit, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const mistakesIn = useMistakes();
  const [mistakes, setMistakes] = useState<Values>({});
  const left = useDraftOf(form, draft, onTyped);

  useEffect(() => {
    const wrong = [...form.current!.elements].find((field) => field.matches('[aria-invalid="true"]') || (field as HTMLInputElement).name in mistakes);
    if (wrong) (wrong as HTMLElement).focus();
  }, [mistakes, refusal]);

  const typed = ({ target }: FormEvent) => {
    const { name } = target as HTMLInputElement;
    delete left[name];
    if (name in mistakes) setMistakes(({ [name]: _, ...others }) => others);
    if (draft) keepDraft(draft, { ...left, ...typedIn(form.current!) });
    onTyped?.(form.current!);
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = mistakesIn(form.current!);
    setMistakes(found);
    if (Object.keys(found).length > 0) return;
    const values = Object.fromEntries([...new FormData(form.current!)].map(([name, value]) => [name, String(value)]));
    if ((await onSubmit(values)) && draft) forgetDraft(draft);
  };

  return (
    <form ref={form} noValidate className={look.form} onInput={typed} onSubmit={(event) => void submit(event)}>
      <Mistakes value={mistakes}>{children}</Mistakes>
      <Refused refusal={refusal} />
      <Button kind="main" type="submit" busy={busy}>{words}</Button>
    </form>
  );
}

/** Restores what was typed, as fields for it appear; values without a field are kept. */
function useDraftOf(form: { current: HTMLFormElement | null }, draft?: string, onTyped?: (form: HTMLFormElement) => void) {
  const [left] = useState<Values>(() => ({ ...(draft && draftOf<Values>(draft)) }));
  useEffect(() => {
    const before = Object.keys(left).length;
    if (before === 0) return;
    giveBack(form.current!, left);
    if (Object.keys(left).length < before) onTyped?.(form.current!);
  });
  return left;
}

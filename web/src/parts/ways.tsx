import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../client/refusal';
import type { Enum, FragmentOf } from '../graphql';
import { ActionButton, type actionPart } from './action';
import { Button } from './button';
import { Form } from './form';
import { Refused } from './notice';
import look from './ways.module.css';

/** One thing that may be done to an object, at once or with words. */
export type Way = {
  action: Enum<'Action'>;
  /** Resolves to nothing where it was refused. */
  does: (values: Record<string, string>) => Promise<unknown>;
  busy: boolean;
  refusal?: Refusal;
  kind?: 'main' | 'plain' | 'quiet';
  /** Other words than the action's own. */
  label?: string;
  /** What tells ways of one action apart. */
  variant?: string;
  /** What is to be said with it: the fields of a form that opens in the place of the buttons. */
  fields?: ReactNode;
  /** No availableActions tell of it: whether it may be done, its answer says. */
  untold?: boolean;
};

type Props = {
  /** The object's id. */
  about: string;
  of: readonly FragmentOf<typeof actionPart>[];
  ways: Way[];
  /** Is told whether it was done: where it was not, the object may have changed meanwhile. */
  onDone: (done: boolean, action: Enum<'Action'>) => void;
};

/** The buttons of what may be done; the form of the one that was chosen. Escape leads back, Ctrl and Enter sends. */
export function Ways({ about, of, ways, onDone }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string>();
  const form = useRef<HTMLDivElement>(null);
  const wordsOf = ({ action, label }: Way) => label ?? t(`Action.${action}`);
  const open = ways.find((way) => nameOf(way) === chosen);
  useEffect(() => {
    if (chosen) form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, [chosen]);

  const act = async (way: Way, values: Record<string, string>) => {
    const done = Boolean(await way.does(values));
    if (done) setChosen(undefined);
    onDone(done, way.action);
    return done;
  };
  const begin = (way: Way) => (way.fields ? setChosen(nameOf(way)) : void act(way, {}));

  if (open) {
    return (
      <div className={look.form} ref={form} onKeyDown={(event) => onKey(event, () => setChosen(undefined))}>
        <Form words={wordsOf(open)} draft={[nameOf(open), about].join(' ')} busy={open.busy} refusal={open.refusal} onSubmit={(values) => act(open, values)}>{open.fields}</Form>
        <Button kind="quiet" onClick={() => setChosen(undefined)}>{t('ways.back')}</Button>
      </div>
    );
  }
  return (
    <div className={look.form}>
      <div className={look.ways}>
        {ways.map((way) =>
          way.untold ? (
            <Button key={nameOf(way)} kind={way.kind} busy={way.busy} onClick={() => begin(way)}>{wordsOf(way)}</Button>
          ) : (
            <ActionButton key={nameOf(way)} action={way.action} of={of} kind={way.kind} label={way.label} busy={way.busy} onAct={() => begin(way)} />
          ),
        )}
      </div>
      <Refused refusal={ways.find(({ fields, refusal }) => !fields && refusal)?.refusal} />
    </div>
  );
}

const nameOf = ({ action, variant }: Way) => [action, variant].join();

function onKey(event: KeyboardEvent<HTMLElement>, back: () => void) {
  if (event.key === 'Escape') back();
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) (event.target as HTMLElement).closest('form')?.requestSubmit();
}

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Refusal } from '../client/refusal';
import type { Enum, FragmentOf } from '../graphql';
import { useTranslation } from '../words';
import { ActionButton, type actionPart } from './action';
import { Button } from './button';
import { Form } from './form';
import { Refused } from './notice';
import look from './ways.module.css';

/** One action on an object, at once or with a form. */
export type Way = {
  action: Enum<'Action'>;
  /** Resolves to undefined if it was refused. */
  does: (values: Record<string, string>) => Promise<unknown>;
  busy: boolean;
  refusal?: Refusal;
  kind?: 'main' | 'plain' | 'quiet';
  /** Words other than the action's own. */
  label?: string;
  /** What distinguishes several variants of one action. */
  variant?: string;
  /** The fields of a form that opens in place of the buttons. */
  fields?: ReactNode;
  /** It is not in availableActions: only its answer says whether it is allowed. */
  untold?: boolean;
};

type Props = {
  /** The object's id. */
  about: string;
  of: readonly FragmentOf<typeof actionPart>[];
  ways: Way[];
  /** Called with whether it was done: if not, the object may have changed in the meantime. */
  onDone: (done: boolean, action: Enum<'Action'>) => void;
};

/** The buttons of the actions; the form of the chosen one. Escape goes back, Ctrl and Enter sends. */
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

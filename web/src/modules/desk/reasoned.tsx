import { useState } from 'react';
import type { Refusal } from '../../client/refusal';
import type { Enum, FragmentOf } from '../../graphql';
import { ActionButton, type actionPart } from '../../parts/action';
import { Button } from '../../parts/button';
import { Textarea } from '../../parts/field';
import { Form } from '../../parts/form';
import { useTranslation } from '../../words';

type Props = {
  action: Enum<'Action'>;
  /** The object of the action. */
  id: string;
  of: readonly FragmentOf<typeof actionPart>[];
  /** Who reads the reason, or what the action leads to. */
  hint?: string;
  busy: boolean;
  refusal?: Refusal;
  /** Resolves to undefined if it was refused. */
  onAct: (reason: string) => Promise<unknown>;
};

/** An action that asks for its reason first. */
export function Reasoned({ action, id, of, hint, busy, refusal, onAct }: Props) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const act = async ({ reason = '' }: Record<string, string>) => {
    const done = Boolean(await onAct(reason));
    setAsking(!done);
    return done;
  };
  if (!asking) return <ActionButton kind="quiet" action={action} of={of} onAct={() => setAsking(true)} />;
  return (
    <Form words={t(`Action.${action}`)} draft={`${action} ${id}`} busy={busy} refusal={refusal} onSubmit={act}>
      <Textarea name="reason" label={t('lead.reason')} description={hint} error={refusal?.fields.includes('reason') ? t('lead.invalid.reason') : undefined} rows={2} minLength={3} maxLength={1000} autoFocus required />
      <Button kind="quiet" onClick={() => setAsking(false)}>{t('lead.leave')}</Button>
    </Form>
  );
}

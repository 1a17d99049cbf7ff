import { useState } from 'react';
import { useAct } from '../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { ActionButton, actionPart } from '../../parts/action';
import { Button } from '../../parts/button';
import { Textarea } from '../../parts/field';
import { Form } from '../../parts/form';
import { useTranslation } from '../../words';

export const withdrawalPart = graphql(`fragment WithdrawalPart on Consent { id scope state availableActions { ...ActionPart } }`, [actionPart]);

const withdrawMutation = graphql(
  `mutation WithdrawConsent($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { consents { id revokedAt reason ...WithdrawalPart } } }`,
  [withdrawalPart],
);

type Props = {
  consent: FragmentOf<typeof withdrawalPart>;
  reread: () => void;
  /** The form is gone, and the keyboard's focus with it. */
  onLeave: () => void;
  byCentre?: boolean;
};

/** Withdraws a consent, or the request for it, with a reason. Sign-ups that needed it are read again. */
export function Withdrawal({ consent, reread, onLeave, byCentre }: Props) {
  const { t } = useTranslation();
  const { id, scope, state, availableActions } = readFragment(withdrawalPart, consent);
  const [asking, setAsking] = useState(false);
  const { act, busy, refusal } = useAct(withdrawMutation);
  const words = state === 'ASKED' ? t('consent.withdrawAsked') : t('Action.WITHDRAW_CONSENT');
  const usable = availableActions.filter((part) => readFragment(actionPart, part).allowed);

  const leave = () => {
    setAsking(false);
    onLeave();
  };

  const withdraw = async (reason: string) => {
    const done = await act({ input: { id, reason } });
    if (done) leave();
    reread();
    return done;
  };

  if (!asking) return <ActionButton kind="quiet" action="WITHDRAW_CONSENT" of={usable} label={words} onAct={() => setAsking(true)} />;
  return (
    <Form words={words} draft={`WITHDRAW_CONSENT ${id}`} busy={busy} refusal={refusal} onSubmit={({ reason = '' }) => withdraw(reason)}>
      {scope === 'TAKING_PART' && state === 'GIVEN' && <p>{byCentre ? t('paper.cancels') : t('consent.cancels')}</p>}
      <Textarea name="reason" label={byCentre ? t('paper.reason') : t('consent.reason')} error={refusal?.fields.includes('reason') ? t('consent.invalid.reason') : undefined} rows={2} minLength={3} maxLength={1000} autoFocus required />
      <Button kind="quiet" onClick={leave}>{t('consent.leave')}</Button>
    </Form>
  );
}

import type { Enum } from '../../../graphql';
import { Button } from '../../../parts/button';
import { NativeSelect, TextInput } from '../../../parts/field';
import { Form } from '../../../parts/form';
import { useTranslation } from '../../../words';

const states = ['COMPLETED', 'CHECKED_IN', 'NO_SHOW', 'CONFIRMED'] as const satisfies Enum<'SignupState'>[];

/** What the attendance of the chosen people should be, and why it changes. */
export function Correction({ busy, onCorrect, onLeave }: { busy: boolean; onCorrect: (state: Enum<'SignupState'>, reason: string) => void; onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <Form words={t('Action.CORRECT_ATTENDANCE')} busy={busy} onSubmit={({ state, reason = '' }) => onCorrect(state as Enum<'SignupState'>, reason)}>
      <NativeSelect name="state" label={t('lead.people.should')} data={states.map((state) => ({ value: state, label: t(`lead.state.${state}`) }))} />
      <TextInput name="reason" label={t('lead.reason')} minLength={3} maxLength={1000} required />
      <Button kind="quiet" onClick={onLeave}>{t('lead.leave')}</Button>
    </Form>
  );
}

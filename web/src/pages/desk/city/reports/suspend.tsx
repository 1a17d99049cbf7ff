import { useState } from 'react';
import { useAct } from '../../../../client/act';
import { type Enum, graphql } from '../../../../graphql';
import { DaysField, ReasonField, WordsField } from '../../../../modules/moderation/fields';
import { TextInput } from '../../../../parts/field';
import { Form } from '../../../../parts/form';
import { Notice } from '../../../../parts/notice';
import { useTranslation } from '../../../../words';
import { startOfDay } from '../../../../words/dates';

const suspendMutation = graphql(`mutation CitySuspend($input: SuspendPersonInput!) { suspendPerson(input: $input) { decision { id } } }`);

/** Suspends somebody by address; a reported person is suspended from the report. */
export function Suspend({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [done, setDone] = useState({ times: 0, email: '' });
  const { act, busy, refusal } = useAct(suspendMutation);
  const unknown = refusal?.code === 'NOT_FOUND';
  const wrong = refusal?.fields.includes('person.email') ? t('account.invalid.email') : undefined;
  const suspend = async ({ email = '', days, reason, words = '' }: Record<string, string>) => {
    const until = days ? startOfDay(Number(days)) : undefined;
    if (!(await act({ input: { person: { email }, until, reason: reason as Enum<'ModerationReason'>, words } }))) return false;
    setDone(({ times }) => ({ times: times + 1, email }));
    onDone();
    return true;
  };
  return (
    <>
      {done.email && <Notice kind="done">{t('city.suspended', { email: done.email })}</Notice>}
      <Form key={done.times} words={t('Action.SUSPEND_PERSON')} busy={busy} refusal={unknown ? undefined : refusal} draft="suspend" onSubmit={suspend}>
        <TextInput name="email" type="email" label={t('account.email')} error={unknown ? t('city.unknown') : wrong} autoComplete="off" maxLength={254} required />
        <DaysField city />
        <ReasonField />
        <WordsField label={t('moderation.why')} hint={t('moderation.personReads')} />
      </Form>
    </>
  );
}

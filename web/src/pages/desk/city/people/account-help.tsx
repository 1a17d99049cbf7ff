import { useState } from 'react';
import { useAct } from '../../../../client/act';
import type { Refusal } from '../../../../client/refusal';
import { graphql } from '../../../../graphql';
import { ReasonField } from '../../../../modules/desk/city/reason';
import { TextInput } from '../../../../parts/field';
import { Form } from '../../../../parts/form';
import { More } from '../../../../parts/more';
import { Notice } from '../../../../parts/notice';
import { Panel } from '../../../../parts/panel';
import { useTranslation } from '../../../../words';
import { useFormats } from '../../../../words/dates';

const resetMutation = graphql(`mutation CityResetFactor($input: ResetSecondFactorInput!) { resetSecondFactor(input: $input) { person { id displayName } } }`);
const eraseMutation = graphql(`mutation CityErase($input: ErasePersonInput!) { erasePerson(input: $input) { purgeAt } }`);

/** What the city does for an account at its owner's request: remove a lost authenticator, or erase the account. */
export function AccountHelp() {
  const { t } = useTranslation();
  const format = useFormats();
  const reset = useAct(resetMutation);
  const erase = useAct(eraseMutation);
  return (
    <Panel title={t('city.help')}>
      <ByAddress
        {...reset}
        action="RESET_SECOND_FACTOR"
        words={t('Action.RESET_SECOND_FACTOR')}
        below={t('city.resetBelow')}
        does={async (email, reason) => {
          const data = await reset.act({ input: { person: { email }, reason } });
          return data && t('city.resetDone', { name: data.resetSecondFactor.person.displayName });
        }}
      />
      <ByAddress
        {...erase}
        action="ERASE_PERSON"
        words={t('city.erase')}
        below={t('city.eraseBelow')}
        does={async (email, reason) => {
          const data = await erase.act({ input: { email, reason } });
          return data && t('city.eraseDone', { date: format.date(data.erasePerson.purgeAt) });
        }}
      />
    </Panel>
  );
}

type Props = { action: 'RESET_SECOND_FACTOR' | 'ERASE_PERSON'; words: string; below: string; busy: boolean; refusal?: Refusal; does: (email: string, reason: string) => Promise<string | undefined> };

function ByAddress({ action, words, below, busy, refusal, does }: Props) {
  const { t } = useTranslation();
  const [done, setDone] = useState<{ times: number; words?: string }>({ times: 0 });
  const unknown = refusal?.code === 'NOT_FOUND';
  const wrong = refusal?.fields.some((field) => field.endsWith('email')) ? t('account.invalid.email') : undefined;
  const act = async ({ email = '', reason = '' }: Record<string, string>) => {
    const told = await does(email, reason);
    setDone(({ times }) => ({ times: told ? times + 1 : times, words: told }));
    return Boolean(told);
  };
  return (
    <More words={words}>
      <p>{below}</p>
      {done.words && <Notice kind="done">{done.words}</Notice>}
      <Form key={done.times} words={words} busy={busy} refusal={unknown ? undefined : refusal} draft={`by address ${action}`} onSubmit={act}>
        <TextInput name="email" type="email" label={t('account.email')} error={unknown ? t('city.unknown') : wrong} autoComplete="off" maxLength={254} required />
        <ReasonField />
      </Form>
    </More>
  );
}

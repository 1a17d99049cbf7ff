import { useState } from 'react';
import { useAct } from '../../../client/act';
import { forgetDrafts } from '../../../client/drafts';
import { useNewSession } from '../../../client/session';
import { graphql } from '../../../graphql';
import { Code } from '../../../modules/account/code';
import { Password } from '../../../modules/account/password';
import { TextInput } from '../../../parts/field';
import { Form } from '../../../parts/form';
import { More } from '../../../parts/more';
import { Panel } from '../../../parts/panel';
import { useTranslation } from '../../../words';
import look from './erasure.module.css';

const eraseMutation = graphql(`mutation EraseAccount($input: EraseAccountInput!) { eraseAccount(input: $input) { purgeAt } }`);

/** The end of the account: what goes, what stays, and the form, in which the address has to be typed. */
export function Erasure({ withCode, email, onErased }: { withCode: boolean; email: string; onErased: () => void }) {
  const { t } = useTranslation();
  const renew = useNewSession();
  const { act, busy, refusal } = useAct(eraseMutation);
  const [mistyped, setMistyped] = useState(false);

  const erase = async (typed: string, password: string, code?: string) => {
    const same = typed.trim().toLowerCase() === email;
    setMistyped(!same);
    if (!same || !(await act({ input: { password, code } }))) return;
    forgetDrafts();
    onErased();
    renew();
  };

  return (
    <Panel title={t('data.erase')}>
      <p>{t('data.eraseBelow')}</p>
      <dl className={look.what}>
        <dt>{t('data.atOnce')}</dt>
        <dd>{t('data.atOnceText')}</dd>
        <dt>{t('data.later')}</dt>
        <dd>{t('data.laterText')}</dd>
        <dt>{t('data.stays')}</dt>
        <dd>{t('data.staysText')}</dd>
      </dl>
      <More words={t('data.toErase')}>
        <Form words={t('data.eraseNow')} busy={busy} refusal={refusal} onSubmit={({ typed = '', password = '', code }) => void erase(typed, password, code)}>
          <TextInput name="typed" type="email" label={t('data.typeEmail')} description={email} error={mistyped ? t('data.mistyped') : undefined} autoComplete="off" maxLength={254} required />
          <Password name="password" label={t('account.password')} />
          {withCode && <Code name="code" wrong={refusal?.code === 'WRONG_CODE'} />}
        </Form>
      </More>
    </Panel>
  );
}

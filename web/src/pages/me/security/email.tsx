import { useState } from 'react';
import { useAct } from '../../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import { Password } from '../../../modules/account/password';
import { TextInput } from '../../../parts/field';
import { Form } from '../../../parts/form';
import { More } from '../../../parts/more';
import { Notice } from '../../../parts/notice';
import { Panel } from '../../../parts/panel';
import { useTranslation } from '../../../words';
import look from './factor.module.css';

export const emailPart = graphql(`fragment EmailPart on Person { email emailVerified }`);

const changeMutation = graphql(`mutation ChangeEmail($input: ChangeEmailInput!) { changeEmail(input: $input) { email } }`);

/** Changes the address, or sends another link to verify the present one. */
export function EmailPanel({ person }: { person: FragmentOf<typeof emailPart> }) {
  const { t } = useTranslation();
  const { act, busy, refusal } = useAct(changeMutation);
  const [mailed, setMailed] = useState<string>();
  const { email, emailVerified } = readFragment(emailPart, person);
  return (
    <Panel title={t('account.email')}>
      <p className={look.quiet}>{emailVerified ? t('security.verified', { email }) : t('security.unverified', { email })}</p>
      {mailed ? (
        <Notice kind="done">{t('security.mailed', { email: mailed })}</Notice>
      ) : (
        <More words={emailVerified ? t('security.changeEmail') : t('security.mailAgain')}>
          <Form words={t('account.mailMe')} busy={busy} refusal={refusal} onSubmit={({ newEmail = '', password = '' }) => void act({ input: { email: newEmail, password } }).then((data) => setMailed(data?.changeEmail.email))}>
            <TextInput name="newEmail" type="email" label={t('security.newEmail')} description={t('security.newEmailHint')} defaultValue={emailVerified ? '' : email ?? ''} error={refusal?.fields.includes('email') ? t('account.invalid.email') : undefined} autoComplete="email" maxLength={254} required />
            <Password name="password" label={t('account.password')} />
          </Form>
        </More>
      )}
    </Panel>
  );
}

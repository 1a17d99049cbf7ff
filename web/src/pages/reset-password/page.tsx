import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '../../client/act';
import { useNewSession } from '../../client/session';
import { graphql } from '../../graphql';
import { useCarried } from '../../modules/account/mailed';
import { Password } from '../../modules/account/password';
import { ButtonLink } from '../../parts/button';
import { Form } from '../../parts/form';
import look from '../../parts/form.module.css';
import { Heading } from '../../parts/heading';
import { Notice } from '../../parts/notice';
import { paths } from '../../paths';
import { useTranslation } from '../../words';

const resetMutation = graphql(`mutation ResetPassword($input: ResetPasswordInput!) { resetPassword(input: $input) { ended } }`);

/** The page of the link that is emailed to somebody who forgot the password. */
export default function ResetPassword() {
  const { t } = useTranslation();
  const token = useCarried('token');
  const renew = useNewSession();
  const { act, busy, refusal } = useAct(resetMutation);
  const [done, setDone] = useState(false);

  const reset = async (password: string) => {
    if (!(await act({ input: { token, password } }))) return;
    setDone(true);
    renew();
  };

  return (
    <>
      <Heading>{t('account.reset')}</Heading>
      {done ? (
        <div className={look.form}>
          <Notice kind="done">{t('account.resetDone')}</Notice>
          <ButtonLink kind="main" to={paths.signIn}>{t('account.signIn')}</ButtonLink>
        </div>
      ) : (
        <Form words={t('account.resetNow')} busy={busy} refusal={refusal} onSubmit={({ password = '' }) => void reset(password)}>
          <Password name="password" label={t('account.newPassword')} hint={t('account.passwordHint')} error={refusal?.fields.includes('password') ? t('account.invalid.password') : undefined} fresh />
        </Form>
      )}
      {refusal?.code === 'TOKEN_INVALID' && <div className={look.links}><Link to={paths.forgotPassword}>{t('account.toForgot')}</Link></div>}
    </>
  );
}

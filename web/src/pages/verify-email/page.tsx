import { useState } from 'react';
import { useAct } from '../../client/act';
import { useNewSession } from '../../client/session';
import { graphql } from '../../graphql';
import { useKept } from '../../modules/account/mailed';
import { Button, ButtonLink } from '../../parts/button';
import look from '../../parts/form.module.css';
import { Heading } from '../../parts/heading';
import { Notice, Refused } from '../../parts/notice';
import { paths } from '../../paths';
import { useTranslation } from '../../words';

const verifyMutation = graphql(`mutation VerifyEmail($input: VerifyEmailInput!) { verifyEmail(input: $input) { email } }`);

/** The page of the link that verifies an address. It takes a tap, after signing in: email programs open links too. */
export default function VerifyEmail() {
  const { t } = useTranslation();
  const token = useKept('token');
  const renew = useNewSession();
  const { act, busy, refusal } = useAct(verifyMutation);
  const [email, setEmail] = useState<string>();

  const verify = async () => {
    const done = await act({ input: { token: token.value } });
    if (!done) return;
    token.forget();
    setEmail(done.verifyEmail.email);
    renew();
  };

  return (
    <>
      <Heading below={email ? undefined : t('account.verifyBelow')}>{t('account.verify')}</Heading>
      <div className={look.form}>
        {email ? (
          <>
            <Notice kind="done">{t('account.verified', { email })}</Notice>
            <ButtonLink kind="main" to={paths.tasks}>{t('home.find')}</ButtonLink>
          </>
        ) : (
          <>
            <Refused refusal={refusal} />
            <Button kind="main" busy={busy} onClick={() => void verify()}>{t('account.verifyNow')}</Button>
          </>
        )}
      </div>
    </>
  );
}

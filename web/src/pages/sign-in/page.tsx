import { useEffect, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useAct } from '../../client/act';
import { nextPage, useNewSession } from '../../client/session';
import { graphql } from '../../graphql';
import { codeOf } from '../../modules/account/authenticator';
import { Code } from '../../modules/account/code';
import { useCarried } from '../../modules/account/mailed';
import { Password } from '../../modules/account/password';
import { Failed, ProviderLink } from '../../modules/account/provider';
import { TextInput } from '../../parts/field';
import { Form } from '../../parts/form';
import look from '../../parts/form.module.css';
import { Heading } from '../../parts/heading';
import { paths } from '../../paths';
import { useTranslation } from '../../words';
import { DemoAccounts } from './demo';

const signInMutation = graphql(`mutation SignIn($input: SignInInput!) { signIn(input: $input) { person { id } } }`);

export default function SignIn() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const renew = useNewSession();
  const { act, busy, refusal } = useAct(signInMutation);
  const failed = useCarried('error');
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (refusal?.code === 'SECOND_FACTOR_REQUIRED') setAsked(true);
  }, [refusal]);

  const signIn = async (email: string, password: string, code?: string) => {
    if (!(await act({ input: { email, password, code } }))) return;
    renew();
    void navigate(nextPage(search), { replace: true });
  };

  return (
    <>
      <Heading below={search.has('next') ? t('account.signInFirst') : undefined}>{t('account.signIn')}</Heading>
      <Failed code={failed} />
      <Form words={t('account.enter')} busy={busy} refusal={refusal} onSubmit={({ email = '', password = '', code }) => void signIn(email, password, code)}>
        <TextInput name="email" type="email" label={t('account.email')} autoComplete="username" maxLength={254} onChange={() => setAsked(false)} required />
        <Password name="password" label={t('account.password')} />
        {asked && <Code name="code" wrong={refusal?.code === 'WRONG_CODE'} autoFocus />}
      </Form>
      <ProviderLink to={nextPage(search)} />
      <div className={look.links}>
        <Link to={`${paths.register}?${search}`}>{t('account.toRegister')}</Link>
        <Link to={paths.forgotPassword}>{t('account.toForgot')}</Link>
      </div>
      <DemoAccounts onPick={async ({ email, password, secret }) => signIn(email, password, secret && (await codeOf(secret)))} />
    </>
  );
}

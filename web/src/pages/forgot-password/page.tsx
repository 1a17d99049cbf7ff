import { useState } from 'react';
import { useAct } from '../../client/act';
import { graphql } from '../../graphql';
import { TextInput } from '../../parts/field';
import { Heading } from '../../parts/heading';
import { Notice } from '../../parts/notice';
import { Form } from '../../parts/form';
import look from '../../parts/form.module.css';
import { useTranslation } from '../../words';

const requestMutation = graphql(`mutation RequestPasswordReset($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }`);

export default function ForgotPassword() {
  const { t } = useTranslation();
  const { act, busy, refusal } = useAct(requestMutation);
  const [email, setEmail] = useState<string>();

  const request = async (address: string) => {
    if (await act({ input: { email: address } })) setEmail(address);
  };

  return (
    <>
      <Heading below={t('account.forgotBelow')}>{t('account.forgot')}</Heading>
      {email ? (
        <div className={look.form}><Notice kind="done">{t('account.mailed', { email })}</Notice></div>
      ) : (
        <Form words={t('account.mailMe')} busy={busy} refusal={refusal} onSubmit={(values) => void request(values.email ?? '')}>
          <TextInput name="email" type="email" label={t('account.email')} autoComplete="username" maxLength={254} required />
        </Form>
      )}
    </>
  );
}

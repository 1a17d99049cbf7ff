import { Suspense, useState } from 'react';
import { useAct } from '../../../client/act';
import { lazy } from '../../../client/lazy';
import { graphql } from '../../../graphql';
import { Code } from '../../../modules/account/code';
import { Password } from '../../../modules/account/password';
import { TextInput } from '../../../parts/field';
import { Form } from '../../../parts/form';
import { Waiting } from '../../../parts/states';
import { useTranslation } from '../../../words';
import look from './factor.module.css';

const Qr = lazy(() => import('../../../parts/qr'));

const startMutation = graphql(`mutation StartSecondFactor($input: StartSecondFactorInput!) { startSecondFactor(input: $input) { secret uri } }`);
const confirmMutation = graphql(
  `mutation ConfirmSecondFactor($input: ConfirmSecondFactorInput!) { confirmSecondFactor(input: $input) { person { id secondFactor { active recoveryCodesLeft rolesWait } } recoveryCodes } }`,
);

/**
 * Turns a second factor on, or moves it to another device: password, secret, and a code that proves that the authenticator has
 * the secret.
 */
export function Enrolment({ active, onCodes }: { active?: boolean; onCodes: (codes: readonly string[]) => void }) {
  const { t } = useTranslation();
  const start = useAct(startMutation);
  const confirm = useAct(confirmMutation);
  const [key, setKey] = useState<{ secret: string; uri: string }>();

  if (!key) {
    const begin = async (password: string, code?: string) => setKey((await start.act({ input: { password, code } }))?.startSecondFactor);
    return (
      <Form words={active ? t('security.goOn') : t('security.turnOn')} busy={start.busy} refusal={start.refusal} onSubmit={({ password = '', code }) => void begin(password, code)}>
        <Password name="password" label={t('account.password')} />
        {active && <Code name="code" wrong={start.refusal?.code === 'WRONG_CODE'} />}
      </Form>
    );
  }
  const finish = async (code: string) => {
    const done = await confirm.act({ input: { code } });
    if (done) onCodes(done.confirmSecondFactor.recoveryCodes);
  };
  return (
    <div className={look.steps}>
      <p>{t('security.scan')}</p>
      <Suspense fallback={<Waiting />}><Qr text={key.uri} label={t('security.qr')} /></Suspense>
      <p>{t('security.orType')}</p>
      <p className={look.key} translate="no">{key.secret.match(/.{1,4}/g)?.join(' ')}</p>
      <p><a href={key.uri}>{t('security.openHere')}</a></p>
      <Form words={t('security.confirm')} busy={confirm.busy} refusal={confirm.refusal} onSubmit={({ code = '' }) => void finish(code)}>
        <TextInput name="code" label={t('security.shownCode')} description={t('security.shownHint')} error={confirm.refusal?.code === 'WRONG_CODE'} inputMode="numeric" autoComplete="one-time-code" maxLength={40} required autoFocus />
      </Form>
    </div>
  );
}

import { useAct } from '../../../client/act';
import { graphql } from '../../../graphql';
import { Code } from '../../../modules/account/code';
import { Form } from '../../../parts/form';
import { useTranslation } from '../../../words';

const renewMutation = graphql(`mutation RenewRecoveryCodes($input: RenewRecoveryCodesInput!) { renewRecoveryCodes(input: $input) { recoveryCodes } }`);

/** New recovery codes, for a code of the authenticator. */
export function RenewCodes({ onCodes }: { onCodes: (codes: readonly string[]) => void }) {
  const { t } = useTranslation();
  const { act, busy, refusal } = useAct(renewMutation);
  const renew = async (code: string) => {
    const done = await act({ input: { code } });
    if (done) onCodes(done.renewRecoveryCodes.recoveryCodes);
  };
  return (
    <Form words={t('security.renewNow')} busy={busy} refusal={refusal} onSubmit={({ code = '' }) => void renew(code)}>
      <p>{t('security.renewBelow')}</p>
      <Code name="code" wrong={refusal?.code === 'WRONG_CODE'} />
    </Form>
  );
}

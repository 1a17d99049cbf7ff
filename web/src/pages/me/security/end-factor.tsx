import { useAct } from '../../../client/act';
import { graphql } from '../../../graphql';
import { Code } from '../../../modules/account/code';
import { Password } from '../../../modules/account/password';
import { Form } from '../../../parts/form';
import { useTranslation } from '../../../words';

const endMutation = graphql(
  `mutation EndSecondFactor($input: EndSecondFactorInput!) { endSecondFactor(input: $input) { person { id secondFactor { active recoveryCodesLeft rolesWait } } } }`,
);

/** Turns the second factor off. */
export function EndFactor() {
  const { t } = useTranslation();
  const { act, busy, refusal } = useAct(endMutation);
  return (
    <Form words={t('security.endNow')} busy={busy} refusal={refusal} onSubmit={({ password = '', code = '' }) => void act({ input: { password, code } })}>
      <p>{t('security.endBelow')}</p>
      <Password name="password" label={t('account.password')} />
      <Code name="code" wrong={refusal?.code === 'WRONG_CODE'} />
    </Form>
  );
}

import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '../../../client/act';
import { graphql } from '../../../graphql';
import { Password } from '../../../modules/account/password';
import { Form } from '../../../parts/form';
import look from '../../../parts/form.module.css';
import { More } from '../../../parts/more';
import { Notice } from '../../../parts/notice';
import { Panel } from '../../../parts/panel';
import { paths } from '../../../paths';
import { useTranslation } from '../../../words';

const changeMutation = graphql(`mutation ChangePassword($input: ChangePasswordInput!) { changePassword(input: $input) { ended } }`);

/** A new password for somebody who knows the present one; others are emailed a link. */
export function PasswordPanel() {
  const { t } = useTranslation();
  const { act, busy, refusal } = useAct(changeMutation);
  const [done, setDone] = useState(false);
  const wrong = refusal?.fields.includes('newPassword') ? t('account.invalid.password') : undefined;
  return (
    <Panel title={t('account.password')}>
      {done ? (
        <Notice kind="done">{t('security.passwordDone')}</Notice>
      ) : (
        <More words={t('security.changePassword')}>
          <Form words={t('account.resetNow')} busy={busy} refusal={refusal} onSubmit={({ password = '', newPassword = '' }) => void act({ input: { password, newPassword } }).then((data) => setDone(!!data))}>
            <Password name="password" label={t('security.present')} />
            <Password name="newPassword" label={t('account.newPassword')} hint={t('account.passwordHint')} error={wrong} fresh />
          </Form>
          <div className={look.links}><Link to={paths.forgotPassword}>{t('security.noPassword')}</Link></div>
        </More>
      )}
    </Panel>
  );
}

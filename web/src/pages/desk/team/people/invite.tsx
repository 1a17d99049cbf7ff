import { useState } from 'react';
import { useAct } from '../../../../client/act';
import { type Enum, type FragmentOf, graphql, readFragment } from '../../../../graphql';
import { actionPart } from '../../../../parts/action';
import { NativeSelect, TextInput } from '../../../../parts/field';
import { Form } from '../../../../parts/form';
import { Notice } from '../../../../parts/notice';
import { useReason } from '../../../../parts/reason';
import { languages, useTranslation } from '../../../../words';
import { mailedPart } from './invited';

const inviteMutation = graphql(`mutation InviteToTeam($input: InviteByEmailInput!) { inviteByEmail(input: $input) { invitation { id ...MailedPart } } }`, [mailedPart]);

const roles = ['TEAM_MEMBER', 'TEAM_LEAD'] as const satisfies Enum<'InvitedRole'>[];

/** Invites the owner of an address, with or without an account. */
export function Invite({ teamId, of, reread }: { teamId: string; of: readonly FragmentOf<typeof actionPart>[]; reread: () => void }) {
  const { t, i18n } = useTranslation();
  const reason = useReason();
  const { act, busy, refusal } = useAct(inviteMutation);
  const [mailed, setMailed] = useState('');
  const action = of.map((part) => readFragment(actionPart, part)).find((part) => part.action === 'INVITE_BY_EMAIL');
  if (!action?.allowed) return action?.reason ? <p>{reason(action.reason)}</p> : null;

  const invite = async ({ email = '', role, language }: Record<string, string>) => {
    if (!(await act({ input: { email, role: role as Enum<'InvitedRole'>, language: language as Enum<'Language'>, teamId } }))) return;
    setMailed(email);
    reread();
  };

  return (
    <>
      {mailed && <Notice kind="done">{t('lead.invite.mailed', { email: mailed })}</Notice>}
      <Form key={mailed} words={t('Action.INVITE_BY_EMAIL')} busy={busy} refusal={refusal} onSubmit={(values) => void invite(values)}>
        <TextInput name="email" type="email" label={t('account.email')} error={refusal?.fields.includes('email') ? t('lead.invalid.email') : undefined} autoComplete="off" maxLength={254} required />
        <NativeSelect name="role" label={t('lead.invite.role')} data={roles.map((role) => ({ value: role, label: t(`InvitedRole.${role}`) }))} />
        <NativeSelect name="language" label={t('lead.invite.language')} defaultValue={i18n.language.toUpperCase()} data={languages.map((language) => ({ value: language.toUpperCase(), label: t(`languages.${language}`) }))} />
      </Form>
    </>
  );
}

import { useAct } from '../../../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../../../graphql';
import { ActionButton, actionPart } from '../../../../parts/action';
import { Refused } from '../../../../parts/notice';
import { useTranslation } from '../../../../words';
import { useFormats } from '../../../../words/dates';
import look from './page.module.css';

export const mailedPart = graphql(`fragment MailedPart on Invitation { id email role state expiresAt availableActions { ...ActionPart } }`, [actionPart]);
export const invitedPart = graphql(`fragment InvitedPart on Membership { id state role expiresAt person { id displayName } availableActions { ...ActionPart } }`, [actionPart]);

const withdrawMailedMutation = graphql(`mutation WithdrawMailed($input: WithdrawInvitationInput!) { withdrawInvitation(input: $input) { invitation { id ...MailedPart } } }`, [mailedPart]);
const withdrawInvitedMutation = graphql(`mutation WithdrawInvited($input: WithdrawMembershipInput!) { withdrawMembership(input: $input) { membership { id ...InvitedPart } } }`, [invitedPart]);

/** An invitation by email that nobody has accepted yet. */
export function MailedRow({ invitation: of }: { invitation: FragmentOf<typeof mailedPart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { act, busy, refusal } = useAct(withdrawMailedMutation);
  const { id, email, role, expiresAt, availableActions } = readFragment(mailedPart, of);
  return (
    <li className={look.one}>
      <b>{email}</b>
      <p>{t('lead.invite.until', { role: t(`InvitedRole.${role}`), date: format.date(expiresAt) })}</p>
      <ActionButton kind="quiet" action="WITHDRAW_INVITATION" of={availableActions} busy={busy} onAct={() => void act({ input: { id } })} />
      <Refused refusal={refusal} />
    </li>
  );
}

/** Somebody with an account who was invited and has not answered. */
export function InvitedRow({ membership: of }: { membership: FragmentOf<typeof invitedPart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { act, busy, refusal } = useAct(withdrawInvitedMutation);
  const { id, role, expiresAt, person, availableActions } = readFragment(invitedPart, of);
  return (
    <li className={look.one}>
      <b>{person.displayName}</b>
      <p>{expiresAt && t('lead.invite.until', { role: t(`TeamRole.${role}`), date: format.date(expiresAt) })}</p>
      <ActionButton kind="quiet" action="WITHDRAW_MEMBERSHIP" label={t('Action.WITHDRAW_INVITATION')} of={availableActions} busy={busy} onAct={() => void act({ input: { id } })} />
      <Refused refusal={refusal} />
    </li>
  );
}

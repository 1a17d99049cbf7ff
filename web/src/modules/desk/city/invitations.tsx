import { useAct } from '../../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import { actionPart } from '../../../parts/action';
import { Ways } from '../../../parts/ways';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';
import { dotted } from '../../../words/dotted';
import look from './row.module.css';

export const invitationRow = graphql(
  `fragment CityInvitation on Invitation {
    id email role state createdAt expiresAt
    centre { id name }
    ngo { id name }
    availableActions { ...ActionPart }
  }`,
  [actionPart],
);

const withdrawMutation = graphql(
  `mutation CityWithdrawInvitation($input: WithdrawInvitationInput!) { withdrawInvitation(input: $input) { invitation { id ...CityInvitation } } }`,
  [invitationRow],
);

/** The invitations that nobody has answered yet, and how to withdraw one. */
export function Invitations({ invitations, reread }: { invitations: readonly FragmentOf<typeof invitationRow>[]; reread: () => void }) {
  const { t } = useTranslation();
  const sent = invitations.filter((part) => readFragment(invitationRow, part).state === 'SENT');
  if (sent.length === 0) return <p className={look.quiet}>{t('city.noInvitations')}</p>;
  return <ul className={look.list}>{sent.map((part) => <InvitationRow key={readFragment(invitationRow, part).id} invitation={part} reread={reread} />)}</ul>;
}

function InvitationRow({ invitation: of, reread }: { invitation: FragmentOf<typeof invitationRow>; reread: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const withdraw = useAct(withdrawMutation);
  const { id, email, role, createdAt, expiresAt, centre, ngo, availableActions } = readFragment(invitationRow, of);
  return (
    <li className={look.row}>
      <div>
        <h3 className={look.address}>{email}</h3>
        <p className={look.quiet}>{dotted(t(`InvitedRole.${role}`), centre?.name ?? ngo?.name)}</p>
        <p className={look.quiet}>{t('city.sent', { date: format.date(createdAt), until: format.date(expiresAt) })}</p>
      </div>
      <Ways about={id} of={availableActions} ways={[{ ...withdraw, action: 'WITHDRAW_INVITATION', kind: 'quiet', does: () => withdraw.act({ input: { id } }) }]} onDone={reread} />
    </li>
  );
}

import { useAct } from '../../../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../../../graphql';
import { Reasoned } from '../../../../modules/desk/reasoned';
import { Mail } from '../../../../modules/desk/row';
import { ActionButton, actionPart } from '../../../../parts/action';
import { More } from '../../../../parts/more';
import { Refused } from '../../../../parts/notice';
import { useTranslation } from '../../../../words';
import { useFormats } from '../../../../words/dates';
import { dotted } from '../../../../words/dotted';
import look from './page.module.css';

export const memberPart = graphql(
  `fragment MemberPart on Membership { id state role joinedAt person { id displayName ageBand contact { email } } availableActions { ...ActionPart } }`,
  [actionPart],
);

const roleMutation = graphql(`mutation SetMemberRole($input: SetMemberRoleInput!) { setMemberRole(input: $input) { membership { id ...MemberPart } } }`, [memberPart]);
const removeMutation = graphql(`mutation RemoveMember($input: RemoveMemberInput!) { removeMember(input: $input) { membership { id team { id memberCount } ...MemberPart } } }`, [memberPart]);

/** Somebody in the team: the role, how to reach them, and how to remove them. */
export function MemberRow({ member: of, reread }: { member: FragmentOf<typeof memberPart>; reread: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const role = useAct(roleMutation);
  const remove = useAct(removeMutation);
  const member = readFragment(memberPart, of);
  const other = member.role === 'LEAD' ? 'MEMBER' : 'LEAD';
  const told = [t(`TeamRole.${member.role}`), member.person.ageBand && t(`AgeBand.${member.person.ageBand}`), member.joinedAt && format.date(member.joinedAt)];

  // Fewer leads, or a changed role, changes what may be done to the others.
  const change = async (doing: Promise<unknown>) => {
    const done = await doing;
    reread();
    return done;
  };

  return (
    <li className={look.one}>
      <div className={look.head}>
        <div>
          <b>{member.person.displayName}</b>
          <p>{dotted(...told)}</p>
        </div>
        {member.person.contact && <Mail email={member.person.contact.email} name={member.person.displayName} />}
      </div>
      <More words={t('lead.members.more')}>
        <div className={look.buttons}>
          <ActionButton action="SET_MEMBER_ROLE" label={t(`lead.members.make.${other}`)} of={member.availableActions} busy={role.busy} onAct={() => void change(role.act({ input: { id: member.id, role: other } }))} />
          <Reasoned action="REMOVE_MEMBER" id={member.id} of={member.availableActions} busy={remove.busy} refusal={remove.refusal} onAct={(reason) => change(remove.act({ input: { id: member.id, reason } }))} />
        </div>
        <Refused refusal={role.refusal} />
      </More>
    </li>
  );
}

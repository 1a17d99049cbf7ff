import { useAct } from '../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { ActionButton, actionPart } from '../../parts/action';
import { Notice, Refused } from '../../parts/notice';
import { useTranslation } from '../../words';
import look from './joining.module.css';

const mine = graphql(`fragment MyMembershipPart on Membership { id state role availableActions { ...ActionPart } }`, [actionPart]);

export const joiningPart = graphql(
  `fragment JoiningPart on Team { id myMembership { id ...MyMembershipPart } availableActions { ...ActionPart } }`,
  [mine, actionPart],
);

const requestMutation = graphql(`mutation RequestMembership($input: RequestMembershipInput!) { requestMembership(input: $input) { membership { id } } }`);
const answerMutation = graphql(`mutation AnswerMembership($input: AnswerMembershipInput!) { answerMembership(input: $input) { membership { id } } }`);
const withdrawMutation = graphql(`mutation WithdrawMembership($input: WithdrawMembershipInput!) { withdrawMembership(input: $input) { membership { id } } }`);
const leaveMutation = graphql(`mutation LeaveTeam($input: LeaveTeamInput!) { leaveTeam(input: $input) { membership { id } } }`);

/** How to join a team and how to leave it. */
export function Joining({ team: of, reread }: { team: FragmentOf<typeof joiningPart>; reread: () => void }) {
  const { t } = useTranslation();
  const team = readFragment(joiningPart, of);
  const membership = readFragment(mine, team.myMembership);
  const request = useAct(requestMutation);
  const answer = useAct(answerMutation);
  const withdraw = useAct(withdrawMutation);
  const leave = useAct(leaveMutation);
  const refusal = request.refusal ?? answer.refusal ?? withdraw.refusal ?? leave.refusal;

  if (!membership) {
    const ask = () => void request.act({ input: { teamId: team.id } }).then(reread);
    return (
      <div className={look.joining}>
        <ActionButton kind="main" action="REQUEST_MEMBERSHIP" of={team.availableActions} busy={request.busy} onAct={ask} />
        <Refused refusal={refusal} />
      </div>
    );
  }
  const { id, state, role, availableActions } = membership;
  return (
    <div className={look.joining}>
      <Notice kind={state === 'ACTIVE' ? 'done' : 'wait'}>{state === 'ACTIVE' ? `${t(`MembershipState.${state}`)}, ${t(`TeamRole.${role}`)}` : t(`MembershipState.${state}`)}</Notice>
      <div className={look.ways}>
        {state === 'INVITED' && (
          <>
            <ActionButton kind="main" action="ANSWER_MEMBERSHIP" label={t('team.accept')} of={availableActions} busy={answer.busy} onAct={() => void answer.act({ input: { id, accept: true } }).then(reread)} />
            <ActionButton action="ANSWER_MEMBERSHIP" label={t('team.decline')} of={availableActions} busy={answer.busy} onAct={() => void answer.act({ input: { id, accept: false } }).then(reread)} />
          </>
        )}
        {state === 'REQUESTED' && <ActionButton action="WITHDRAW_MEMBERSHIP" of={availableActions} busy={withdraw.busy} onAct={() => void withdraw.act({ input: { id } }).then(reread)} />}
        {state === 'ACTIVE' && <ActionButton kind="quiet" action="LEAVE_TEAM" of={availableActions} busy={leave.busy} onAct={() => void leave.act({ input: { id } }).then(reread)} />}
      </div>
      <Refused refusal={refusal} />
    </div>
  );
}

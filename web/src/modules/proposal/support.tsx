import { useAct } from '../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { ActionButton, actionPart } from '../../parts/action';
import { Refused } from '../../parts/notice';
import { useTranslation } from '../../words';
import look from './support.module.css';

export const supportPart = graphql(`fragment SupportPart on Proposal { id supportCount supportedByMe availableActions { ...ActionPart } }`, [actionPart]);

export const supportMutation = graphql(`mutation SupportProposal($input: SupportProposalInput!) { supportProposal(input: $input) { proposal { id ...SupportPart } } }`, [supportPart]);
const unsupportMutation = graphql(`mutation WithdrawSupport($input: WithdrawSupportInput!) { withdrawSupport(input: $input) { proposal { id ...SupportPart } } }`, [supportPart]);
const withdrawMutation = graphql(`mutation WithdrawProposal($input: WithdrawProposalInput!) { withdrawProposal(input: $input) { proposal { id } } }`);

/** How many support the proposal, and what the viewer may do: support it, or withdraw the support. */
export function Support({ proposal: of, reread }: { proposal: FragmentOf<typeof supportPart>; reread: () => void }) {
  const { t } = useTranslation();
  const { id, supportCount, supportedByMe, availableActions } = readFragment(supportPart, of);
  const support = useAct(supportMutation);
  const unsupport = useAct(unsupportMutation);
  const withdraw = useAct(withdrawMutation);
  const doing = (change: { act: (variables: { input: { id: string } }) => Promise<unknown> }) => () => void change.act({ input: { id } }).then(reread);
  return (
    <div className={look.support}>
      <p className={look.count}>{t('proposal.supporters', { count: supportCount })}</p>
      {supportedByMe ? (
        <ActionButton action="WITHDRAW_SUPPORT" of={availableActions} busy={unsupport.busy} onAct={doing(unsupport)} />
      ) : (
        <ActionButton kind="main" action="SUPPORT_PROPOSAL" of={availableActions} busy={support.busy} onAct={doing(support)} />
      )}
      <ActionButton kind="quiet" action="WITHDRAW_PROPOSAL" of={availableActions.filter((part) => readFragment(actionPart, part).allowed)} busy={withdraw.busy} onAct={doing(withdraw)} />
      <Refused refusal={support.refusal ?? unsupport.refusal ?? withdraw.refusal} />
    </div>
  );
}

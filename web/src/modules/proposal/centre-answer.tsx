import { useAct } from '../../client/act';
import { type Enum, type FragmentOf, graphql, readFragment, type ResultOf } from '../../graphql';
import { actionPart } from '../../parts/action';
import { NativeSelect, Textarea } from '../../parts/field';
import { type Way, Ways } from '../../parts/ways';
import { useTranslation } from '../../words';
import { MergeInto } from './merge-into';

export const centreAnswerPart = graphql(
  `fragment CentreAnswerPart on Proposal {
    id title text state
    centre { id }
    district { id centres(first: 20) { nodes { id name state } } }
    availableActions { ...ActionPart }
  }`,
  [actionPart],
);

const reviewMutation = graphql(`mutation ReviewProposal($input: ReviewProposalInput!) { reviewProposal(input: $input) { proposal { id ...CentreAnswerPart } } }`, [centreAnswerPart]);
const askMutation = graphql(`mutation AskForInfo($input: AskForInfoInput!) { askForInfo(input: $input) { proposal { id ...CentreAnswerPart } } }`, [centreAnswerPart]);
const acceptMutation = graphql(`mutation AcceptProposal($input: AcceptProposalInput!) { acceptProposal(input: $input) { proposal { id ...CentreAnswerPart } } }`, [centreAnswerPart]);
const declineMutation = graphql(`mutation DeclineProposal($input: DeclineProposalInput!) { declineProposal(input: $input) { proposal { id ...CentreAnswerPart } } }`, [centreAnswerPart]);
const mergeMutation = graphql(`mutation MergeProposal($input: MergeProposalInput!) { mergeProposal(input: $input) { proposal { id ...CentreAnswerPart } } }`, [centreAnswerPart]);
const reassignMutation = graphql(`mutation ReassignProposal($input: ReassignProposalInput!) { reassignProposal(input: $input) { proposal { id ...CentreAnswerPart } } }`, [centreAnswerPart]);

const reasons = ['NOT_IN_OUR_POWER', 'ALREADY_PLANNED', 'ALREADY_DONE', 'NO_MEANS', 'UNLAWFUL', 'UNCLEAR', 'OTHER'] as const satisfies Enum<'DeclineReason'>[];

type Props = {
  proposal: FragmentOf<typeof centreAnswerPart>;
  reread: () => void;
  /** Called instead when the centre has nothing more to do: it has answered, or asked a question. */
  onAnswered?: () => void;
};

/** The centre's possible answers, for its coordinators; nothing for everybody else. */
export function CentreAnswer({ proposal: of, reread, onAnswered = reread }: Props) {
  const proposal = readFragment(centreAnswerPart, of);
  const ways = useWays(proposal);
  const mine = proposal.availableActions.filter((part) => {
    const { action, allowed, reason } = readFragment(actionPart, part);
    return (allowed || reason === 'SECOND_FACTOR_MISSING') && ways.some((way) => way.action === action);
  });
  if (mine.length === 0) return null;
  return <Ways about={proposal.id} of={mine} ways={ways} onDone={(done, action) => (done && action !== 'REVIEW_PROPOSAL' ? onAnswered() : reread())} />;
}

function useWays({ id, title, text, centre, district }: ResultOf<typeof centreAnswerPart>): Way[] {
  const { t } = useTranslation();
  const review = useAct(reviewMutation);
  const ask = useAct(askMutation);
  const accept = useAct(acceptMutation);
  const decline = useAct(declineMutation);
  const merge = useAct(mergeMutation);
  const reassign = useAct(reassignMutation);
  const others = district.centres.nodes.filter((one) => one.id !== centre.id && one.state === 'OPEN');
  const ways: Way[] = [
    { ...review, action: 'REVIEW_PROPOSAL', kind: 'main', does: () => review.act({ input: { id } }) },
    {
      ...accept,
      action: 'ACCEPT_PROPOSAL',
      kind: 'main',
      does: ({ words }) => accept.act({ input: { id, words: words || undefined } }),
      fields: <Textarea name="words" label={t('centreAnswer.accepting')} description={t('centreAnswer.acceptingHint')} rows={3} maxLength={1000} />,
    },
    {
      ...ask,
      action: 'ASK_FOR_INFO',
      does: ({ question = '' }) => ask.act({ input: { id, question } }),
      fields: <Textarea name="question" label={t('centreAnswer.question')} description={t('centreAnswer.questionHint')} rows={3} minLength={5} maxLength={1000} required />,
    },
    {
      ...decline,
      action: 'DECLINE_PROPOSAL',
      does: ({ reason = '', words = '' }) => decline.act({ input: { id, reason: reason as Enum<'DeclineReason'>, words } }),
      fields: (
        <>
          <NativeSelect name="reason" label={t('centreAnswer.reason')} data={reasons.map((value) => ({ value, label: t(`DeclineReason.${value}`) }))} />
          <Textarea name="words" label={t('centreAnswer.declining')} description={t('centreAnswer.decliningHint')} rows={3} minLength={10} maxLength={1000} required />
        </>
      ),
    },
    {
      ...merge,
      action: 'MERGE_PROPOSAL',
      does: ({ intoId = '', words }) => merge.act({ input: { id, intoId, words } }),
      fields: <MergeInto id={id} title={title} text={text} districtId={district.id} />,
    },
  ];
  const moving: Way = {
    ...reassign,
    action: 'REASSIGN_PROPOSAL',
    kind: 'quiet',
    does: ({ centreId = '', reason }) => reassign.act({ input: { id, centreId, reason: reason || undefined } }),
    fields: (
      <>
        <NativeSelect name="centreId" label={t('centreAnswer.to')} data={others.map(({ id: value, name: label }) => ({ value, label }))} />
        <Textarea name="reason" label={t('centreAnswer.moving')} rows={2} maxLength={1000} />
      </>
    ),
  };
  return others.length > 0 ? [...ways, moving] : ways;
}

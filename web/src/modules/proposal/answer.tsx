import { useAct } from '../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { actionPart } from '../../parts/action';
import { Textarea } from '../../parts/field';
import { Form } from '../../parts/form';
import { Notice } from '../../parts/notice';
import { useTranslation } from '../../words';
import { CentreAnswer, centreAnswerPart } from './centre-answer';

export const answerPart = graphql(
  `fragment AnswerPart on Proposal { id question declineReason declineWords availableActions { ...ActionPart } ...CentreAnswerPart }`,
  [actionPart, centreAnswerPart],
);

const answerMutation = graphql(`mutation AnswerInfo($input: AnswerInfoInput!) { answerInfo(input: $input) { proposal { id } } }`);

type Props = {
  proposal: FragmentOf<typeof answerPart>;
  reread: () => void;
  /** Called instead of reread when the centre has answered. */
  onAnswered?: () => void;
};

/** What the centre asked or why it declined; for the author, where to answer; for the centre, its possible answers. */
export function Answer({ proposal: of, reread, onAnswered }: Props) {
  const { t } = useTranslation();
  const proposal = readFragment(answerPart, of);
  const { id, question, declineReason, declineWords, availableActions } = proposal;
  const { act, busy, refusal } = useAct(answerMutation);
  const mayAnswer = availableActions.map((part) => readFragment(actionPart, part)).some(({ action, allowed }) => action === 'ANSWER_INFO' && allowed);
  const send = async ({ answer = '' }: Record<string, string>) => {
    const done = await act({ input: { id, answer } });
    reread();
    return done;
  };
  return (
    <>
      {declineReason && <Notice kind="wait">{t('proposal.declined', { reason: t(`DeclineReason.${declineReason}`), words: declineWords })}</Notice>}
      {question && <Notice kind="wait">{t('proposal.question', { question })}</Notice>}
      {mayAnswer && (
        <Form words={t('Action.ANSWER_INFO')} busy={busy} refusal={refusal} draft={`answer ${id}`} onSubmit={send}>
          <Textarea name="answer" label={t('proposal.answer')} rows={4} maxLength={4000} required />
        </Form>
      )}
      <CentreAnswer proposal={proposal} reread={reread} onAnswered={onAnswered} />
    </>
  );
}

import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { actionPart } from '../../parts/action';
import { Form } from '../../parts/form';
import { Notice } from '../../parts/notice';

export const answerPart = graphql(
  `fragment AnswerPart on Proposal { id question declineReason declineWords availableActions { ...ActionPart } }`,
  [actionPart],
);

const answerMutation = graphql(`mutation AnswerInfo($input: AnswerInfoInput!) { answerInfo(input: $input) { proposal { id } } }`);

/** What the centre asked or why it declined; for the author, where to answer. */
export function Answer({ proposal: of, reread }: { proposal: FragmentOf<typeof answerPart>; reread: () => void }) {
  const { t } = useTranslation();
  const { id, question, declineReason, declineWords, availableActions } = readFragment(answerPart, of);
  const { act, busy, refusal } = useAct(answerMutation);
  const mayAnswer = availableActions.map((part) => readFragment(actionPart, part)).some(({ action, allowed }) => action === 'ANSWER_INFO' && allowed);
  return (
    <>
      {declineReason && <Notice kind="wait">{t('proposal.declined', { reason: t(`DeclineReason.${declineReason}`), words: declineWords })}</Notice>}
      {question && <Notice kind="wait">{t('proposal.question', { question })}</Notice>}
      {mayAnswer && (
        <Form words={t('Action.ANSWER_INFO')} busy={busy} refusal={refusal} onSubmit={({ answer = '' }) => void act({ input: { id, answer } }).then(reread)}>
          <Textarea name="answer" label={t('proposal.answer')} rows={4} maxLength={4000} required />
        </Form>
      )}
    </>
  );
}

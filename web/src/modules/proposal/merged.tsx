import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { ActionButton, actionPart } from '../../parts/action';
import { Notice, Refused } from '../../parts/notice';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import look from './merged.module.css';

export const mergedPart = graphql(
  `fragment MergedPart on Proposal { id state mergedInto { id title language supportCount supportedByMe } availableActions { ...ActionPart } }`,
  [actionPart],
);

const answerMutation = graphql(
  `mutation AnswerMerge($input: AnswerMergeInput!) { answerMerge(input: $input) { proposal { id supportCount supportedByMe ...MergedPart } } }`,
  [mergedPart],
);

/** Which proposal a merged one continues in; its supporters are asked, once, whether their support moves along. */
export function Merged({ proposal: of }: { proposal: FragmentOf<typeof mergedPart> }) {
  const { t } = useTranslation();
  const { act, busy, refusal } = useAct(answerMutation);
  const [answered, setAnswered] = useState<'moved' | 'stayed'>();
  const { id, state, mergedInto, availableActions } = readFragment(mergedPart, of);
  if (state !== 'MERGED') return null;
  const asked = availableActions.filter((part) => readFragment(actionPart, part).allowed);
  const answer = async (move: boolean) => {
    if (await act({ input: { proposalId: id, move } })) setAnswered(move ? 'moved' : 'stayed');
  };
  return (
    <div className={look.merged}>
      <Notice kind="wait">
        <p>{mergedInto ? t('merged.into') : t('merged.unseen')}</p>
        {mergedInto && <p lang={mergedInto.language.toLowerCase()}><Link to={pathOf('proposal', mergedInto.id)}>{mergedInto.title}</Link></p>}
      </Notice>
      {answered && <Notice kind="done">{t(`merged.${answered}`)}</Notice>}
      {asked.some((part) => readFragment(actionPart, part).action === 'ANSWER_MERGE') && (
        <>
          <p>{t('merged.question')}</p>
          <div className={look.ways}>
            <ActionButton kind="main" action="ANSWER_MERGE" label={t('merged.yes')} of={asked} busy={busy} onAct={() => void answer(true)} />
            <ActionButton action="ANSWER_MERGE" label={t('merged.no')} of={asked} busy={busy} onAct={() => void answer(false)} />
          </div>
        </>
      )}
      <Refused refusal={refusal} />
    </div>
  );
}

import { useAct } from '../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { actionPart } from '../../parts/action';
import { Notice } from '../../parts/notice';
import { type Way, Ways } from '../../parts/ways';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import { dotted } from '../../words/dotted';
import { WordsField } from './fields';
import look from './moderation.module.css';
import { Subject, subjectPart } from './subject';

export const decisionPart = graphql(
  `fragment DecisionPart on Decision {
    id kind subjectType state reason words until decidedAt appeal appealedAt answer
    subject { id ...SubjectPart }
    availableActions { ...ActionPart }
  }`,
  [subjectPart, actionPart],
);

const answerMutation = graphql(`mutation AnswerAppeal($input: AnswerAppealInput!) { answerAppeal(input: $input) { decision { id state answer } } }`);
const showMutation = graphql(`mutation ShowContent($input: ShowContentInput!) { showContent(input: $input) { decision { id state } } }`);
const endMutation = graphql(`mutation EndSuspension($input: EndSuspensionInput!) { endSuspension(input: $input) { decision { id state } } }`);

/** What was hidden, or who was suspended, and why; the appeal and its answer, and how to undo it. */
export function Decision({ decision: of, reread }: { decision: FragmentOf<typeof decisionPart>; reread: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { id, kind, subjectType, state, reason, words, until, decidedAt, appeal, appealedAt, answer, subject, availableActions } = readFragment(decisionPart, of);
  const ways = useWays(id);
  const possible = [...(state === 'APPEALED' ? ways.appeal : []), kind === 'HIDE' ? ways.show : ways.end];
  return (
    <li className={look.case}>
      <p className={look.quiet}>{dotted(t(`DecisionKind.${kind}`), t(`ModerationSubject.${subjectType}`), format.moment(decidedAt), t(`DecisionState.${state}`))}</p>
      <Subject subject={subject} />
      <div>
        <p className={look.why}>{t(`ModerationReason.${reason}`)}</p>
        <p className={look.said}>{words}</p>
        {kind === 'SUSPEND' && <p className={look.quiet}>{until ? t('moderation.until', { date: format.date(until) }) : t('moderation.forGood')}</p>}
      </div>
      {appeal && appealedAt && (
        <Notice kind="wait">
          <p>{t('moderation.appealed', { date: format.date(appealedAt) })}</p>
          <p className={look.said}>{appeal}</p>
          {answer && <p className={look.said}>{t('moderation.answered', { answer })}</p>}
        </Notice>
      )}
      <Ways about={id} of={availableActions} ways={possible} onDone={reread} />
    </li>
  );
}

function useWays(id: string): { appeal: Way[]; show: Way; end: Way } {
  const { t } = useTranslation();
  const answer = useAct(answerMutation);
  const show = useAct(showMutation);
  const end = useAct(endMutation);
  const fields = <WordsField label={t('moderation.why')} hint={t('moderation.concernedReads')} />;
  const answering = (uphold: boolean): Way => ({
    ...answer,
    action: 'ANSWER_APPEAL',
    variant: uphold ? 'uphold' : 'overturn',
    label: uphold ? t('moderation.stands') : t('moderation.overturn'),
    does: ({ words = '' }) => answer.act({ input: { id, uphold, words } }),
    fields,
  });
  return {
    appeal: [answering(true), answering(false)],
    show: { ...show, action: 'SHOW_CONTENT', does: ({ words = '' }) => show.act({ input: { id, reason: words } }), fields },
    end: { ...end, action: 'END_SUSPENSION', does: ({ words = '' }) => end.act({ input: { id, reason: words } }), fields },
  };
}

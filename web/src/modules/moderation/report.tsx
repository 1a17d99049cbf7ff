import { useAct } from '../../client/act';
import { type Enum, type FragmentOf, graphql, readFragment } from '../../graphql';
import { actionPart } from '../../parts/action';
import { type Way, Ways } from '../../parts/ways';
import { useTranslation } from '../../words';
import { startOfDay, useFormats } from '../../words/dates';
import { dotted } from '../../words/dotted';
import { DaysField, ReasonField, WordsField } from './fields';
import look from './moderation.module.css';
import { actionsOf, personOf, Subject, subjectPart } from './subject';

export const reportPart = graphql(
  `fragment ReportPart on Report {
    id subjectType reason words createdAt openReports
    subject { id ...SubjectPart }
    reporter { id displayName }
    availableActions { ...ActionPart }
  }`,
  [subjectPart, actionPart],
);

const answerMutation = graphql(`mutation AnswerReport($input: AnswerReportInput!) { answerReport(input: $input) { report { id state } } }`);
const hideMutation = graphql(`mutation HideContent($input: HideContentInput!) { hideContent(input: $input) { decision { id state } } }`);
const suspendMutation = graphql(`mutation SuspendPerson($input: SuspendPersonInput!) { suspendPerson(input: $input) { decision { id state until } } }`);

type Props = {
  report: FragmentOf<typeof reportPart>;
  reread: () => void;
  /** Whether an officer looks at it, who may suspend for longer. */
  city?: boolean;
};

/** What somebody reported: the object, the words, and what may be done about it. */
export function Report({ report: of, reread, city }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const report = readFragment(reportPart, of);
  const ways = useWays(report, city);
  const { subjectType, reason, words, createdAt, openReports, subject, reporter, availableActions } = report;
  return (
    <li className={look.case}>
      <p className={look.quiet}>{dotted(t(`ModerationSubject.${subjectType}`), format.moment(createdAt), openReports > 1 && t('moderation.reports', { count: openReports }))}</p>
      <Subject subject={subject} />
      <div>
        <p className={look.why}>{t(`ModerationReason.${reason}`)}</p>
        {words && <p className={look.said}>{words}</p>}
        <p className={look.quiet}>{t('moderation.by', { name: reporter.displayName })}</p>
      </div>
      <Ways about={report.id} of={[...availableActions, ...actionsOf(subject)]} ways={ways} onDone={reread} />
    </li>
  );
}

function useWays({ id, subject, reason }: { id: string; subject: FragmentOf<typeof subjectPart> & { id: string } | null; reason: Enum<'ModerationReason'> }, city?: boolean): Way[] {
  const { t } = useTranslation();
  const answer = useAct(answerMutation);
  const hide = useAct(hideMutation);
  const suspend = useAct(suspendMutation);
  const person = personOf(subject);
  const closing = (uphold: boolean): Way => ({
    ...answer,
    action: 'ANSWER_REPORT',
    variant: uphold ? 'uphold' : 'dismiss',
    label: uphold ? t('moderation.uphold') : t('moderation.dismiss'),
    does: ({ words = '' }) => answer.act({ input: { id, uphold, words } }),
    fields: <WordsField label={t('moderation.why')} hint={t('moderation.reporterReads')} />,
  });
  const hiding: Way = {
    ...hide,
    action: 'HIDE_CONTENT',
    kind: 'main',
    does: ({ words = '', reason: code = reason }) => hide.act({ input: { subjectId: subject?.id ?? '', reason: code as typeof reason, words } }),
    fields: <><ReasonField reported={reason} /><WordsField label={t('moderation.why')} hint={t('moderation.authorReads')} /></>,
  };
  const suspending: Way = {
    ...suspend,
    action: 'SUSPEND_PERSON',
    kind: 'quiet',
    untold: true,
    label: person && t('moderation.suspend', { name: person.displayName }),
    does: ({ days, words = '', reason: code = reason }) =>
      suspend.act({ input: { person: { id: person?.id ?? '' }, until: days ? startOfDay(Number(days)) : undefined, reason: code as typeof reason, words } }),
    fields: <><DaysField city={city} /><ReasonField reported={reason} /><WordsField label={t('moderation.why')} hint={t('moderation.personReads')} /></>,
  };
  return [hiding, closing(false), closing(true), ...(person ? [suspending] : [])];
}

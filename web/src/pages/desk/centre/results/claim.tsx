import { type FragmentOf, graphql, readFragment } from '../../../../graphql';
import look from '../../../../modules/desk/centre/centre.module.css';
import { Progress, progressPart } from '../../../../modules/task/progress';
import { Fact, Facts } from '../../../../parts/facts';
import { Panel } from '../../../../parts/panel';
import { Timeline } from '../../../../parts/timeline';
import { useTranslation } from '../../../../words';
import { useFormats } from '../../../../words/dates';
import { dotted } from '../../../../words/dotted';
import { Attendance, attendancePart } from './attendance';

export const claimPart = graphql(
  `fragment ClaimPart on Task {
    id description language place percent workClass
    district { id name }
    team { id name }
    claim { id noPhotoReason results { metric amount } }
    history(first: 50) { nodes { id verb toState words at by { id displayName } } }
    ...CameToShiftsPart
    ...ProgressPart
  }`,
  [attendancePart, progressPart],
);

/** What a team claims to have done, beside what was asked for: its words, what was counted, who came, and how it went. */
export function Claim({ task: of }: { task: FragmentOf<typeof claimPart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const task = readFragment(claimPart, of);
  const said = task.history.nodes.filter(({ verb }) => ['CLAIM_DONE', 'SEND_BACK', 'DISPUTE_RESULT'].includes(verb)).toReversed();
  return (
    <>
      <Panel title={t('claim.said')}>
        <Timeline
          steps={said.map(({ id, verb, words, at, by }) => ({
            id,
            when: dotted(format.moment(at), by?.displayName),
            what: <>{verb === 'SEND_BACK' && <p><b>{t('claim.sentBack')}</b></p>}{verb === 'DISPUTE_RESULT' && <p><b>{t('NoticeKind.TASK_DISPUTED')}</b></p>}<p>{words ?? t('TaskState.CLAIMED_DONE')}</p></>,
          }))}
        />
        <Facts>
          {task.claim?.results.map(({ metric, amount }) => <Fact key={metric} name={t(`Metric.${metric}`)}><b className={look.count}>{format.number(amount)}</b></Fact>)}
          <Fact name={t('lead.claim.noPhoto')}>{task.claim?.noPhotoReason}</Fact>
        </Facts>
      </Panel>
      <Panel title={t('claim.asked')}>
        <p className={look.said} lang={task.language.toLowerCase()}>{task.description}</p>
        <Facts>
          <Fact name={t('task.where')}>{[task.place, task.district.name].filter(Boolean).join(', ')}</Fact>
          <Fact name={t('task.work')}>{t(`WorkClass.${task.workClass}`)}</Fact>
        </Facts>
      </Panel>
      <Attendance task={task} />
      <Progress task={task} />
    </>
  );
}

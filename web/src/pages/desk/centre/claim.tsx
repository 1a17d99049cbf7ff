import { useTranslation } from 'react-i18next';
import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import { Fact, Facts } from '../../../parts/facts';
import { Panel } from '../../../parts/panel';
import { Timeline } from '../../../parts/timeline';
import { useFormats } from '../../../words/dates';
import { Progress, progressPart } from '../../task/progress';
import { Attendance, attendancePart } from './attendance';
import look from './page.module.css';

export const claimPart = graphql(
  `fragment ClaimPart on Task {
    id description language place percent workClass
    district { id name }
    team { id name }
    totals: updates(first: 50) { nodes { id results { metric amount } } }
    history(first: 50) { nodes { id verb toState words at by { id displayName } } }
    ...CameToShiftsPart
    ...ProgressPart
  }`,
  [attendancePart, progressPart],
);

/** What a team says is done, beside what was asked: its words, what was counted, who came, and how it went. */
export function Claim({ task: of }: { task: FragmentOf<typeof claimPart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const task = readFragment(claimPart, of);
  const said = task.history.nodes.filter(({ verb }) => verb === 'CLAIM_DONE' || verb === 'SEND_BACK').toReversed();
  return (
    <>
      <Panel title={t('claim.said')}>
        <Timeline
          steps={said.map(({ id, verb, words, at, by }) => ({
            id,
            when: [format.moment(at), by?.displayName].filter(Boolean).join(' · '),
            what: <>{verb === 'SEND_BACK' && <p><b>{t('claim.sentBack')}</b></p>}<p>{words ?? t('TaskState.CLAIMED_DONE')}</p></>,
          }))}
        />
        <Facts>
          {totalsOf(task.totals.nodes).map(([metric, amount]) => <Fact key={metric} name={t(`Metric.${metric}`)}><b className={look.count}>{format.number(amount)}</b></Fact>)}
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

/** What was counted in all updates together. */
function totalsOf<Metric extends string>(updates: readonly { results: readonly { metric: Metric; amount: number }[] }[]): [Metric, number][] {
  const totals = new Map<Metric, number>();
  for (const { metric, amount } of updates.flatMap(({ results }) => results)) totals.set(metric, (totals.get(metric) ?? 0) + amount);
  return [...totals];
}

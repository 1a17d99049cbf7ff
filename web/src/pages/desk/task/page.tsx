import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../graphql';
import { Back, Desk, LeadsOnly, usable } from '../../../modules/desk/guard';
import { photosOfResult, Progress, progressPart } from '../../../modules/task/progress';
import { resultPart, TaskResult } from '../../../modules/task/result';
import { actionPart } from '../../../parts/action';
import { Heading } from '../../../parts/heading';
import { More } from '../../../parts/more';
import { Notice } from '../../../parts/notice';
import { Panel } from '../../../parts/panel';
import { pathOf } from '../../../paths';
import { useTranslation } from '../../../words';
import { AddShift } from './add-shift';
import { ClaimForm } from './claim-form';
import { EditTask, editPart } from './edit-task';
import { TaskMoves } from './moves';
import look from './page.module.css';
import { ProgressForm } from './progress-form';
import { DeskShift, deskShift } from './shift-row';

const taskDeskQuery = graphql(
  `query TaskDesk($id: ID!) {
    viewer { id }
    task(id: $id) {
      id title state language percent cancelReason
      team { id name }
      claim { id }
      availableActions { ...ActionPart }
      shifts(first: 50) { nodes { id state startsAt endsAt checkInUntil place seats { capacity } ...DeskShift } }
      ...EditPart
      ...ProgressPart
      ...TaskResultPart
    }
    adultsOnlyWork
  }`,
  [actionPart, deskShift, editPart, progressPart, resultPart],
);

/** A task on its team's desk: its moves, its shifts, and what happened. */
export default function TaskDesk() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ query: taskDeskQuery, variables: { id } });
  return (
    <Desk query={query}>
      {({ viewer, task, adultsOnlyWork }, reread) => {
        if (!task) return null;
        const actions = usable(task.availableActions);
        const shifts = task.shifts.nodes.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt));
        const over = shifts.filter(({ checkInUntil, state }) => state === 'CANCELLED' || Date.parse(checkInUntil) < Date.now());
        const live = shifts.filter((shift) => !over.includes(shift));
        const list = (which: typeof shifts) => <ul className={look.shifts}>{which.map((shift) => <DeskShift key={shift.id} shift={shift} reread={reread} />)}</ul>;
        return (
          <>
            <Heading above={<><Back to={pathOf('teamDesk', task.team.id)}>{task.team.name}</Back><span>{t(`TaskState.${task.state}`)}</span></>} lang={task.language.toLowerCase()}>{task.title}</Heading>
            <LeadsOnly viewer={viewer} action="UPDATE_TASK" of={task.availableActions}>
              {task.cancelReason && <Notice kind="warn">{t('task.cancelled', { reason: task.cancelReason })}</Notice>}
              <TaskResult task={task} photos={photosOfResult(task)} />
              <TaskMoves id={id} of={actions} />
              <Panel title={t('task.shifts')} aside={live.length}>
                {live.length === 0 && <p>{t('task.noShifts')}</p>}
                {list(live)}
                {over.length > 0 && <More words={t('lead.task.over', { count: over.length })}>{list(over)}</More>}
                <AddShift taskId={id} last={shifts.findLast(({ state }) => state === 'PLANNED')} of={actions} reread={reread} />
              </Panel>
              <ProgressForm taskId={id} percent={task.percent} of={actions} reread={reread} />
              <ClaimForm taskId={id} of={actions} coming={shifts.filter(({ startsAt, state }) => state === 'PLANNED' && Date.parse(startsAt) > Date.now())} />
              <Progress task={task} result={task.claim !== null} />
              <EditTask task={task} adultsOnly={adultsOnlyWork} of={actions} />
              <p><Link to={pathOf('task', id)}>{t('lead.task.page')}</Link></p>
            </LeadsOnly>
          </>
        );
      }}
    </Desk>
  );
}

import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import { Seats, seatsPart } from '../../../modules/task/seats';
import { Card } from '../../../parts/card';
import { pathOf } from '../../../paths';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';
import { dotted } from '../../../words/dotted';

export const leadTask = graphql(
  `fragment LeadTask on Task {
    id title language state percent createdAt
    nextShift { id startsAt seats { ...SeatsPart } }
    sentBack { id verb words }
    shifts(filter: {from: $from}, first: 8) { nodes { id startsAt endsAt checkInFrom checkInUntil state waiting seats { capacity taken free } } }
    updates(first: 1) { nodes { id createdAt } }
  }`,
  [seatsPart],
);

/** A task on its team's desk. */
export function TaskRow({ task: of, state }: { task: FragmentOf<typeof leadTask>; state?: boolean }) {
  const { t } = useTranslation();
  const format = useFormats();
  const task = readFragment(leadTask, of);
  const next = task.nextShift;
  const told = [
    state && t(`TaskState.${task.state}`),
    next && t('lead.tasks.next', { at: format.moment(next.startsAt) }),
    task.percent > 0 && t('progress.done', { percent: task.percent }),
  ];
  return (
    <Card to={pathOf('taskDesk', task.id)} title={task.title}>
      <p>{dotted(...told)}</p>
      {next && (task.state === 'OPEN' || task.state === 'IN_PROGRESS') && <Seats of={next.seats} />}
    </Card>
  );
}

import { memo } from 'react';
import { Link } from 'react-router';
import { type FragmentOf, graphql, readFragment, type ResultOf } from '../../graphql';
import { actionPart } from '../../parts/action';
import { Day } from '../../parts/day';
import { useReason } from '../../parts/reason';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import { dotted } from '../../words/dotted';
import { FocusMark } from '../ngo/focus';
import look from './row.module.css';
import { Seats, seatsPart } from './seats';

export const taskRow = graphql(
  `fragment TaskRow on Task {
    id title language minAge
    nextShift { id startsAt seats { ...SeatsPart } }
    team { id name }
    ngo { id focus }
    district { id name }
    shifts(first: 4) { nodes { id startsAt mySignup { id state position } availableActions { ...ActionPart } } }
  }`,
  [seatsPart, actionPart],
);

/** Tasks one below the other; side by side if there is room. */
export function TaskList({ tasks }: { tasks: readonly (FragmentOf<typeof taskRow> & { id: string })[] }) {
  return (
    <ul className={look.list}>
      {tasks.map((task) => <TaskRow key={task.id} task={task} />)}
    </ul>
  );
}

/**
 * A task in a list: when, what, where, how many people are needed, and why the viewer cannot join, if so. In a long list only
 * changed rows are drawn again.
 */
const TaskRow = memo(function TaskRow({ task: of }: { task: FragmentOf<typeof taskRow> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const task = readFragment(taskRow, of);
  const next = task.nextShift;
  return (
    <li className={look.row} data-focus={task.ngo.focus}>
      {next ? <Day at={next.startsAt} /> : <span />}
      <div className={look.what}>
        <FocusMark focus={task.ngo.focus} />
        <h3 lang={task.language.toLowerCase()}>
          <Link to={pathOf('task', task.id)}>{task.title}</Link>
        </h3>
        <p className={look.where}>
          {dotted(next && format.time(next.startsAt), task.district.name, task.minAge && t('tasks.fromAge', { count: task.minAge }))}
        </p>
        {next && <Seats of={next.seats} />}
        <Standing shifts={task.shifts.nodes} />
      </div>
    </li>
  );
});

/** My own sign-up, or why I cannot sign up for any future shift. */
function Standing({ shifts }: { shifts: ResultOf<typeof taskRow>['shifts']['nodes'] }) {
  const { t } = useTranslation();
  const reason = useReason();
  const mine = shifts.find(({ mySignup }) => mySignup)?.mySignup;
  if (mine) return <p className={look.mine}>{mine.position ? t('signup.position', { position: mine.position }) : t(`SignupState.${mine.state}`)}</p>;
  const answers = shifts
    .filter(({ startsAt }) => new Date(startsAt) > new Date())
    .map(({ availableActions }) => availableActions.map((part) => readFragment(actionPart, part)).find(({ action }) => action === 'SIGN_UP'));
  const [first] = answers;
  if (!first?.reason || first.reason === 'UNAUTHENTICATED' || answers.some((answer) => answer?.allowed)) return null;
  return <p className={look.why}>{reason(first.reason)}</p>;
}

import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { mayCheckIn, mySignupPart } from '../../modules/signup/my-signup';
import { More } from '../../parts/more';
import { Panel } from '../../parts/panel';
import { useTranslation } from '../../words';
import { ShiftRow, shiftPart } from './shift';
import look from './shifts.module.css';

export const shiftsPart = graphql(
  `fragment ShiftsPart on Task {
    shifts(first: 20) { nodes { id startsAt ...ShiftPart } }
  }`,
  [shiftPart],
);

/** Whether I am on a shift's waiting list, or am offered a seat. */
export const waits = (task: FragmentOf<typeof shiftsPart>) =>
  readFragment(shiftsPart, task).shifts.nodes.some((shift) => ['WAITLISTED', 'OFFERED'].includes(readFragment(mySignupPart, readFragment(shiftPart, shift).mySignup)?.state ?? ''));

/** Whether I am expected on a shift, or there: then it does not count as a past shift. */
function mine(shift: FragmentOf<typeof shiftPart>): boolean {
  const { mySignup } = readFragment(shiftPart, shift);
  return Boolean(mySignup && (mayCheckIn(mySignup) || readFragment(mySignupPart, mySignup).state === 'CHECKED_IN'));
}

/** The future shifts, and folded away those that have begun. */
export function Shifts({ task, reread }: { task: FragmentOf<typeof shiftsPart>; reread: () => void }) {
  const { t } = useTranslation();
  const { nodes } = readFragment(shiftsPart, task).shifts;
  const toCome = nodes.filter((shift) => new Date(shift.startsAt) > new Date() || mine(shift));
  const begun = nodes.filter((shift) => !toCome.includes(shift));
  const list = (shifts: typeof nodes) => <ul className={look.shifts}>{shifts.map((shift) => <ShiftRow key={shift.id} shift={shift} reread={reread} />)}</ul>;
  return (
    <Panel title={t('task.shifts')}>
      {toCome.length > 0 ? list(toCome) : <p className={look.none}>{t('task.noShifts')}</p>}
      {begun.length > 0 && (
        <More words={t('task.begun', { count: begun.length })}>{list(begun)}</More>
      )}
    </Panel>
  );
}

import { type FragmentOf, graphql, readFragment } from '../../../../graphql';
import { Panel } from '../../../../parts/panel';
import { useTranslation } from '../../../../words';
import { useFormats } from '../../../../words/dates';
import look from './attendance.module.css';

export const attendancePart = graphql(`fragment CameToShiftsPart on Task {
  shifts(first: 20) {
    nodes {
      id startsAt endsAt state
      came: signups(filter: {states: [CHECKED_IN, COMPLETED]}, first: 1) { totalCount }
      missed: signups(filter: {states: [NO_SHOW]}, first: 1) { totalCount }
      unmarked: signups(filter: {states: [CONFIRMED]}, first: 1) { totalCount }
    }
  }
}`);

/** How many people came to each shift. */
export function Attendance({ task: of }: { task: FragmentOf<typeof attendancePart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const shifts = readFragment(attendancePart, of).shifts.nodes.filter(({ state }) => state === 'PLANNED');
  return (
    <Panel title={t('claim.attendance')}>
      <table className={look.table}>
        <thead>
          <tr><th scope="col">{t('claim.shift')}</th><th scope="col">{t('claim.came')}</th><th scope="col">{t('claim.missed')}</th><th scope="col">{t('claim.unmarked')}</th></tr>
        </thead>
        <tbody>
          {shifts.map(({ id, startsAt, came, missed, unmarked }) => (
            <tr key={id}>
              <th scope="row">{format.moment(startsAt)}</th>
              <td>{format.number(came?.totalCount ?? 0)}</td>
              <td>{format.number(missed?.totalCount ?? 0)}</td>
              <td data-warn={(unmarked?.totalCount ?? 0) > 0 || undefined}>{format.number(unmarked?.totalCount ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

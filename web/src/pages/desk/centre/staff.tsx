import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import look from '../../../modules/desk/centre/centre.module.css';
import { Panel } from '../../../parts/panel';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';

export const staffPart = graphql(`fragment StaffPart on Centre { staff(first: 50) { nodes { id role givenAt person { id displayName } } } }`);

/** Who works at the centre. Officers give and end these roles. */
export function Staff({ centre: of }: { centre: FragmentOf<typeof staffPart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const staff = readFragment(staffPart, of).staff?.nodes ?? [];
  return (
    <Panel title={t('centreDesk.staff')}>
      <ul className={look.rows}>
        {staff.map(({ id, role, givenAt, person }) => (
          <li key={id} className={look.row}>
            <h3>{person.displayName}</h3>
            <p>{t('me.memberSince', { role: t(`Role.${role}`), date: format.date(givenAt) })}</p>
          </li>
        ))}
      </ul>
      <p className={look.quiet}>{t('centreDesk.staffText')}</p>
    </Panel>
  );
}

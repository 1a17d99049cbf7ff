import { Suspense } from 'react';
import { NavLink, Outlet } from 'react-router';
import { Waiting } from '../../../parts/states';
import { paths } from '../../../paths';
import { useTranslation } from '../../../words';
import look from './frame.module.css';

const parts = [
  ['plan', paths.cityDesk],
  ['centres', paths.cityCentres],
  ['ngos', paths.cityNgos],
  ['people', paths.cityPeople],
  ['reports', paths.cityReports],
  ['audit', paths.cityAudit],
  ['calendar', paths.cityCalendar],
  ['letters', paths.cityLetters],
] as const;

/** The frame of the pages of the city's desk, with the links between them. */
export default function City() {
  const { t } = useTranslation();
  return (
    <>
      <nav className={look.ways} aria-label={t('desk.city')}>
        {parts.map(([part, to]) => (
          <NavLink key={part} to={to} end={part === 'plan'}>{t(`city.way.${part}`)}</NavLink>
        ))}
      </nav>
      <Suspense fallback={<Waiting />}>
        <Outlet />
      </Suspense>
    </>
  );
}

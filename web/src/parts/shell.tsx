import { type ReactNode, useSyncExternalStore } from 'react';
import { Link, NavLink } from 'react-router';
import { useHasDesk } from '../client/desk';
import { paths } from '../paths';
import { useTranslation } from '../words';
import { Bell } from './bell';
import { Languages } from './languages';
import { Notice } from './notice';
import { OpenQuestion } from './question';
import look from './shell.module.css';

/** The frame of every page: the name, the navigation, the language, and a message when there is no network. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const hasDesk = useHasDesk();
  const online = useSyncExternalStore(onNetwork, () => navigator.onLine);
  return (
    <>
      <a className={look.skip} href="#page">{t('shell.skip')}</a>
      <header className={look.head}>
        <Link className={look.name} to={paths.home}>
          <svg viewBox="0 0 40 24" aria-hidden="true"><path d="M1 22 12 8l5 6L25 3l14 19" /></svg>
          <span>{t('shell.name')}</span>
        </Link>
        <nav className={look.ways} aria-label={t('shell.ways')}>
          <Way to={paths.home} words={t('shell.home')} path="M4 11 12 4l8 7v9h-5v-6H9v6H4z" />
          <Way to={paths.tasks} words={t('shell.tasks')} path="M4 6h2m3 0h11M4 12h2m3 0h11M4 18h2m3 0h11" />
          <Way to={paths.ngos} words={t('shell.ngos')} path="M8 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zm-6 9c0-3.500 2.700-5.500 6-5.500s6 2 6 5.500M16.500 11a3 3 0 1 0-1-5.800M17 14.600c2.900.200 5 2.200 5 5.400" />
          {hasDesk && <Way to={paths.desk} words={t('shell.desk')} path="M3 9h18M5 9v10m14-10v10M8 9V5h8v4M9 13h6" />}
          <Way to={paths.me} words={t('shell.me')} path="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-8 9c0-4 3.6-6 8-6s8 2 8 6" />
        </nav>
        <div className={look.tools}>
          <NavLink to={paths.search} className={look.tool} aria-label={t('search.title')}>
            <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M10.5 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM20 20l-4.800-4.800" /></svg>
          </NavLink>
          <Bell className={look.tool} />
          <Languages />
        </div>
      </header>
      <main id="page" className={look.page} tabIndex={-1}>
        {!online && <Notice kind="wait">{t('shell.offline')}</Notice>}
        {children}
      </main>
      <OpenQuestion />
    </>
  );
}

function Way({ to, words, path }: { to: string; words: string; path: string }) {
  return (
    <NavLink to={to} end={to === paths.home} className={look.way}>
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg>
      {words}
    </NavLink>
  );
}

function onNetwork(change: () => void) {
  addEventListener('online', change);
  addEventListener('offline', change);
  return () => {
    removeEventListener('online', change);
    removeEventListener('offline', change);
  };
}

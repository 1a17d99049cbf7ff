import { NavLink } from 'react-router';
import { useUnread } from '../client/unread';
import { paths } from '../paths';
import { useTranslation } from '../words';
import look from './bell.module.css';

/** The link to the person's notices, with the number of unread ones; nothing for a visitor. */
export function Bell({ className }: { className?: string }) {
  const { t } = useTranslation();
  const unread = useUnread();
  if (unread === undefined) return null;
  return (
    <NavLink to={paths.notices} end className={className} data-bell aria-label={unread > 0 ? t('notices.unread', { count: unread }) : t('notices.title')}>
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3.500a6 6 0 0 0-6 6c0 5-2 6.500-2 7.500h16c0-1-2-2.500-2-7.500a6 6 0 0 0-6-6zM10 20.500h4" /></svg>
      {unread > 0 && <b className={look.count}>{unread > 99 ? '99+' : unread}</b>}
    </NavLink>
  );
}

import { Link } from 'react-router';
import { paths } from '../../paths';
import { useTranslation } from '../../words';
import look from './account.module.css';

/** The links to the pages about the account. */
export function Account() {
  const { t } = useTranslation();
  return (
    <ul className={look.ways}>
      <li><Link to={paths.record}>{t('record.mine.to')}</Link></li>
      <li><Link to={paths.profile}>{t('me.toProfile')}</Link></li>
      <li><Link to={paths.security}>{t('me.toSecurity')}</Link></li>
      <li><Link to={paths.noticeSettings}>{t('notices.settings')}</Link></li>
      <li><Link to={paths.data}>{t('me.toData')}</Link></li>
    </ul>
  );
}

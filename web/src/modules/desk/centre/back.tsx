import { Link } from 'react-router';
import { pathOf } from '../../../paths';
import { useTranslation } from '../../../words';
import look from './back.module.css';

/** The link from a part of a centre's desk to the whole. */
export function Back({ centre: { id, name } }: { centre: { id: string; name: string } }) {
  const { t } = useTranslation();
  return <Link className={look.back} to={pathOf('centreDesk', id)} aria-label={t('centreDesk.back', { name })}>{name}</Link>;
}

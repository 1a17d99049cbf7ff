import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { signInFirst } from '../../client/session';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { Notice } from '../../parts/notice';
import { paths } from '../paths';
import look from './roles-wait.module.css';

export const rolesWaitPart = graphql(`fragment RolesWaitPart on Person { secondFactor { active rolesWait } }`);

/** Says so where the person's roles do not act for want of a second factor, and leads to one. */
export function RolesWait({ person }: { person: FragmentOf<typeof rolesWaitPart> }) {
  const { t } = useTranslation();
  const { secondFactor } = readFragment(rolesWaitPart, person);
  if (!secondFactor?.rolesWait) return null;
  return (
    <Notice kind="wait">
      <p>{secondFactor.active ? t('me.rolesWaitCode') : t('me.rolesWait')}</p>
      {secondFactor.active ? (
        <Link className={look.way} to={signInFirst(paths.me)}>{t('account.enter')}</Link>
      ) : (
        <Link className={look.way} to={`${paths.security}#factor`}>{t('me.toFactor')}</Link>
      )}
    </Notice>
  );
}

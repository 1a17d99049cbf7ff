import { useLocation } from 'react-router';
import { signInFirst } from '../../client/session';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { ButtonLink } from '../../parts/button';
import { paths } from '../../paths';
import { useTranslation } from '../../words';

export const factorFirstPart = graphql(`fragment FactorFirstPart on Person { id secondFactor { active rolesWait } }`);

/** Whether the person's roles wait for a second factor. */
export const rolesWait = (person: FragmentOf<typeof factorFirstPart>) => Boolean(readFragment(factorFirstPart, person).secondFactor?.rolesWait);

/** Explains why roles wait for a second factor, and links to setting one up, or to signing in with it. */
export function FactorFirst({ person }: { person: FragmentOf<typeof factorFirstPart> }) {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const active = readFragment(factorFirstPart, person).secondFactor?.active;
  return (
    <>
      <p>{active ? t('me.rolesWaitCode') : t('me.rolesWait')}</p>
      <div>{active ? <ButtonLink to={signInFirst(pathname + search)}>{t('account.enter')}</ButtonLink> : <ButtonLink to={`${paths.security}#factor`}>{t('me.toFactor')}</ButtonLink>}</div>
    </>
  );
}

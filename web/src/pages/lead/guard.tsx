import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { signInFirst } from '../../client/session';
import { type Enum, type FragmentOf, readFragment } from '../../graphql';
import { actionPart } from '../../parts/action';
import { ButtonLink } from '../../parts/button';
import { State } from '../../parts/states';
import { paths } from '../paths';

type Props = {
  viewer: { id: string } | null;
  /** What leads alone may do to what the desk is about, now or at another time. */
  action: Enum<'Action'>;
  of: readonly FragmentOf<typeof actionPart>[];
  children: ReactNode;
};

/** A part of a desk for its leads: visitors sign in first, to others it says whose it is. */
export function LeadsOnly({ viewer, action, of, children }: Props) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  if (!viewer) return <Navigate to={signInFirst(pathname)} replace />;
  const mine = of.map((part) => readFragment(actionPart, part)).some((part) => part.action === action && part.reason !== 'NOT_LEAD');
  if (mine) return children;
  return (
    <State title={t('lead.notYours')} text={t('lead.notYoursText')}>
      <ButtonLink to={paths.desk}>{t('desk.title')}</ButtonLink>
    </State>
  );
}

/** Those of the actions whose time is now; why one of them is not possible is worth to know. */
export function usable(actions: readonly FragmentOf<typeof actionPart>[]) {
  return actions.filter((part) => readFragment(actionPart, part).reason !== 'WRONG_STATE');
}

import type { ComponentProps, ReactNode } from 'react';
import { Link, Navigate, useLocation } from 'react-router';
import { useOwnDesk } from '../../client/desk';
import { refusalOf } from '../../client/refusal';
import { signInFirst } from '../../client/session';
import { type Enum, type FragmentOf, readFragment } from '../../graphql';
import { actionPart } from '../../parts/action';
import { ButtonLink } from '../../parts/button';
import { Loaded, State } from '../../parts/states';
import { paths } from '../../paths';
import { useTranslation } from '../../words';
import look from './guard.module.css';

/** Shows a desk's query. It exceeds a visitor's cost limit, so a visitor signs in first. */
export function Desk<Data extends object>(props: ComponentProps<typeof Loaded<Data>>) {
  const { pathname } = useLocation();
  const [{ error }] = props.query;
  if (error && refusalOf(error).code === 'TOO_COSTLY') return <Navigate to={signInFirst(pathname)} replace />;
  return <Loaded {...props} />;
}

/** The link back to what the page is a part of. */
export function Back({ to, children }: { to: string; children: string }) {
  return <Link to={to} className={look.back}>{children}</Link>;
}

type Props = {
  viewer: { id: string } | null;
  /** An action on the desk's object that only leads have, now or at another time. */
  action: Enum<'Action'>;
  of: readonly FragmentOf<typeof actionPart>[];
  children: ReactNode;
};

/** A part of a desk for its leads: visitors sign in first, others are told whose it is. */
export function LeadsOnly({ viewer, action, of, children }: Props) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const mine = of.map((part) => readFragment(actionPart, part)).some((part) => part.action === action && part.reason !== 'NOT_LEAD' && part.reason !== 'NOT_YOUR_NGO');
  useOwnDesk(Boolean(viewer) && mine);
  if (!viewer) return <Navigate to={signInFirst(pathname)} replace />;
  if (mine) return children;
  return (
    <State title={t('lead.notYours')} text={t('lead.notYoursText')}>
      <ButtonLink to={paths.desk}>{t('desk.title')}</ButtonLink>
    </State>
  );
}

/** The actions that fit the present state; why one of them is not possible is worth knowing. */
export function usable(actions: readonly FragmentOf<typeof actionPart>[]) {
  return actions.filter((part) => readFragment(actionPart, part).reason !== 'WRONG_STATE');
}

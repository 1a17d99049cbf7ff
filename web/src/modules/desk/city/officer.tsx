import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useOwnDesk } from '../../../client/desk';
import { signInFirst } from '../../../client/session';
import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import { useReason } from '../../../parts/reason';
import { State } from '../../../parts/states';
import { useTranslation } from '../../../words';
import { FactorFirst, factorFirstPart, rolesWait } from '../../account/factor-first';

export const officerPart = graphql(`fragment CityOfficer on Person { id grants { id role } ...FactorFirstPart }`, [factorFirstPart]);

/** Shows its content to officers, and tells others why not. */
export function Officer({ viewer, children }: { viewer: FragmentOf<typeof officerPart> | null; children: ReactNode }) {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const reason = useReason();
  const person = readFragment(officerPart, viewer);
  const officer = Boolean(person?.grants?.some(({ role }) => role === 'CITY_OFFICER'));
  useOwnDesk(officer);
  if (!person) return <Navigate to={signInFirst(pathname + search)} replace />;
  if (!officer) return <State title={t('city.notYours')} text={reason('NOT_OFFICER')} />;
  return rolesWait(person) ? <State title={t('desk.notYet')}><FactorFirst person={person} /></State> : children;
}

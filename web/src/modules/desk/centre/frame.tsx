import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useOwnDesk } from '../../../client/desk';
import { signInFirst } from '../../../client/session';
import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import { Heading } from '../../../parts/heading';
import { useReason } from '../../../parts/reason';
import { State } from '../../../parts/states';
import { useTranslation } from '../../../words';
import { FactorFirst, factorFirstPart, rolesWait } from '../../account/factor-first';
import { Back } from './back';

export const framePart = graphql(`fragment FramePart on Person { id grants { id role centre { id } } ...FactorFirstPart }`, [factorFirstPart]);

type Props = {
  viewer: FragmentOf<typeof framePart> | null;
  centre: { id: string; name: string };
  /** For a part of the desk; the desk itself has the centre's name. */
  title?: string;
  below?: ReactNode;
  children: ReactNode;
};

/** A page of a centre's desk: only for its coordinators. */
export function Frame({ viewer: of, centre, title, below, children }: Props) {
  const { t } = useTranslation();
  const reason = useReason();
  const { pathname, search } = useLocation();
  const viewer = readFragment(framePart, of);
  const coordinates = Boolean(viewer?.grants?.some(({ role, centre: scope }) => role === 'COORDINATOR' && scope?.id === centre.id));
  useOwnDesk(coordinates);
  if (!viewer) return <Navigate to={signInFirst(pathname + search)} replace />;
  return (
    <>
      <Heading above={title && <Back centre={centre} />} below={below}>{title ?? centre.name}</Heading>
      {!coordinates ? <State title={t('centreDesk.notYours')} text={reason('NOT_YOUR_CENTRE')} /> : rolesWait(viewer) ? <State title={t('desk.notYet')}><FactorFirst person={viewer} /></State> : children}
    </>
  );
}

import type { FragmentOf } from '../../graphql';
import { Notice } from '../../parts/notice';
import { FactorFirst, type factorFirstPart, rolesWait } from './factor-first';

/** Says so if the person's roles have no effect without a second factor, and links to setting one up. */
export function RolesWait({ person }: { person: FragmentOf<typeof factorFirstPart> }) {
  return rolesWait(person) ? <Notice kind="wait"><FactorFirst person={person} /></Notice> : null;
}

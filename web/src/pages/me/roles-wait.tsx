import type { FragmentOf } from '../../graphql';
import { FactorFirst, type factorFirstPart, rolesWait } from '../../parts/factor-first';
import { Notice } from '../../parts/notice';

/** Says so where the person's roles do not act for want of a second factor, and leads to one. */
export function RolesWait({ person }: { person: FragmentOf<typeof factorFirstPart> }) {
  return rolesWait(person) ? <Notice kind="wait"><FactorFirst person={person} /></Notice> : null;
}

import { Link } from 'react-router';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import look from './membership.module.css';

export const membershipPart = graphql(`fragment MembershipPart on Membership { state role joinedAt expiresAt team { id name ngo { id name } } }`);

/** A team that I am in, am invited to, or ask to join. */
export function MembershipRow({ membership: of }: { membership: FragmentOf<typeof membershipPart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { state, role, joinedAt, expiresAt, team } = readFragment(membershipPart, of);
  if (!team) return <li className={look.membership}>{t('me.hiddenTeam')}</li>;
  return (
    <li className={look.membership}>
      <h3><Link to={pathOf('team', team.id)}>{team.name}</Link></h3>
      <p>{team.ngo.name}</p>
      <p>
        {joinedAt && t('me.memberSince', { role: t(`TeamRole.${role}`), date: format.date(joinedAt) })}
        {expiresAt && t('me.answerUntil', { state: t(`MembershipState.${state}`), date: format.date(expiresAt) })}
      </p>
    </li>
  );
}

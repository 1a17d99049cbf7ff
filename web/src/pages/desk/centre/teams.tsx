import { Link } from 'react-router';
import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import look from '../../../modules/desk/centre/centre.module.css';
import { FocusMark } from '../../../modules/ngo/focus';
import { Panel } from '../../../parts/panel';
import { pathOf } from '../../../paths';
import { useTranslation } from '../../../words';
import { dotted } from '../../../words/dotted';

export const hostedPart = graphql(`fragment HostedPart on Centre {
  teamCount
  teams(first: 50) { nodes { id name memberCount freeSeats unmarked ngo { id focus } taskCounts { state tasks } } }
}`);

/** The teams that the centre hosts: what each is working on, and what it has to do. */
export function HostedTeams({ centre: of }: { centre: FragmentOf<typeof hostedPart> }) {
  const { t } = useTranslation();
  const { teamCount, teams } = readFragment(hostedPart, of);
  return (
    <Panel title={t('centreDesk.teams')} aside={<b className={look.count}>{teamCount}</b>}>
      {teamCount === 0 && <p className={look.quiet}>{t('centre.noTeams')}</p>}
      <ul className={look.rows}>
        {teams.nodes.map(({ id, name, memberCount, freeSeats, unmarked, ngo, taskCounts }) => {
          const live = taskCounts.filter(({ state }) => state === 'OPEN' || state === 'IN_PROGRESS').reduce((sum, { tasks }) => sum + tasks, 0);
          return (
            <li key={id} className={look.row}>
              <FocusMark focus={ngo.focus} />
              <h3><Link to={pathOf('team', id)}>{name}</Link></h3>
              <p>{dotted(t('team.members', { count: memberCount }), live > 0 ? t('team.live', { count: live }) : t('centreDesk.idle'))}</p>
              {freeSeats > 0 && <p className={look.wait}>{t('centreDesk.freeSeats', { count: freeSeats })}</p>}
              {Boolean(unmarked) && <p className={look.wait}>{t('centreDesk.unmarked', { count: unmarked! })}</p>}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { Card } from '../../parts/card';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import { dotted } from '../../words/dotted';
import { FocusMark } from './focus';

export const teamCard = graphql(`fragment TeamCard on Team { id name about language memberCount ngo { id focus } taskCounts { state tasks } }`);

/** A team in a list: what it does, how many members it has, its current tasks and its confirmed results. */
export function TeamCard({ team: of }: { team: FragmentOf<typeof teamCard> }) {
  const { t } = useTranslation();
  const { id, name, about, language, memberCount, ngo, taskCounts } = readFragment(teamCard, of);
  const tasks = (...states: string[]) => taskCounts.filter(({ state }) => states.includes(state)).reduce((sum, counted) => sum + counted.tasks, 0);
  const [live, verified] = [tasks('OPEN', 'IN_PROGRESS'), tasks('VERIFIED')];
  return (
    <Card to={pathOf('team', id)} title={name} above={<FocusMark focus={ngo.focus} />}>
      {about && <p lang={language.toLowerCase()}>{about}</p>}
      <p>
        {dotted(t('team.members', { count: memberCount }), live > 0 && t('team.live', { count: live }), verified > 0 && t('team.verified', { count: verified }))}
      </p>
    </Card>
  );
}

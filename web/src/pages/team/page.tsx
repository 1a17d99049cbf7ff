import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../graphql';
import { Report } from '../../modules/moderation/report-button';
import { FocusMark } from '../../modules/ngo/focus';
import { TaskList, taskRow } from '../../modules/task/row';
import { Totals, totalPart } from '../../modules/task/totals';
import { actionPart } from '../../parts/action';
import { Fact, Facts } from '../../parts/facts';
import { Heading } from '../../parts/heading';
import { Panel } from '../../parts/panel';
import { Loaded } from '../../parts/states';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import { startOfDay } from '../../words/dates';
import { Joining, joiningPart } from './joining';

const teamQuery = graphql(
  `query Team($id: ID!, $year: Int!) {
    team(id: $id) {
      id name about language memberCount
      ngo { id name focus }
      centre { id name }
      availableActions { ...ActionPart }
      ...JoiningPart
      ofYear: results(year: $year) { ...TotalPart }
      ofAll: results { ...TotalPart }
      tasks(first: 10) { nodes { id ...TaskRow } }
    }
  }`,
  [actionPart, joiningPart, taskRow, totalPart],
);

export default function Team() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [year] = useState(() => Number(startOfDay(0).slice(0, 4)));
  const query = useQuery({ query: teamQuery, variables: { id, year } });
  return (
    <Loaded query={query}>
      {({ team }, reread) =>
        team && (
          <>
            <Heading
              above={<><FocusMark focus={team.ngo.focus} /><span>{t('team.members', { count: team.memberCount })}</span></>}
              below={team.about && <p lang={team.language.toLowerCase()}>{team.about}</p>}
            >
              {team.name}
            </Heading>
            <Joining team={team} reread={reread} />
            <Facts>
              <Fact name={t('team.ngo')}><Link to={pathOf('ngo', team.ngo.id)}>{team.ngo.name}</Link></Fact>
              <Fact name={t('team.centre')}><Link to={pathOf('centre', team.centre.id)}>{team.centre.name}</Link></Fact>
            </Facts>
            <Panel title={t('team.tasks')}>
              {team.tasks.nodes.length === 0 && <p>{t('team.noTasks')}</p>}
              <TaskList tasks={team.tasks.nodes} />
            </Panel>
            <Panel title={t('totals.title')}><Totals year={year} ofYear={team.ofYear} ofAll={team.ofAll} /></Panel>
            <Report subjects={[{ id, name: t('ModerationSubject.TEAM') }]} of={team.availableActions} />
          </>
        )
      }
    </Loaded>
  );
}

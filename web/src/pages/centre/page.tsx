import { useState } from 'react';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../graphql';
import { TeamCard, teamCard } from '../../modules/ngo/team-card';
import { TaskList, taskRow } from '../../modules/task/row';
import { Totals, totalPart } from '../../modules/task/totals';
import { Cards } from '../../parts/card';
import { Fact, Facts } from '../../parts/facts';
import { Heading } from '../../parts/heading';
import { Panel } from '../../parts/panel';
import { Loaded } from '../../parts/states';
import { useTranslation } from '../../words';
import { startOfDay, useFormats } from '../../words/dates';
import { hoursIn } from '../../words/hours';

const centreQuery = graphql(
  `query Centre($id: ID!, $year: Int!) {
    centre(id: $id) {
      id name state openedOn address capacity openingHours
      district { id name }
      ofYear: results(year: $year) { ...TotalPart }
      ofAll: results { ...TotalPart }
      teams(first: 20) { nodes { id ...TeamCard } }
    }
    toCome: tasks(filter: { centreId: $id, states: [OPEN, IN_PROGRESS] }, order: SOONEST, first: 10) { nodes { id ...TaskRow } }
  }`,
  [teamCard, taskRow, totalPart],
);

export default function Centre() {
  const { t } = useTranslation();
  const format = useFormats();
  const { id = '' } = useParams();
  const [year] = useState(() => Number(startOfDay(0).slice(0, 4)));
  const query = useQuery({ query: centreQuery, variables: { id, year } });
  return (
    <Loaded query={query}>
      {({ centre, toCome }) =>
        centre && (
          <>
            <Heading above={<span>{t(`CentreState.${centre.state}`)}</span>}>{centre.name}</Heading>
            <Facts>
              <Fact name={t('centre.address')}>{centre.address}</Fact>
              <Fact name={t('centre.district')}>{centre.district.name}</Fact>
              <Fact name={t('centre.hours')}>{centre.openingHours && hoursIn(centre.openingHours, format.weekday, t('centre.off'))}</Fact>
              <Fact name={t('centre.capacity')}>{centre.capacity && t('centre.people', { count: centre.capacity })}</Fact>
              <Fact name={t('centre.openedOn')}>{centre.openedOn && format.date(centre.openedOn)}</Fact>
            </Facts>
            <Panel title={t('centre.tasks')}>
              {toCome.nodes.length === 0 && <p>{t('centre.noTasks')}</p>}
              <TaskList tasks={toCome.nodes} />
            </Panel>
            <Panel title={t('totals.title')}><Totals year={year} ofYear={centre.ofYear} ofAll={centre.ofAll} /></Panel>
            <Panel title={t('centre.teams')}>
              {centre.teams.nodes.length === 0 && <p>{t('centre.noTeams')}</p>}
              <Cards>{centre.teams.nodes.map((team) => <TeamCard key={team.id} team={team} />)}</Cards>
            </Panel>
          </>
        )
      }
    </Loaded>
  );
}

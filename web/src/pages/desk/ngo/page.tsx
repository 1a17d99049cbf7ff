import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../graphql';
import { Desk, LeadsOnly } from '../../../modules/desk/guard';
import { Register } from '../../../modules/desk/register';
import { FocusMark } from '../../../modules/ngo/focus';
import { actionPart } from '../../../parts/action';
import { Card, Cards } from '../../../parts/card';
import { Heading } from '../../../parts/heading';
import { Panel } from '../../../parts/panel';
import { pathOf } from '../../../paths';
import { useTranslation } from '../../../words';
import { dotted } from '../../../words/dotted';
import { NewTeam, newTeamPart } from './new-team';

const ngoDeskQuery = graphql(
  `query NgoDesk($id: ID!) {
    viewer { id }
    ngo(id: $id) {
      id name focus state
      availableActions { ...ActionPart }
      ...NewTeamPart
      teams(first: 50) { nodes { id name memberCount centre { id name } } }
    }
  }`,
  [actionPart, newTeamPart],
);

/** An NGO's desk: its teams, and how to create another. A lead who has just been invited begins here. */
export default function NgoDesk() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ query: ngoDeskQuery, variables: { id } });
  const reread = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <Desk query={query}>
      {({ viewer, ngo }) =>
        ngo && (
          <>
            <Heading above={<><FocusMark focus={ngo.focus} /><span>{t(`NgoState.${ngo.state}`)}</span></>}>{ngo.name}</Heading>
            <LeadsOnly viewer={viewer} action="CREATE_TEAM" of={ngo.availableActions}>
              <Panel title={t('ngos.teams')}>
                {ngo.teams.nodes.length === 0 && <p>{t('ngoDesk.noTeams')}</p>}
                <Cards>
                  {ngo.teams.nodes.map(({ id: team, name, memberCount, centre }) => (
                    <Card key={team} to={pathOf('teamDesk', team)} title={name}>
                      <p>{dotted(t('team.members', { count: memberCount }), centre.name)}</p>
                    </Card>
                  ))}
                </Cards>
                <NewTeam ngo={ngo} reread={reread} />
              </Panel>
              <Register ngo={ngo} />
              <p><Link to={pathOf('ngo', id)}>{t('ngoDesk.page')}</Link></p>
            </LeadsOnly>
          </>
        )
      }
    </Desk>
  );
}

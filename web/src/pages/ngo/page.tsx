import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../graphql';
import { Report } from '../../modules/moderation/report-button';
import { FocusMark } from '../../modules/ngo/focus';
import { TeamCard, teamCard } from '../../modules/ngo/team-card';
import { actionPart } from '../../parts/action';
import { Cards } from '../../parts/card';
import { Fact, Facts } from '../../parts/facts';
import { Heading } from '../../parts/heading';
import { Panel } from '../../parts/panel';
import { Loaded } from '../../parts/states';
import { useTranslation } from '../../words';

const ngoQuery = graphql(
  `query Ngo($id: ID!) { ngo(id: $id) { id name mission language focus state bin availableActions { ...ActionPart } teams(first: 20) { nodes { id ...TeamCard } } } }`,
  [actionPart, teamCard],
);

export default function Ngo() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ query: ngoQuery, variables: { id } });
  return (
    <Loaded query={query}>
      {({ ngo }) =>
        ngo && (
          <>
            <Heading above={<FocusMark focus={ngo.focus} />} below={ngo.mission && <p lang={ngo.language.toLowerCase()}>{ngo.mission}</p>}>{ngo.name}</Heading>
            <Facts>
              <Fact name={t('ngos.state')}>{t(`NgoState.${ngo.state}`)}</Fact>
              <Fact name={t('ngos.bin')}>{ngo.bin}</Fact>
            </Facts>
            <Panel title={t('ngos.teams')}>
              {ngo.teams.nodes.length === 0 && <p>{t('ngos.noTeams')}</p>}
              <Cards>{ngo.teams.nodes.map((team) => <TeamCard key={team.id} team={team} />)}</Cards>
            </Panel>
            <Report subjects={[{ id, name: t('ModerationSubject.NGO') }]} of={ngo.availableActions} />
          </>
        )
      }
    </Loaded>
  );
}

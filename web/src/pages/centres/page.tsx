import { useQuery } from 'urql';
import { graphql, readFragment } from '../../graphql';
import { Card, Cards } from '../../parts/card';
import { Heading } from '../../parts/heading';
import { Panel } from '../../parts/panel';
import { Loaded } from '../../parts/states';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import { dotted } from '../../words/dotted';

const centreCard = graphql(`fragment CentreCard on Centre { id name state address teamCount }`);

const centresQuery = graphql(`query Centres { centres(first: 50) { nodes { id district { id name } ...CentreCard } } }`, [centreCard]);

export default function Centres() {
  const { t } = useTranslation();
  const query = useQuery({ query: centresQuery });
  return (
    <>
      <Heading below={t('centres.below')}>{t('centres.title')}</Heading>
      <Loaded query={query}>
        {({ centres }) =>
          [...Map.groupBy(centres.nodes, ({ district }) => district.name)].map(([district, there]) => (
            <Panel key={district} title={district}>
              <Cards>
                {there.map((part) => readFragment(centreCard, part)).map(({ id, name, state, address, teamCount }) => (
                  <Card key={id} to={pathOf('centre', id)} title={name}>
                    {address && <p>{address}</p>}
                    <p>{dotted(t(`CentreState.${state}`), t('centre.hosted', { count: teamCount }))}</p>
                  </Card>
                ))}
              </Cards>
            </Panel>
          ))
        }
      </Loaded>
    </>
  );
}

import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql, readFragment } from '../../../../graphql';
import { Officer, officerPart } from '../../../../modules/desk/city/officer';
import look from '../../../../modules/desk/city/row.module.css';
import { Card, Cards } from '../../../../parts/card';
import { NativeSelect } from '../../../../parts/field';
import { Heading } from '../../../../parts/heading';
import { Panel } from '../../../../parts/panel';
import { Loaded, State } from '../../../../parts/states';
import { pathOf } from '../../../../paths';
import { useTranslation } from '../../../../words';
import { dotted } from '../../../../words/dotted';

const cityCentre = graphql(`fragment CityCentreCard on Centre { id name state teamCount staff(first: 5) { nodes { id role endedAt person { id displayName } } } }`);

const centresQuery = graphql(
  `query CityCentres($states: [CentreState!]) {
    viewer { id ...CityOfficer }
    centres(filter: {states: $states}, first: 50) { nodes { id district { id name } ...CityCentreCard } }
  }`,
  [officerPart, cityCentre],
);

const states = ['OPEN', 'PLANNED', 'CLOSED'] as const;

/** The city's centres by district: which are open, and who is responsible there. */
export default function CityCentres() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const state = states.find((one) => one === search.get('state'));
  const query = useQuery({ query: centresQuery, variables: { states: state && [state] } });
  return (
    <>
      <Heading below={t('city.centresBelow')}>{t('centres.title')}</Heading>
      <div className={look.filters}>
        <NativeSelect
          label={t('ngos.state')}
          value={state ?? ''}
          data={[{ value: '', label: t('city.anyState') }, ...states.map((value) => ({ value, label: t(`CentreState.${value}`) }))]}
          onChange={({ currentTarget }) => setSearch(currentTarget.value ? { state: currentTarget.value } : {}, { replace: true })}
        />
      </div>
      <Loaded query={query}>
        {({ viewer, centres }) => (
          <Officer viewer={viewer}>
            {centres.nodes.length === 0 && <State title={t('city.noCentres')} text={t('city.otherState')} />}
            {[...Map.groupBy(centres.nodes, ({ district }) => district.name)].map(([district, there]) => (
              <Panel key={district} title={district}>
                <Cards>
                  {there.map((part) => readFragment(cityCentre, part)).map(({ id, name, state: stands, teamCount, staff }) => {
                    const coordinators = staff?.nodes.filter(({ role, endedAt }) => role === 'COORDINATOR' && !endedAt) ?? [];
                    return (
                      <Card key={id} to={pathOf('cityCentre', id)} title={name}>
                        <p>{dotted(t(`CentreState.${stands}`), t('centre.hosted', { count: teamCount }))}</p>
                        {coordinators.length > 0 && <p>{coordinators.map(({ person }) => person.displayName).join(', ')}</p>}
                        {coordinators.length === 0 && stands === 'OPEN' && <p className={look.waits}>{t('city.noCoordinator')}</p>}
                      </Card>
                    );
                  })}
                </Cards>
              </Panel>
            ))}
          </Officer>
        )}
      </Loaded>
    </>
  );
}

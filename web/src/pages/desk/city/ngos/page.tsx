import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql, readFragment } from '../../../../graphql';
import { Officer, officerPart } from '../../../../modules/desk/city/officer';
import look from '../../../../modules/desk/city/row.module.css';
import { FocusMark } from '../../../../modules/ngo/focus';
import { focuses } from '../../../../modules/ngo/focuses';
import { Button, ButtonLink } from '../../../../parts/button';
import { Card, Cards } from '../../../../parts/card';
import { NativeSelect } from '../../../../parts/field';
import { Heading } from '../../../../parts/heading';
import { Loaded, State } from '../../../../parts/states';
import { pathOf, paths } from '../../../../paths';
import { useTranslation } from '../../../../words';
import { dotted } from '../../../../words/dotted';

const cityNgo = graphql(`fragment CityNgoCard on Ngo { id name focus state bin teams(first: 1) { totalCount } }`);

const ngosQuery = graphql(
  `query CityNgos($focus: Focus, $states: [NgoState!]) {
    viewer { id ...CityOfficer }
    ngos(filter: {focus: $focus, states: $states}, first: 100) { totalCount nodes { id ...CityNgoCard } }
  }`,
  [officerPart, cityNgo],
);

const states = ['FORMING', 'ACTIVE', 'SUSPENDED', 'ARCHIVED'] as const;

/** The city's NGOs by focus and state. */
export default function CityNgos() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const focus = focuses.find((one) => one === search.get('focus'));
  const state = states.find((one) => one === search.get('state'));
  const query = useQuery({ query: ngosQuery, variables: { focus, states: state && [state] } });
  const set = (name: string) => ({ currentTarget: { value } }: { currentTarget: HTMLSelectElement }) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
  };
  return (
    <>
      <Heading below={t('city.ngosBelow')}>{t('city.way.ngos')}</Heading>
      <div className={look.filters}>
        <NativeSelect label={t('ngos.state')} value={state ?? ''} data={[{ value: '', label: t('city.anyState') }, ...states.map((value) => ({ value, label: t(`NgoState.${value}`) }))]} onChange={set('state')} />
        <NativeSelect label={t('tasks.by.focus')} value={focus ?? ''} data={[{ value: '', label: t('tasks.anyFocus') }, ...focuses.map((value) => ({ value, label: t(`Focus.${value}`) }))]} onChange={set('focus')} />
        <ButtonLink kind="main" to={paths.cityNgoNew}>{t('Action.CREATE_NGO')}</ButtonLink>
      </div>
      <Loaded query={query}>
        {({ viewer, ngos }) => (
          <Officer viewer={viewer}>
            {ngos.nodes.length === 0 ? (
              <State title={t('city.noNgos')}>
                <Button onClick={() => setSearch({})}>{t('city.allNgos')}</Button>
              </State>
            ) : (
              <>
                <h2 className="unseen">{t('city.way.ngos')}</h2>
                <Cards>
                  {ngos.nodes.map((part) => readFragment(cityNgo, part)).map(({ id, name, focus: works, state: stands, bin, teams }) => (
                    <Card key={id} to={pathOf('cityNgo', id)} title={name} above={<FocusMark focus={works} />}>
                      <p>{dotted(t(`NgoState.${stands}`), t('centre.hosted', { count: teams.totalCount }))}</p>
                      <p>{bin ? `${t('ngos.bin')} ${bin}` : t('city.noBin')}</p>
                    </Card>
                  ))}
                </Cards>
              </>
            )}
          </Officer>
        )}
      </Loaded>
    </>
  );
}

import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql, readFragment } from '../../graphql';
import { FocusMark } from '../../modules/ngo/focus';
import { focuses } from '../../modules/ngo/focuses';
import { ButtonLink } from '../../parts/button';
import { Card, Cards } from '../../parts/card';
import { NativeSelect } from '../../parts/field';
import { Heading } from '../../parts/heading';
import { Loaded, State } from '../../parts/states';
import { pathOf, paths } from '../../paths';
import { useTranslation } from '../../words';
import { dotted } from '../../words/dotted';
import look from './page.module.css';

const ngoCard = graphql(`fragment NgoCard on Ngo { id name mission language focus teams(first: 5) { nodes { id name } } }`);

const ngosQuery = graphql(`query Ngos($focus: Focus) { ngos(filter: {focus: $focus, states: [FORMING, ACTIVE]}, first: 50) { nodes { id ...NgoCard } } }`, [ngoCard]);

export default function Ngos() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const focus = focuses.find((one) => one === search.get('focus'));
  const query = useQuery({ query: ngosQuery, variables: { focus } });
  return (
    <>
      <Heading below={t('ngos.below')}>{t('ngos.title')}</Heading>
      <div className={look.wishes}>
        <NativeSelect
          label={t('tasks.by.focus')}
          value={focus ?? ''}
          data={[{ value: '', label: t('tasks.anyFocus') }, ...focuses.map((value) => ({ value, label: t(`Focus.${value}`) }))]}
          onChange={({ currentTarget }) => setSearch(currentTarget.value ? { focus: currentTarget.value } : {}, { replace: true })}
        />
        <ButtonLink to={paths.centres}>{t('shell.centres')}</ButtonLink>
      </div>
      <Loaded query={query}>
        {({ ngos }) =>
          ngos.nodes.length === 0 ? (
            <State title={t('ngos.none')} text={t('ngos.noneText')} />
          ) : (
            <>
              <h2 className="unseen">{t('ngos.title')}</h2>
              <Cards>
                {ngos.nodes.map((part) => readFragment(ngoCard, part)).map(({ id, name, mission, language, focus: works, teams }) => (
                  <Card key={id} to={pathOf('ngo', id)} title={name} above={<FocusMark focus={works} />}>
                    {mission && <p lang={language.toLowerCase()}>{mission}</p>}
                    <p>{dotted(...teams.nodes.map((team) => team.name)) || t('ngos.noTeams')}</p>
                  </Card>
                ))}
              </Cards>
            </>
          )
        }
      </Loaded>
    </>
  );
}

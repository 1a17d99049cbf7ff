import { Navigate } from 'react-router';
import { useQuery } from 'urql';
import { signInFirst } from '../../client/session';
import { graphql } from '../../graphql';
import { DeskCards, desksPart, useDesks } from '../../modules/desk/desks';
import { Heading } from '../../parts/heading';
import { Loaded, State } from '../../parts/states';
import { paths } from '../../paths';
import { useTranslation } from '../../words';

const deskQuery = graphql(`query Desk { viewer { id ...DesksPart } }`, [desksPart]);

/** Where people work for a team, a centre or the city: a person's only desk, or the choice among several. */
export default function Desk() {
  const { t } = useTranslation();
  const query = useQuery({ query: deskQuery });
  const desks = useDesks(query[0].data?.viewer);
  return (
    <Loaded query={query}>
      {({ viewer }) => {
        if (!viewer) return <Navigate to={signInFirst(paths.desk)} replace />;
        if (desks.length === 1) return <Navigate to={desks[0]!.to} replace />;
        return (
          <>
            <Heading below={t('desk.below')}>{t('desk.title')}</Heading>
            {desks.length === 0 ? <State title={t('desk.none')} text={t('desk.noneText')} /> : <h2 className="unseen">{t('desk.title')}</h2>}
            <DeskCards desks={desks} />
          </>
        );
      }}
    </Loaded>
  );
}

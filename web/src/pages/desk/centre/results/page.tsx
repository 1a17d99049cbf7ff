import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../../graphql';
import { Frame, framePart } from '../../../../modules/desk/centre/frame';
import { useWaiting } from '../../../../modules/desk/centre/waiting';
import { Queue, useQueue } from '../../../../parts/queue';
import { Loaded, State } from '../../../../parts/states';
import { useTranslation } from '../../../../words';
import { dotted } from '../../../../words/dotted';
import { OpenResult } from './result';

const resultsQuery = graphql(
  `query CentreResults($id: ID!) {
    viewer { id ...FramePart }
    centre(id: $id) { id name }
    tasks(filter: { centreId: $id, states: [CLAIMED_DONE] }, first: 50) { nodes { id title language updatedAt team { id name } } }
  }`,
  [framePart],
);

/** The tasks that teams claim to be done, for the centre to verify, longest waiting first. */
export default function CentreResults() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ query: resultsQuery, variables: { id } });
  const waits = useWaiting();
  const tasks = (query[0].data?.tasks?.nodes ?? []).toSorted((a, b) => a.updatedAt.localeCompare(b.updatedAt));
  const queue = useQueue(tasks.map(({ id: at, title, language, updatedAt, team }) => ({ id: at, title, lang: language, below: dotted(team.name, waits(updatedAt)) })));
  return (
    <Loaded query={query}>
      {({ viewer, centre }, reread) =>
        centre && (
          <Frame viewer={viewer} centre={centre} title={t('centreDesk.results')}>
            {tasks.length === 0 && !queue.at ? (
              <State title={t('centreDesk.noResults')} text={t('centreDesk.noResultsText')} />
            ) : (
              <Queue queue={queue} name={t('centreDesk.results')}>
                {(at) => <OpenResult key={at} id={at} onAnswered={() => { queue.next(); reread(); }} />}
              </Queue>
            )}
          </Frame>
        )
      }
    </Loaded>
  );
}

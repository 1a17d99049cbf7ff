import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../graphql';
import { Queue, useQueue } from '../../../parts/queue';
import { Loaded, State } from '../../../parts/states';
import { Frame, framePart } from './frame';
import { OpenProposal } from './proposal';
import { useWaiting } from './waiting';

const proposalsQuery = graphql(
  `query CentreProposals($id: ID!) {
    viewer { id ...FramePart }
    centre(id: $id) { id name }
    toAnswer: proposals(filter: { centre: $id, states: [SUBMITTED, IN_REVIEW] }, order: OLDEST, first: 50) {
      nodes { id title language state createdAt supportCount }
    }
    asked: proposals(filter: { centre: $id, states: [NEEDS_INFO] }, order: OLDEST, first: 50) {
      nodes { id title language state createdAt supportCount }
    }
  }`,
  [framePart],
);

/** The proposals that the centre is to answer, the oldest first, and those whose author was asked something. */
export default function CentreProposals() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ query: proposalsQuery, variables: { id } });
  const { data } = query[0];
  const waits = useWaiting();
  const items = [...(data?.toAnswer.nodes ?? []), ...(data?.asked.nodes ?? [])];
  const queue = useQueue(
    items.map(({ id: at, title, language, state, createdAt, supportCount }) => ({
      id: at,
      title,
      lang: language,
      below: [t(`ProposalState.${state}`), waits(createdAt), t('proposal.supporters', { count: supportCount })].join(' · '),
    })),
  );
  return (
    <Loaded query={query}>
      {({ viewer, centre }, reread) =>
        centre && (
          <Frame viewer={viewer} centre={centre} title={t('centreDesk.proposals')}>
            {items.length === 0 && !queue.at ? (
              <State title={t('centreDesk.noProposals')} text={t('centreDesk.noProposalsText')} />
            ) : (
              <Queue queue={queue} name={t('centreDesk.proposals')}>
                {(at) => <OpenProposal key={at} id={at} onAnswered={() => { queue.next(); reread(); }} />}
              </Queue>
            )}
          </Frame>
        )
      }
    </Loaded>
  );
}

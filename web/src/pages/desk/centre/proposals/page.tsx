import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../../graphql';
import look from '../../../../modules/desk/centre/centre.module.css';
import { Frame, framePart } from '../../../../modules/desk/centre/frame';
import { useWaiting } from '../../../../modules/desk/centre/waiting';
import { Due, duePart } from '../../../../modules/proposal/due';
import { Queue, useQueue } from '../../../../parts/queue';
import { Loaded, State } from '../../../../parts/states';
import { useTranslation } from '../../../../words';
import { dotted } from '../../../../words/dotted';
import { OpenProposal } from './proposal';

const proposalsQuery = graphql(
  `query CentreProposals($id: ID!) {
    viewer { id ...FramePart }
    centre(id: $id) { id name }
    toAnswer: proposals(filter: { centreId: $id, states: [SUBMITTED, IN_REVIEW] }, order: DUE_FIRST, first: 50) {
      nodes { id title language state createdAt supportCount ...DuePart }
    }
    asked: proposals(filter: { centreId: $id, states: [NEEDS_INFO] }, order: OLDEST, first: 50) {
      nodes { id title language state createdAt supportCount ...DuePart }
    }
    late: proposals(filter: { centreId: $id, overdue: true }, first: 1) { totalCount }
  }`,
  [framePart, duePart],
);

/** The proposals that the centre has to answer, earliest deadline first, and those that wait for the author's answer. */
export default function CentreProposals() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ query: proposalsQuery, variables: { id } });
  const { data } = query[0];
  const waits = useWaiting();
  const items = [...(data?.toAnswer?.nodes ?? []), ...(data?.asked?.nodes ?? [])];
  const queue = useQueue(
    items.map((proposal) => ({
      id: proposal.id,
      title: proposal.title,
      lang: proposal.language,
      below: dotted(t(`ProposalState.${proposal.state}`), waits(proposal.createdAt), t('proposal.supporters', { count: proposal.supportCount })),
      mark: <Due proposal={proposal} />,
    })),
  );
  return (
    <Loaded query={query}>
      {({ viewer, centre, late }, reread) =>
        centre && (
          <Frame viewer={viewer} centre={centre} title={t('centreDesk.proposals')} below={late.totalCount > 0 ? <p className={look.late}>{t('due.count', { count: late.totalCount })}</p> : undefined}>
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

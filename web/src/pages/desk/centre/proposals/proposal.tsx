import { Link } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../../graphql';
import look from '../../../../modules/desk/centre/centre.module.css';
import { Answer, answerPart } from '../../../../modules/proposal/answer';
import { Due, duePart } from '../../../../modules/proposal/due';
import { Trail, trailPart } from '../../../../modules/proposal/trail';
import { Fact, Facts } from '../../../../parts/facts';
import { Opened } from '../../../../parts/opened';
import { Loaded } from '../../../../parts/states';
import { pathOf } from '../../../../paths';
import { useTranslation } from '../../../../words';
import { useFormats } from '../../../../words/dates';

const proposalQuery = graphql(
  `query CentreProposal($id: ID!) {
    proposal(id: $id) {
      id title text language place state createdAt supportCount
      district { id name }
      author { id displayName }
      ...AnswerPart
      ...TrailPart
      ...DuePart
    }
  }`,
  [answerPart, trailPart, duePart],
);

/** A proposal as the centre answers it: what is proposed, the possible answers, and what has been said so far. */
export function OpenProposal({ id, onAnswered }: { id: string; onAnswered: () => void }) {
  const { t } = useTranslation();
  const format = useFormats();
  const query = useQuery({ query: proposalQuery, variables: { id } });
  return (
    <Loaded query={query}>
      {({ proposal }, reread) =>
        proposal && (
          <Opened
            title={proposal.title}
            lang={proposal.language}
            above={<><span>{t(`ProposalState.${proposal.state}`)}</span><span>{t('proposal.supporters', { count: proposal.supportCount })}</span><Due proposal={proposal} /></>}
          >
            <p className={look.said} lang={proposal.language.toLowerCase()}>{proposal.text}</p>
            <Answer proposal={proposal} reread={reread} onAnswered={onAnswered} />
            <Facts>
              <Fact name={t('task.where')}>{[proposal.place, proposal.district.name].filter(Boolean).join(', ')}</Fact>
              <Fact name={t('proposal.author')}>{`${proposal.author.displayName}, ${format.date(proposal.createdAt)}`}</Fact>
              <Fact name={t('centreDesk.page')}><Link to={pathOf('proposal', proposal.id)}>{t('centreDesk.asOthers')}</Link></Fact>
            </Facts>
            <Trail proposal={proposal} />
          </Opened>
        )
      }
    </Loaded>
  );
}

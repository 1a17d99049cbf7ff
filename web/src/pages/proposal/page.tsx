import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../graphql';
import { Report } from '../../modules/moderation/report-button';
import { PhotoRow, photoRow } from '../../modules/photos/photo-row';
import { Answer, answerPart } from '../../modules/proposal/answer';
import { Due, duePart } from '../../modules/proposal/due';
import { Merged, mergedPart } from '../../modules/proposal/merged';
import { Support, supportPart } from '../../modules/proposal/support';
import { Trail, trailPart } from '../../modules/proposal/trail';
import { actionPart } from '../../parts/action';
import { Fact, Facts } from '../../parts/facts';
import { Heading } from '../../parts/heading';
import { Loaded } from '../../parts/states';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import look from './page.module.css';

const proposalQuery = graphql(
  `query Proposal($id: ID!) {
    proposal(id: $id) {
      id title text language place state createdAt
      district { id name }
      centre { id name }
      author { id displayName }
      task { id title }
      merged(first: 10) { nodes { id title language } }
      photos { id ...PhotoRow }
      availableActions { ...ActionPart }
      ...SupportPart
      ...AnswerPart
      ...TrailPart
      ...MergedPart
      ...DuePart
    }
  }`,
  [actionPart, photoRow, supportPart, answerPart, trailPart, mergedPart, duePart],
);

export default function Proposal() {
  const { t } = useTranslation();
  const format = useFormats();
  const { id = '' } = useParams();
  const query = useQuery({ query: proposalQuery, variables: { id } });
  return (
    <Loaded query={query}>
      {({ proposal }, reread) =>
        proposal && (
          <div className={look.columns}>
            <div className={look.main}>
              <Heading above={<><span>{t(`ProposalState.${proposal.state}`)}</span><Due proposal={proposal} /></>} lang={proposal.language.toLowerCase()}>{proposal.title}</Heading>
              <div className={look.text} lang={proposal.language.toLowerCase()}>
                {proposal.text.split(/\n+/).map((line, index) => <p key={index}>{line}</p>)}
              </div>
              <PhotoRow photos={proposal.photos} subject={proposal.title} />
              <Merged proposal={proposal} />
              <Answer proposal={proposal} reread={reread} />
              <Support proposal={proposal} reread={reread} />
            </div>
            <div className={look.main}>
              <Facts>
                <Fact name={t('task.where')}>{[proposal.place, proposal.district.name].filter(Boolean).join(', ')}</Fact>
                <Fact name={t('proposal.author')}>{`${proposal.author.displayName}, ${format.date(proposal.createdAt)}`}</Fact>
                <Fact name={t('proposal.centre')}><Link to={pathOf('centre', proposal.centre.id)}>{proposal.centre.name}</Link></Fact>
                <Fact name={t('proposal.task')}>{proposal.task && <Link to={pathOf('task', proposal.task.id)}>{proposal.task.title}</Link>}</Fact>
                <Fact name={t('merged.here')}>
                  {proposal.merged.nodes.length > 0
                    ? proposal.merged.nodes.map((one) => <span key={one.id} className={look.one} lang={one.language.toLowerCase()}><Link to={pathOf('proposal', one.id)}>{one.title}</Link></span>)
                    : null}
                </Fact>
              </Facts>
              <Trail proposal={proposal} />
              <Report subjects={[{ id, name: t('ModerationSubject.PROPOSAL') }, { id: proposal.author.id, name: proposal.author.displayName }]} of={proposal.availableActions} />
            </div>
          </div>
        )
      }
    </Loaded>
  );
}

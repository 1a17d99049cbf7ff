import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../graphql';
import look from '../../../modules/desk/centre/centre.module.css';
import { Frame, framePart } from '../../../modules/desk/centre/frame';
import { useWaiting } from '../../../modules/desk/centre/waiting';
import { Due, duePart } from '../../../modules/proposal/due';
import { Loaded } from '../../../parts/states';
import { pathOf } from '../../../paths';
import { useTranslation } from '../../../words';
import { dotted } from '../../../words/dotted';
import { Ahead } from './ahead';
import { Moves, movesPart } from './moves';
import { Staff, staffPart } from './staff';
import { HostedTeams, hostedPart } from './teams';

const deskQuery = graphql(
  `query CentreDesk($id: ID!) {
    viewer { id ...FramePart }
    centre(id: $id) {
      id name
      reports(first: 3) { totalCount nodes { id subjectType reason createdAt } }
      appeals: decisions(first: 3) { totalCount nodes { id kind subjectType appealedAt } }
      workedHours(filter: {states: [PENDING]}, first: 4) { totalCount nodes { id createdAt person { id displayName } task { id title language } } }
      ...MovesPart
      ...HostedPart
      ...StaffPart
    }
    toAnswer: proposals(filter: { centreId: $id, states: [SUBMITTED, IN_REVIEW] }, order: DUE_FIRST, first: 5) {
      totalCount nodes { id title language supportCount ...DuePart }
    }
    late: proposals(filter: { centreId: $id, overdue: true }, first: 1) { totalCount }
    claimed: tasks(filter: { centreId: $id, states: [CLAIMED_DONE] }, first: 50) { totalCount nodes { id title language updatedAt team { id name } } }
  }`,
  [framePart, movesPart, hostedPart, staffPart, duePart],
);

/** What is waiting for a centre's coordinators, the most urgent of each kind first, and the teams that the centre hosts. */
export default function CentreDesk() {
  const { t } = useTranslation();
  const waits = useWaiting();
  const { id = '' } = useParams();
  const query = useQuery({ query: deskQuery, variables: { id } });
  const [proposals, results, reports] = [pathOf('centreProposals', id), pathOf('centreResults', id), pathOf('centreReports', id)];
  return (
    <Loaded query={query}>
      {({ viewer, centre, toAnswer, late, claimed }, reread) =>
        centre && (
          <Frame viewer={viewer} centre={centre}>
            <div className={look.desk}>
              <Ahead
                title={t('centreDesk.proposals')} to={proposals} count={toAnswer.totalCount} none={t('centreDesk.noProposals')}
                urgent={late.totalCount > 0 ? t('due.count', { count: late.totalCount }) : undefined}
                items={toAnswer.nodes.map((proposal) => ({
                  to: `${proposals}?at=${proposal.id}`, title: proposal.title, lang: proposal.language, below: t('proposal.supporters', { count: proposal.supportCount }), mark: <Due proposal={proposal} />,
                }))}
              />
              <Ahead
                title={t('centreDesk.results')} to={results} count={claimed.totalCount} none={t('centreDesk.noResults')}
                items={claimed.nodes.toSorted((a, b) => a.updatedAt.localeCompare(b.updatedAt)).slice(0, 5).map(({ id: at, title, language, updatedAt, team }) => ({
                  to: `${results}?at=${at}`, title, lang: language, below: dotted(team.name, waits(updatedAt)),
                }))}
              />
              <Ahead
                title={t('moderation.title')} to={reports} count={(centre.reports?.totalCount ?? 0) + (centre.appeals?.totalCount ?? 0)} none={t('moderation.noReports')}
                items={[
                  ...(centre.appeals?.nodes ?? []).map(({ subjectType, appealedAt }) => ({ to: reports, title: t('moderation.appeal'), below: dotted(t(`ModerationSubject.${subjectType}`), appealedAt && waits(appealedAt)) })),
                  ...(centre.reports?.nodes ?? []).map(({ reason, subjectType, createdAt }) => ({ to: reports, title: t(`ModerationReason.${reason}`), below: dotted(t(`ModerationSubject.${subjectType}`), waits(createdAt)) })),
                ]}
              />
              <Ahead
                title={t('record.answer.title')} to={pathOf('centreHours', id)} count={centre.workedHours?.totalCount ?? 0} none={t('record.answer.none')}
                items={(centre.workedHours?.nodes ?? []).map(({ createdAt, person, task }) => ({
                  to: pathOf('centreHours', id), title: person.displayName, below: dotted(task?.title, waits(createdAt)),
                }))}
              />
              <Ahead title={t('paper.title')} to={pathOf('centreConsents', id)} none={t('paper.below')} items={[]} />
            </div>
            <Moves centre={centre} reread={reread} />
            <HostedTeams centre={centre} />
            <Staff centre={centre} />
          </Frame>
        )
      }
    </Loaded>
  );
}

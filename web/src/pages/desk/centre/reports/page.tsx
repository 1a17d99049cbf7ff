import { useParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../../graphql';
import look from '../../../../modules/desk/centre/centre.module.css';
import { Frame, framePart } from '../../../../modules/desk/centre/frame';
import { decisionPart } from '../../../../modules/moderation/decision';
import { Decisions, Reports } from '../../../../modules/moderation/lists';
import { reportPart } from '../../../../modules/moderation/report';
import { Panel } from '../../../../parts/panel';
import { Loaded } from '../../../../parts/states';
import { useTranslation } from '../../../../words';

const reportsQuery = graphql(
  `query CentreReports($id: ID!) {
    viewer { id ...FramePart }
    centre(id: $id) {
      id name
      reports(first: 30) { totalCount nodes { id ...ReportPart } }
      appeals: decisions(first: 20) { totalCount nodes { id ...DecisionPart } }
      decided: decisions(filter: {states: [IN_FORCE, UPHELD]}, first: 20) { totalCount nodes { id ...DecisionPart } }
    }
  }`,
  [framePart, reportPart, decisionPart],
);

/** What was reported to the centre, what was appealed, and what is hidden or suspended now. */
export default function CentreReports() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ query: reportsQuery, variables: { id } });
  return (
    <Loaded query={query}>
      {({ viewer, centre }, reread) =>
        centre && (
          <Frame viewer={viewer} centre={centre} title={t('moderation.title')} below={t('moderation.below')}>
            <Panel title={t('moderation.open')} aside={<Count of={centre.reports?.totalCount} />}>
              <Reports reports={centre.reports?.nodes ?? []} reread={reread} />
            </Panel>
            <Panel title={t('moderation.appeals')} aside={<Count of={centre.appeals?.totalCount} />}>
              <Decisions decisions={centre.appeals?.nodes ?? []} reread={reread} none={t('moderation.noAppeals')} />
            </Panel>
            <Panel title={t('moderation.decided')} aside={<Count of={centre.decided?.totalCount} />}>
              <Decisions decisions={centre.decided?.nodes ?? []} reread={reread} none={t('moderation.noDecided')} />
            </Panel>
          </Frame>
        )
      }
    </Loaded>
  );
}

const Count = ({ of = 0 }: { of?: number }) => (of > 0 ? <b className={look.count}>{of}</b> : null);

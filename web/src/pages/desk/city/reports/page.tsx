import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { type Enum, graphql } from '../../../../graphql';
import look from '../../../../modules/desk/city/row.module.css';
import { decisionPart } from '../../../../modules/moderation/decision';
import { Decisions, Reports } from '../../../../modules/moderation/lists';
import { reportPart } from '../../../../modules/moderation/report';
import { NativeSelect } from '../../../../parts/field';
import { Heading } from '../../../../parts/heading';
import { Panel } from '../../../../parts/panel';
import { Loaded } from '../../../../parts/states';
import { useTranslation } from '../../../../words';
import { Suspend } from './suspend';

const reportsQuery = graphql(
  `query CityReports($states: [DecisionState!]!) {
    reports(first: 30) { totalCount nodes { id ...ReportPart } }
    appeals: decisions(first: 20) { totalCount nodes { id ...DecisionPart } }
    decided: decisions(filter: {states: $states}, first: 50) { totalCount nodes { id ...DecisionPart } }
  }`,
  [reportPart, decisionPart],
);

const kinds = { now: ['IN_FORCE', 'UPHELD'], over: ['OVERTURNED', 'ENDED'] } as const satisfies Record<string, Enum<'DecisionState'>[]>;

/** What was reported in the city, what was appealed, what was decided; and suspending people. */
export default function CityReports() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const kind = search.has('over') ? 'over' : 'now';
  const query = useQuery({ query: reportsQuery, variables: { states: kinds[kind] } });
  return (
    <>
      <Heading below={t('moderation.below')}>{t('moderation.title')}</Heading>
      <Loaded query={query}>
        {({ reports, appeals, decided }, reread) => (
          <div className={look.columns}>
            <div className={look.part}>
              <Panel title={t('moderation.open')} aside={<Count of={reports.totalCount} />}>
                <Reports reports={reports.nodes} reread={reread} city />
              </Panel>
              <Panel title={t('moderation.appeals')} aside={<Count of={appeals.totalCount} />}>
                <Decisions decisions={appeals.nodes} reread={reread} none={t('moderation.noAppeals')} />
              </Panel>
              <Panel title={t('city.decisions')} aside={<Count of={decided.totalCount} />}>
                <div className={look.filters}>
                  <NativeSelect
                    label={t('ngos.state')}
                    value={kind}
                    data={(['now', 'over'] as const).map((value) => ({ value, label: t(`city.decided.${value}`) }))}
                    onChange={({ currentTarget }) => setSearch(currentTarget.value === 'over' ? { over: '' } : {}, { replace: true })}
                  />
                </div>
                <Decisions decisions={decided.nodes} reread={reread} none={kind === 'now' ? t('moderation.noDecided') : t('city.nothingOver')} />
              </Panel>
            </div>
            <Panel title={t('Action.SUSPEND_PERSON')}>
              <Suspend onDone={reread} />
            </Panel>
          </div>
        )}
      </Loaded>
    </>
  );
}

const Count = ({ of }: { of: number }) => (of > 0 ? <b>{of}</b> : null);

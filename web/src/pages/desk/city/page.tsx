import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../graphql';
import look from '../../../modules/desk/city/row.module.css';
import { Unlisted } from '../../../modules/desk/city/unlisted';
import { Register } from '../../../modules/desk/register';
import { Due, duePart } from '../../../modules/proposal/due';
import { NativeSelect } from '../../../parts/field';
import { Heading } from '../../../parts/heading';
import { Panel } from '../../../parts/panel';
import { Loaded } from '../../../parts/states';
import { pathOf, paths } from '../../../paths';
import { useTranslation } from '../../../words';
import { startOfDay } from '../../../words/dates';
import { Plan, planPart } from './plan';
import { Stuck, type Waiting } from './stuck';
import { CityTotals } from './totals';

const deskQuery = graphql(
  `query CityDesk($year: Int!, $district: ID) {
    districts { id name }
    indicators(year: $year) { id ...CityPlan }
    reports(first: 1) { totalCount }
    appeals: decisions(first: 1) { totalCount }
    planned: centres(filter: {districtId: $district, states: [PLANNED]}, first: 20) { totalCount nodes { id name } }
    proposals(filter: { districtId: $district, states: [SUBMITTED, IN_REVIEW] }, order: DUE_FIRST, first: 8) {
      totalCount nodes { id title language state createdAt centre { id name } ...DuePart }
    }
    late: proposals(filter: { districtId: $district, overdue: true }, first: 1) { totalCount }
    tasks(filter: { districtId: $district, states: [CLAIMED_DONE] }, order: OLDEST, first: 8) { totalCount nodes { id title language updatedAt centre { id name } } }
    ngos(filter: {states: [FORMING]}, first: 20) { totalCount nodes { id name createdAt } }
  }`,
  [planPart, duePart],
);

/** The present state of the plan, and what is stuck. */
export default function CityDesk() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [year] = useState(() => Number(startOfDay(1).slice(0, 4)));
  const district = search.get('district') || undefined;
  const query = useQuery({ query: deskQuery, variables: { year, district } });
  return (
    <>
      <Heading below={t('city.below')}>{t('desk.city')}</Heading>
      <Loaded query={query}>
        {({ districts, indicators, reports, appeals, planned, proposals, late, tasks, ngos }) => (
          <div className={look.columns}>
            <div className={look.part}>
              <Unlisted />
              <Panel title={t('home.plan', { year })}>
                <Plan indicators={indicators} />
              </Panel>
              <CityTotals year={year} district={district} />
            </div>
            <div className={look.part}>
              <NativeSelect
                label={t('tasks.by.district')}
                value={district ?? ''}
                data={[{ value: '', label: t('tasks.everywhere') }, ...districts.map(({ id, name }) => ({ value: id, label: name }))]}
                onChange={({ currentTarget }) => setSearch(currentTarget.value ? { district: currentTarget.value } : {}, { replace: true })}
              />
              <Stuck
                title={t('city.stuck.proposals')}
                none={t('city.stuck.noProposals')}
                below={late.totalCount > 0 ? t('due.count', { count: late.totalCount }) : undefined}
                total={proposals.totalCount}
                things={proposals.nodes.map((proposal): Waiting => ({ id: proposal.id, to: pathOf('proposal', proposal.id), title: proposal.title, language: proposal.language, since: proposal.createdAt, below: [proposal.centre.name, t(`ProposalState.${proposal.state}`)], mark: <Due proposal={proposal} /> }))}
              />
              <Stuck
                title={t('city.stuck.tasks')}
                none={t('city.stuck.noTasks')}
                total={tasks.totalCount}
                things={tasks.nodes.map(({ id, title, language, updatedAt, centre }): Waiting => ({ id, to: pathOf('task', id), title, language, since: updatedAt, below: [centre.name] }))}
              />
              <Stuck
                title={t('city.stuck.centres')}
                none={t('city.stuck.noCentres')}
                below={t('city.stuck.noDate')}
                total={planned.totalCount}
                things={planned.nodes.map(({ id, name }): Waiting => ({ id, to: pathOf('cityCentre', id), title: name, below: [] }))}
              />
              <Stuck
                title={t('city.stuck.ngos')}
                none={t('city.stuck.noNgos')}
                total={ngos.totalCount}
                things={ngos.nodes.map(({ id, name, createdAt }): Waiting => ({ id, to: pathOf('cityNgo', id), title: name, since: createdAt, below: [] }))}
              />
              <Stuck
                title={t('city.stuck.reports')}
                none={t('city.stuck.noReports')}
                total={reports.totalCount + appeals.totalCount}
                things={reports.totalCount + appeals.totalCount === 0 ? [] : [{ id: 'reports', to: paths.cityReports, title: t('city.stuck.toReports'), below: [] }]}
              />
              <Register />
            </div>
          </div>
        )}
      </Loaded>
    </>
  );
}

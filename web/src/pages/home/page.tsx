import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../graphql';
import { TaskList, taskRow } from '../../modules/task/row';
import { ButtonLink } from '../../parts/button';
import { Heading } from '../../parts/heading';
import { Panel } from '../../parts/panel';
import { Loaded } from '../../parts/states';
import { paths } from '../../paths';
import { useTranslation } from '../../words';
import { IndicatorRow, indicatorPart } from './indicator';
import look from './page.module.css';
import { ResultRow, resultPart } from './result';
import { thisWeek } from './week';

const homeQuery = graphql(
  `query Home($year: Int!, $from: DateTime!, $to: DateTime!) {
    needed: tasks(filter: { states: [OPEN, IN_PROGRESS], freeSeats: true, from: $from, to: $to }, order: MOST_NEEDED, first: 6) { nodes { id ...TaskRow } }
    verified: tasks(filter: { states: [VERIFIED] }, order: NEWEST, first: 4) { nodes { id ...ResultPart } }
    indicators(year: $year) { id code ...IndicatorPart }
  }`,
  [taskRow, resultPart, indicatorPart],
);

/** What is happening now: where people are needed, what was achieved, and the present state of the city's plan. */
export default function Home() {
  const { t } = useTranslation();
  const [variables] = useState(thisWeek);
  const query = useQuery({ query: homeQuery, variables });
  return (
    <>
      <div className={look.front}>
        <Heading below={t('home.below')}>{t('home.title')}</Heading>
        <div className={look.ways}>
          <ButtonLink kind="main" to={paths.tasks}>{t('home.find')}</ButtonLink>
          <ButtonLink to={`${paths.tasks}?mine`}>{t('home.mine')}</ButtonLink>
          <ButtonLink kind="quiet" to={paths.proposals}>{t('proposals.title')}</ButtonLink>
        </div>
        <svg className={look.ridge} viewBox="0 0 600 120" preserveAspectRatio="none" aria-hidden="true">
          <path d="M0 120V84l54-22 38 14 70-52 46 34 40-20 92-34 70 58 42-16 66 30 82-44v88z" />
          <path d="M0 120v-18l88-22 60 18 96-40 74 34 58-14 92 24 74-28 58 18v28z" />
        </svg>
      </div>
      <Loaded query={query}>
        {({ needed, verified, indicators }) => (
          <div className={look.columns}>
            <Panel title={t('home.needed')}>
              {needed.nodes.length === 0 && <p className={look.none}>{t('home.noneNeeded')}</p>}
              <TaskList tasks={needed.nodes} />
            </Panel>
            <div className={look.aside}>
              <Panel title={t('home.plan', { year: variables.year })}>
                {indicators.length === 0 && <p className={look.none}>{t('home.noPlan')}</p>}
                <ul className={look.list}>{indicators.map((indicator) => <IndicatorRow key={indicator.id} indicator={indicator} />)}</ul>
              </Panel>
              <Panel title={t('home.results')}>
                {verified.nodes.length === 0 && <p className={look.none}>{t('home.noResults')}</p>}
                <ul className={look.list}>{verified.nodes.map((task) => <ResultRow key={task.id} task={task} />)}</ul>
              </Panel>
            </div>
          </div>
        )}
      </Loaded>
    </>
  );
}

import { Suspense, useDeferredValue, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { lazy } from '../../client/lazy';
import { graphql } from '../../graphql';
import { TaskList, taskRow } from '../../modules/task/row';
import { Button } from '../../parts/button';
import { Heading } from '../../parts/heading';
import { Section } from '../../parts/section';
import { Loaded, State, Waiting } from '../../parts/states';
import { useTranslation } from '../../words';
import { variablesOf, type Wish, wishOf, withWish } from './filter';
import { districtPart, Filters } from './filters';

const TaskMap = lazy(() => import('./map'));

export const tasksQuery = graphql(
  `query Tasks($filter: TaskFilter!, $order: TaskOrder!, $first: Int!, $after: String) {
    districts { id ...DistrictPart }
    tasks(filter: $filter, order: $order, first: $first, after: $after) {
      nodes { id point { lat lon } district { id name } ...TaskRow }
      pageInfo { hasNextPage endCursor }
    }
  }`,
  [taskRow, districtPart],
);

export default function Tasks() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const wish = wishOf(search);
  const asked = JSON.stringify(wish);
  const [page, setPage] = useState<{ of: string; after: string | null }>({ of: asked, after: null });
  const after = page.of === asked ? page.after : null;
  const query = useQuery({ query: tasksQuery, variables: useDeferredValue(variablesOf(wish, after)) });
  // From the address itself: what is rendered may be a tap behind it.
  const change = (name: keyof Wish, value: string | boolean) => setSearch(withWish(new URLSearchParams(location.search), name, value), { replace: true });
  return (
    <>
      <Heading below={t('tasks.below')}>{t('tasks.title')}</Heading>
      <Filters districts={query[0].data?.districts ?? []} wish={wish} onChange={change} />
      <Loaded query={query}>
        {({ tasks: { nodes, pageInfo } }) =>
          nodes.length === 0 ? (
            <State title={t('tasks.none')} text={t('tasks.noneText')}>
              <Button onClick={() => setSearch({})}>{t('tasks.all')}</Button>
            </State>
          ) : (
            <>
              <h2 className="unseen">{t('tasks.list')}</h2>
              {wish.map ? (
                <Section>
                  <Suspense fallback={<Waiting />}>
                    <TaskMap tasks={nodes} all={!pageInfo.hasNextPage} />
                  </Suspense>
                </Section>
              ) : (
                <TaskList tasks={nodes} />
              )}
              {pageInfo.hasNextPage && (
                <Button busy={query[0].fetching} onClick={() => setPage({ of: asked, after: pageInfo.endCursor })}>{t('tasks.more')}</Button>
              )}
            </>
          )
        }
      </Loaded>
    </>
  );
}

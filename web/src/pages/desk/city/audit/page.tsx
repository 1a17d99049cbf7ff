import { Link, useLocation, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../../graphql';
import { ButtonLink } from '../../../../parts/button';
import { Heading } from '../../../../parts/heading';
import { Loaded, State } from '../../../../parts/states';
import { useTranslation } from '../../../../words';
import { Entries, entryRow } from './entries';
import { filterOf, withFilter } from './filter';
import { AuditFilters } from './filters';
import look from './page.module.css';

const auditQuery = graphql(
  `query CityAudit($filter: AuditFilter!, $after: String) {
    auditEntries(filter: $filter, first: 25, after: $after) { nodes { id ...CityEntry } pageInfo { hasNextPage hasPreviousPage endCursor } }
  }`,
  [entryRow],
);

/**
 * Who did what, and when; what was refused, and why. The filter is in the address, so that the back button returns to the
 * previous page.
 */
export default function Audit() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  const query = useQuery({ query: auditQuery, variables: { filter: filterOf(search), after: search.get('after') } });
  const at = (next: URLSearchParams) => `${pathname}?${next}`;
  return (
    <>
      <Heading below={t('audit.below')}>{t('audit.title')}</Heading>
      <AuditFilters />
      <Loaded query={query}>
        {({ auditEntries: { nodes, pageInfo } }) =>
          nodes.length === 0 ? (
            <State title={t('audit.none')} text={t('audit.noneText')}>
              <ButtonLink to={pathname}>{t('audit.all')}</ButtonLink>
            </State>
          ) : (
            <>
              <h2 className="unseen">{t('audit.title')}</h2>
              <Entries entries={nodes} />
              <nav className={look.pages} aria-label={t('audit.pages')}>
                {pageInfo.hasPreviousPage && <Link to={at(withFilter(search, 'after', ''))}>{t('audit.newest')}</Link>}
                {pageInfo.hasNextPage && <ButtonLink to={at(withFilter(search, 'after', pageInfo.endCursor ?? ''))}>{t('audit.older')}</ButtonLink>}
              </nav>
            </>
          )
        }
      </Loaded>
    </>
  );
}

import { useQuery } from 'urql';
import { graphql } from '../../../graphql';
import { Totals, totalPart } from '../../../modules/task/totals';
import { Panel } from '../../../parts/panel';
import { Loaded } from '../../../parts/states';
import { useTranslation } from '../../../words';

/** A query of its own, because the desk's query is at the limit of what one may ask for at once. */
const totalsQuery = graphql(
  `query CityTotals($year: Int!) {
    ofYear: results(year: $year) { ...TotalPart }
    ofAll: results { ...TotalPart }
    districts { id name ofYear: results(year: $year) { ...TotalPart } ofAll: results { ...TotalPart } }
  }`,
  [totalPart],
);

/** The results of the verified tasks of a district, or of the city. */
export function CityTotals({ year, district }: { year: number; district?: string }) {
  const { t } = useTranslation();
  const query = useQuery({ query: totalsQuery, variables: { year } });
  const chosen = query[0].data?.districts.find(({ id }) => id === district);
  return (
    <Panel title={t('totals.title')} aside={chosen?.name}>
      <Loaded query={query}>{({ ofYear, ofAll }) => <Totals year={year} {...(chosen ?? { ofYear, ofAll })} />}</Loaded>
    </Panel>
  );
}

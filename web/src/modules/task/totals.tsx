import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import look from './totals.module.css';

export const totalPart = graphql(`fragment TotalPart on ResultTotal { metric amount tasks }`);

type Props = { year: number; ofYear: readonly FragmentOf<typeof totalPart>[]; ofAll: readonly FragmentOf<typeof totalPart>[] };

/** The combined results of verified tasks, metric by metric: in a year, and since the beginning. */
export function Totals({ year, ofYear, ofAll }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const those = new Map(readFragment(totalPart, ofYear).map(({ metric, amount }) => [metric, amount]));
  if (ofAll.length === 0) return <p className={look.none}>{t('totals.none')}</p>;
  return (
    <table className={look.totals}>
      <thead>
        <tr><th scope="col">{t('totals.metric')}</th><th scope="col">{t('totals.year', { year })}</th><th scope="col">{t('totals.all')}</th><th scope="col">{t('totals.tasks')}</th></tr>
      </thead>
      <tbody>
        {readFragment(totalPart, ofAll).map(({ metric, amount, tasks }) => (
          <tr key={metric}>
            <th scope="row">{t(`Metric.${metric}`)}</th>
            <td>{format.number(those.get(metric) ?? 0)}</td>
            <td>{format.number(amount)}</td>
            <td>{format.number(tasks)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

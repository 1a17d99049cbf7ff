import type { Enum } from '../../../graphql';
import { TextInput } from '../../../parts/field';
import { More } from '../../../parts/more';
import { useTranslation } from '../../../words';
import look from './page.module.css';

const metrics = ['BAGS', 'TREES', 'KILOGRAMS', 'SQUARE_METRES', 'PEOPLE_HELPED', 'ITEMS'] as const satisfies Enum<'Metric'>[];

/** The results in a form's values. */
export const resultsIn = (values: Record<string, string>) =>
  metrics.flatMap((metric) => (values[metric] ? [{ metric, amount: Number(values[metric]) }] : []));

/** Fields for results. */
export function Metrics({ open }: { open?: boolean }) {
  const { t } = useTranslation();
  return (
    <More words={t('lead.progress.results')} open={open}>
      <div className={look.metrics}>
        {metrics.map((metric) => <TextInput key={metric} name={metric} type="number" inputMode="numeric" min={1} max={1_000_000} label={t(`Metric.${metric}`)} />)}
      </div>
    </More>
  );
}

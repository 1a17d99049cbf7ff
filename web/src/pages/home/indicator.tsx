import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import look from './indicator.module.css';

export const indicatorPart = graphql(`fragment IndicatorPart on Indicator { definition target fact comparison }`);

/** A figure of the city's plan beside its target. */
export function IndicatorRow({ indicator: of }: { indicator: FragmentOf<typeof indicatorPart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { definition, target, fact, comparison } = readFragment(indicatorPart, of);
  return (
    <li className={look.indicator}>
      <span className={look.figures}>
        {fact === null ? <span>{t('home.notCounted')}</span> : <b>{format.number(fact)}</b>}
        {target !== null && comparison && <span>{t(`home.target.${comparison}`, { target: format.number(target) })}</span>}
      </span>
      {target !== null && (
        <svg className={look.bar} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
          <rect width={100} height={1} />
          <rect width={Math.min(100, (100 * (fact ?? 0)) / target)} height={1} />
        </svg>
      )}
      <span className={look.definition}>{definition}</span>
    </li>
  );
}

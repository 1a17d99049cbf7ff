import { type FragmentOf, graphql, readFragment, type ResultOf } from '../../../graphql';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';
import { dotted } from '../../../words/dotted';
import { paceOf } from './pace';
import look from './plan.module.css';

export const planPart = graphql(`fragment CityPlan on Indicator { id code year definition baseline target comparison fact asOf announcedOn }`);

/** The figures of the city's plan: each beside its target and where even growth would have it by now. */
export function Plan({ indicators: of }: { indicators: readonly FragmentOf<typeof planPart>[] }) {
  const { t } = useTranslation();
  const format = useFormats();
  const all = of.map((part) => readFragment(planPart, part));
  const indicators = [...all.filter(({ fact }) => fact !== null), ...all.filter(({ fact }) => fact === null)];
  const announced = indicators.find(({ announcedOn }) => announcedOn)?.announcedOn;
  const counted = indicators.find(({ asOf }) => asOf)?.asOf;
  if (indicators.length === 0) return <p className={look.quiet}>{t('home.noPlan')}</p>;
  return (
    <>
      <ul className={look.plan}>{indicators.map((indicator) => <Figure key={indicator.id} {...indicator} />)}</ul>
      <p className={look.quiet}>
        {[announced && t('city.source', { date: format.date(announced) }), counted && t('city.asOf', { at: format.moment(counted) })].filter(Boolean).join(' ')}
      </p>
    </>
  );
}

function Figure(indicator: ResultOf<typeof planPart>) {
  const { t } = useTranslation();
  const format = useFormats();
  const { definition, baseline, target, comparison, fact } = indicator;
  const pace = fact === null ? undefined : paceOf(indicator, Date.now());
  const ahead = pace === undefined || fact === null ? 0 : fact - pace;
  const number = format.number(Math.abs(ahead));
  const known = [
    target !== null && comparison && t(`home.target.${comparison}`, { target: format.number(target) }),
    baseline !== null && t('city.baseline', { baseline: format.number(baseline) }),
  ].filter(Boolean);
  return (
    <li className={look.figure}>
      <p className={look.numbers}>
        {fact === null ? <span className={look.uncounted}>{t('home.notCounted')}</span> : <b>{format.number(fact)}</b>}
        <span>{dotted(...known)}</span>
      </p>
      {target !== null && fact !== null && (
        <svg className={look.bar} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect y={1} width={100} height={2} />
          <rect y={1} width={Math.min(100, (100 * fact) / target)} height={2} />
          {pace !== undefined && <rect x={Math.min(99.4, (100 * pace) / target)} width={0.6} height={4} />}
        </svg>
      )}
      {pace !== undefined && (
        <p className={look.pace} data-behind={ahead < 0 || undefined}>
          {dotted(t('city.pace', { pace: format.number(pace) }), ahead === 0 ? t('city.onPace') : ahead > 0 ? t('city.ahead', { number }) : t('city.behind', { number }))}
        </p>
      )}
      <p className={look.definition}>{definition}</p>
    </li>
  );
}

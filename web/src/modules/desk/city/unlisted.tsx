import { useState } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../../graphql';
import { Notice } from '../../../parts/notice';
import { paths } from '../../../paths';
import { useTranslation } from '../../../words';
import { dayOf } from '../../../words/dates';

const unlistedQuery = graphql(`query CityUnlisted($now: Int!, $next: Int!) { now: specialDays(year: $now) { id } next: specialDays(year: $next) { id } }`);

/** Tells officers that the holidays of this year, or of the next one, are missing from the calculation of deadlines. */
export function Unlisted() {
  const { t } = useTranslation();
  const [now] = useState(() => Number(dayOf(Date.now()).slice(0, 4)));
  const [{ data }] = useQuery({ query: unlistedQuery, variables: { now, next: now + 1 } });
  const years = data ? [data.now?.length === 0 && now, data.next?.length === 0 && now + 1].filter((year) => year !== false) : [];
  return years.map((year) => (
    <Notice key={year} kind="wait">{t('calendar.unlisted', { year })} <Link to={`${paths.cityCalendar}?year=${year}`}>{t('calendar.toYear')}</Link></Notice>
  ));
}

import { Link } from 'react-router';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { FocusMark } from '../../modules/ngo/focus';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import look from './result.module.css';

export const resultPart = graphql(`fragment ResultPart on Task {
  id title language updatedAt
  ngo { id focus }
  team { id name }
  claim { id results { metric amount } }
}`);

/** A finished task, and the results that the centre has confirmed. */
export function ResultRow({ task: of }: { task: FragmentOf<typeof resultPart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const task = readFragment(resultPart, of);
  const results = task.claim?.results ?? [];
  return (
    <li className={look.result}>
      <FocusMark focus={task.ngo.focus} />
      <h3 lang={task.language.toLowerCase()}>
        <Link to={pathOf('task', task.id)}>{task.title}</Link>
      </h3>
      {results.length > 0 && (
        <ul className={look.counted}>
          {results.map(({ metric, amount }) => <li key={metric}>{t(`Metric.${metric}`)}: <b>{format.number(amount)}</b></li>)}
        </ul>
      )}
      <p className={look.who}>{t('home.by', { team: task.team.name, date: format.date(task.updatedAt) })}</p>
    </li>
  );
}

import { Link } from 'react-router';
import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import { pathOf, paths } from '../../../paths';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';
import { dotted } from '../../../words/dotted';
import look from './page.module.css';

export const workedPart = graphql(`fragment WorkedPart on Hours { id state startsAt cameAt wentAt workedMinutes minutes reason task { id title language } team { id name } }`);

/** The latest shifts, and the state of their hours. */
export function HoursList({ hours: of }: { hours: readonly FragmentOf<typeof workedPart>[] }) {
  const { t } = useTranslation();
  const format = useFormats();
  if (of.length === 0) return <p>{t('record.mine.none')} <Link to={paths.tasks}>{t('home.find')}</Link></p>;
  return (
    <ul className={look.hours}>
      {of.map((one) => readFragment(workedPart, one)).map(({ id, state, startsAt, cameAt, wentAt, workedMinutes, minutes, reason, task, team }) => (
        <li key={id} data-state={state}>
          {task ? <span lang={task.language.toLowerCase()}><Link to={pathOf('task', task.id)}>{task.title}</Link></span> : <span>{t('record.mine.hidden')}</span>}
          <b>{format.length(minutes)}</b>
          <p>{dotted(format.date(startsAt), format.times(cameAt, wentAt), team?.name)}</p>
          <p>{dotted(t(`HoursState.${state}`), state === 'ADJUSTED' && t('record.mine.instead', { worked: format.length(workedMinutes) }), reason)}</p>
        </li>
      ))}
    </ul>
  );
}

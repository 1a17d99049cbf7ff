import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Panel } from '../../../parts/panel';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';
import { dotted } from '../../../words/dotted';
import look from './stuck.module.css';

/** Something that is waiting: since when, and for whom. */
export type Waiting = { id: string; to: string; title: string; language?: string; since?: string; below: string[]; mark?: ReactNode };

type Props = { title: string; none: string; below?: string; total: number; things: Waiting[] };

/** What is waiting of one kind: how many there are, and the ones that have been waiting longest. */
export function Stuck({ title, none, below, total, things }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const days = (since: string) => Math.floor((Date.now() - Date.parse(since)) / 86_400_000);
  return (
    <Panel title={title} aside={total > 0 && <b className={look.count}>{format.number(total)}</b>}>
      {total === 0 ? <p className={look.quiet}>{none}</p> : below && <p className={look.quiet}>{below}</p>}
      <ul className={look.list}>
        {things.map(({ id, to, title: name, language, since, below: more, mark }) => (
          <li key={id}>
            <h3 lang={language?.toLowerCase()}><Link to={to}>{name}</Link></h3>
            <p className={look.quiet}>{dotted(since && t('city.waits', { count: days(since) }), ...more)}</p>
            {mark && <p className={look.quiet}>{mark}</p>}
          </li>
        ))}
      </ul>
      {total > things.length && things.length > 1 && <p className={look.quiet}>{t('city.andMore', { count: total - things.length })}</p>}
    </Panel>
  );
}

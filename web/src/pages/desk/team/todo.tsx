import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { ResultOf } from '../../../graphql';
import { pathOf } from '../../../paths';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';
import { dotted } from '../../../words/dotted';
import { type Due, dueOf } from './due';
import look from './page.module.css';
import type { leadTask } from './task-row';

type Task = ResultOf<typeof leadTask>;
type Shift = Task['shifts']['nodes'][number];

/** What needs the lead now, most urgent first; each links to where it is done. */
export function Todo({ teamId, requests, hours, tasks }: { teamId: string; requests: number; hours: number; tasks: readonly Task[] }) {
  const { t } = useTranslation();
  const due = dueOf<Shift, Task>(tasks, Date.now());
  const now = due.filter(({ kind }) => kind === 'present');
  const later = due.filter(({ kind }) => kind !== 'present');
  if (due.length === 0 && requests === 0 && hours === 0) return <p>{t('lead.todo.none')}</p>;
  return (
    <ul className={look.due}>
      {now.map((one, n) => <DueRow key={n} due={one} />)}
      {requests > 0 && <Row kind="requests" to={pathOf('teamPeople', teamId)} title={t('lead.todo.requests', { count: requests })} />}
      {hours > 0 && <Row kind="hours" to={pathOf('teamHours', teamId)} title={t('record.answer.todo', { count: hours })} />}
      {later.map((one, n) => <DueRow key={n} due={one} />)}
    </ul>
  );
}

function DueRow({ due }: { due: Due<Task, Shift> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { title } = due.task;
  if (due.kind === 'present' || due.kind === 'seats') {
    const { startsAt, endsAt, seats, id } = due.shift;
    const when = `${format.day(startsAt)}, ${format.times(startsAt, endsAt)}`;
    const heading = due.kind === 'present' ? t('lead.todo.present', { title }) : t('lead.todo.seats', { count: seats.free, title });
    return <Row kind={due.kind} to={pathOf('shiftDesk', id)} title={heading}>{dotted(when, t('lead.todo.taken', { taken: seats.taken, capacity: seats.capacity }))}</Row>;
  }
  const to = pathOf('taskDesk', due.task.id);
  if (due.kind === 'sentBack') {
    const { verb, words } = due.task.sentBack ?? {};
    return <Row kind={due.kind} to={to} title={verb === 'DISPUTE_RESULT' ? t('lead.todo.disputed', { title }) : t('lead.todo.sentBack', { title })}>{words}</Row>;
  }
  return <Row kind={due.kind} to={to} title={due.kind === 'claim' ? t('lead.todo.claim', { title }) : t('lead.todo.progress', { title })} />;
}

function Row({ kind, to, title, children }: { kind: string; to: string; title: string; children?: ReactNode }) {
  return (
    <li className={look.row} data-kind={kind}>
      <h3><Link to={to}>{title}</Link></h3>
      {children && <p>{children}</p>}
    </li>
  );
}

import { useFormats } from '../words/dates';
import look from './day.module.css';

/** A day as in a timetable: weekday, day and month one below the other. */
export function Day({ at }: { at: string }) {
  const format = useFormats();
  return (
    <time className={look.day} dateTime={at} aria-label={format.moment(at)}>
      <span>{format.weekday(at)}</span>
      <b>{format.dayOfMonth(at)}</b>
      <span>{format.month(at)}</span>
    </time>
  );
}

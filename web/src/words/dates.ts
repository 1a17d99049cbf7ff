import { useTranslation } from 'react-i18next';
import calendar from './kk/calendar.json';

/**
 * The city's time, wherever the phone is, in milliseconds ahead of UTC. A phone whose table of time zones is older than March 2024 has
 * Almaty an hour late, so no table is asked: a moment is moved by this and then shown as if the city were at Greenwich.
 */
const ahead = 5 * 3_600_000;
const timeZone = 'UTC';
const inCity = (moment: string | Date | number) => new Date(new Date(moment).getTime() + ahead);

const styles = {
  weekday: { weekday: 'short' },
  dayOfMonth: { day: 'numeric' },
  month: { month: 'short' },
  monthOf: { month: 'long', year: 'numeric' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  moment: { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

type Style = keyof typeof styles;

const made = new Map<string, ReturnType<typeof make>>();

/** Dates, times and numbers in a language and the city's time. Intl's formats are made once: making one takes longer than a row of a list. */
export function formats(language: string) {
  const those = made.get(language) ?? make(language);
  made.set(language, those);
  return those;
}

function make(language: string) {
  const date = (style: Style) => {
    const intl = new Intl.DateTimeFormat(language, { ...styles[style], timeZone });
    return (moment: string | Date) => (language === 'kk' ? inKazakh(style, inCity(moment)) : intl.format(inCity(moment)));
  };
  const count = new Intl.NumberFormat(language === 'kk' ? 'ru' : language);
  return {
    weekday: date('weekday'),
    dayOfMonth: date('dayOfMonth'),
    month: date('month'),
    monthOf: date('monthOf'),
    day: date('day'),
    date: date('date'),
    time: date('time'),
    moment: date('moment'),
    number: (value: number) => count.format(value),
  };
}

export const useFormats = () => formats(useTranslation().i18n.language);

/** Browsers come without the Kazakh names of months and days. */
function inKazakh(style: Style, city: Date): string {
  const [, year, month, day, hour, minute] = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(city.toISOString())!;
  const names: Record<string, string | undefined> = {
    ...{ year, hour, minute, day: String(Number(day)) },
    month: calendar.months[Number(month) - 1],
    shortMonth: calendar.shortMonths[Number(month) - 1],
    weekday: calendar.weekdays[city.getUTCDay()],
    shortWeekday: calendar.shortWeekdays[city.getUTCDay()],
  };
  return calendar[style].replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '');
}

/** The city's day at a moment, and its time of day, as fields of forms have them. */
export const dayOf = (moment: string | Date | number) => inCity(moment).toISOString().slice(0, 10);
export const timeOf = (moment: string | Date) => inCity(moment).toISOString().slice(11, 16);

/** The moment of a day and a time in the city. */
export const momentOf = (day: string, time: string) => new Date(Date.parse(`${day}T${time}Z`) - ahead).toISOString();

/** The day some days after another. */
export const dayAfter = (day: string, days = 1) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** The first moment of the city's day that is some days from now. */
export const startOfDay = (daysFromNow: number) => momentOf(dayAfter(dayOf(Date.now()), daysFromNow), '00:00');

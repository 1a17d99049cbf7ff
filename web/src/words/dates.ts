import { useTranslation } from 'react-i18next';
import calendar from './kk/calendar.json';

/** The city's time zone, wherever the phone is. */
const timeZone = 'Asia/Almaty';

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
    return (moment: string | Date) => (language === 'kk' ? inKazakh(style, new Date(moment)) : intl.format(new Date(moment)));
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

const told = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' });

/** Browsers come without the Kazakh names of months and days; Intl tells the rest. */
function inKazakh(style: Style, moment: Date): string {
  const parts = Object.fromEntries(told.formatToParts(moment).map(({ type, value }) => [type, value]));
  const month = Number(parts.month) - 1;
  const weekday = new Date(Date.UTC(Number(parts.year), month, Number(parts.day))).getUTCDay();
  const names: Record<string, string | undefined> = {
    ...parts,
    day: String(Number(parts.day)),
    month: calendar.months[month],
    shortMonth: calendar.shortMonths[month],
    weekday: calendar.weekdays[weekday],
    shortWeekday: calendar.shortWeekdays[weekday],
  };
  return calendar[style].replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '');
}

/** The city's day at a moment, and its time of day, as fields of forms have them. */
export const dayOf = (moment: string | Date | number) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(moment));
export const timeOf = (moment: string | Date) => new Intl.DateTimeFormat('en-GB', { ...styles.time, timeZone }).format(new Date(moment));

/** The moment of a day and a time in the city. */
export const momentOf = (day: string, time: string) => new Date(`${day}T${time}:00+05:00`).toISOString();

/** The first moment of the city's day that is some days from now. */
export const startOfDay = (daysFromNow: number) => momentOf(dayOf(new Date(Date.now() + daysFromNow * 86_400_000)), '00:00');

import en from './en/dates.json';
import { useTranslation } from './index';
import kk from './kk/dates.json';
import type { Language } from './languages';
import ru from './ru/dates.json';

/**
 * The city's time, wherever the phone is, in milliseconds ahead of UTC. Phones with a time zone table from before March 2024 have
 * Almaty an hour ahead, so no table is used: a moment is moved by this and then shown as if the city were at Greenwich.
 */
const ahead = 5 * 3_600_000;
const inCity = (moment: string | Date | number) => new Date(new Date(moment).getTime() + ahead);
const yearOf = (moment: string | Date | number) => inCity(moment).getUTCFullYear();

const spoken: Record<Language, typeof en & { monthsAlone?: string[] }> = { kk, ru, en };
const made = new Map<string, ReturnType<typeof make>>();

/** Dates, times, lengths of time and numbers in a language and the city's time, each in the form that docs/words.md gives it. */
export function formats(language: string) {
  const those = made.get(language) ?? make(language as Language);
  made.set(language, those);
  return those;
}

function make(language: Language) {
  const names = spoken[language];
  const count = new Intl.NumberFormat(language === 'en' ? 'en' : 'ru');
  const told = (form: string) => (moment: string | Date) => {
    const city = inCity(moment);
    const month = city.getUTCMonth();
    const parts: Record<string, string | number | undefined> = {
      year: yearOf(moment),
      month: names.months[month],
      monthAlone: names.monthsAlone?.[month],
      shortMonth: names.shortMonths[month],
      day: city.getUTCDate(),
      weekday: names.weekdays[city.getUTCDay()],
      shortWeekday: names.shortWeekdays[city.getUTCDay()],
      time: city.toISOString().slice(11, 16),
    };
    return form.replace(/\{(\w+)\}/g, (_, name: string) => String(parts[name]));
  };
  const [date, time] = [told(names.date), told('{time}')];
  const moment = (on: string) => told(names.moment.replace('{on}', on));
  const [momentOfThisYear, momentOfAnother] = [moment('{day}\u00a0{month}'), moment(names.date)];
  return {
    weekday: told('{shortWeekday}'),
    dayOfMonth: told('{day}'),
    month: told('{shortMonth}'),
    monthOf: told(names.monthOf),
    day: told(names.day),
    date,
    time,
    moment: (at: string | Date) => (yearOf(at) === yearOf(Date.now()) ? momentOfThisYear : momentOfAnother)(at),
    times: (from: string, to: string) => `${time(from)}–\u2060${time(to)}`,
    days: (from: string, to: string) => (from === to ? date(from) : `${date(from)}\u00a0– ${date(to)}`),
    length: (minutes: number, seconds = 0) => {
      const parts = [Math.floor(minutes / 60), minutes % 60, seconds].map((amount, unit) => (amount > 0 ? `${count.format(amount)}\u00a0${names.units[unit]}` : ''));
      return parts.filter(Boolean).join(' ') || `0\u00a0${names.units[1]}`;
    },
    number: (value: number) => count.format(value),
  };
}

export const useFormats = () => formats(useTranslation().i18n.language);

/** The city's day at a moment, and its time of day, in the form of date and time fields. */
export const dayOf = (moment: string | Date | number) => inCity(moment).toISOString().slice(0, 10);
export const timeOf = (moment: string | Date) => inCity(moment).toISOString().slice(11, 16);

/** The moment of a day and a time in the city. */
export const momentOf = (day: string, time: string) => new Date(Date.parse(`${day}T${time}Z`) - ahead).toISOString();

/** The day some days after another. */
export const dayAfter = (day: string, days = 1) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** The first moment of the city's day that is some days from now. */
export const startOfDay = (daysFromNow: number) => momentOf(dayAfter(dayOf(Date.now()), daysFromNow), '00:00');

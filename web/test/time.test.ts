import { readdirSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test, vi } from 'vitest';

const files = ['src', 'early', 'worker'].flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`)).filter((name) => /\.tsx?$/.test(name));

/** Code that depends on the phone's time zone, or on its table of time zones. */
const asksThePhone = /Intl\.DateTimeFormat|timeZone|Asia\/|:\d\d\+\d\d:\d\d|T\d\d:\d\d(:\d\d)?-|\.toLocale(Date|Time)?String\(|\.(get|set)(FullYear|Month|Date|Day|Hours|Minutes|TimezoneOffset)\(|type="datetime-local"|new Date\([^()]*,/;

test('the city’s time is written and read in one place', () => {
  expect(files.filter((name) => name !== 'src/words/dates.ts' && asksThePhone.test(readFileSync(name, 'utf8')))).toEqual([]);
});

/** The tables from before March 2024 have Almaty's old time, like Omsk's. */
class OldTable extends Intl.DateTimeFormat {
  constructor(language?: string | string[], options?: Intl.DateTimeFormatOptions) {
    super(language, options?.timeZone === 'Asia/Almaty' ? { ...options, timeZone: 'Asia/Omsk' } : options);
  }
}

describe.each(['Asia/Omsk', 'Asia/Almaty', 'America/New_York'])('with a table from before March 2024, on a phone in %s', (zone) => {
  beforeEach(() => {
    vi.resetModules();
    vi.stubEnv('TZ', zone);
    const { DateTimeFormat } = Intl;
    Object.assign(Intl, { DateTimeFormat: OldTable });
    return () => {
      Object.assign(Intl, { DateTimeFormat });
      vi.unstubAllEnvs();
    };
  });

  test('a moment is written in the city’s time', async () => {
    const { dayOf, formats, momentOf, timeOf } = await import('../src/words/dates');
    const midnight = '2026-12-31T19:30:00.000Z';
    vi.useFakeTimers({ now: Date.parse(midnight) });
    expect([dayOf(midnight), timeOf(midnight), momentOf('2027-01-01', '00:30')]).toEqual(['2027-01-01', '00:30', midnight]);
    expect(['kk', 'ru', 'en'].map((language) => formats(language).moment(midnight))).toEqual(['1\u00a0қаңтар, 00:30', '1\u00a0января в\u00a000:30', '1\u00a0January, 00:30']);
    vi.useRealTimers();
  });

  test('the year begins in Almaty', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-12-31T19:30:00Z') });
    const { thisWeek } = await import('../src/pages/home/week');
    expect(thisWeek()).toEqual({ from: '2026-12-31T19:00:00.000Z', to: '2027-01-07T19:00:00.000Z', year: 2027 });
    vi.useRealTimers();
  });

  test('a shift that is opened and saved stays where it is', async () => {
    const { shiftDraft, shiftInput } = await import('../src/modules/task/draft');
    const shift = { startsAt: '2026-05-09T04:30:00.000Z', endsAt: '2026-05-09T07:00:00.000Z', place: null };
    expect(shiftInput(shiftDraft({ ...shift, seats: { capacity: 12 } }))).toEqual({ ...shift, capacity: 12 });
  });
});
